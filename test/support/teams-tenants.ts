import type { OwnRegistration } from '../../adapters/teams/enrolments.ts';
import type { Core } from '../../src/core.ts';
import { saveInstallation } from '../../src/store/installations.ts';

/** A council whose tenant is served by a bot registration of its own, which lives in yet another tenant. */
export const council = {
  tenantId: '33333333-bbbb-4bbb-8bbb-333333333333',
  appId: '33333333-aaaa-4aaa-8aaa-333333333333',
  homeTenantId: '33333333-cccc-4ccc-8ccc-333333333333',
  password: '33333333-dddd-4ddd-8ddd-333333333333',
} as const;

/** A tenant that nobody enrolled, until a test does. */
export const otherTenant = '99999999-bbbb-4bbb-8bbb-999999999999';

/** Enrols a tenant as the operator's command does; with no registration, to be served by the network's. */
export async function enrol(core: Core, tenantId: string, registration?: OwnRegistration): Promise<void> {
  const installation = {
    platform: 'teams',
    space: tenantId,
    name: 'A council',
    installedAt: core.clock.now(),
  } as const;
  await saveInstallation(core, installation, registration === undefined ? {} : { registration });
}

export async function enrolCouncil(core: Core, changes: Partial<OwnRegistration> = {}): Promise<void> {
  const { tenantId, ...registration } = council;
  await enrol(core, tenantId, { ...registration, ...changes });
}
