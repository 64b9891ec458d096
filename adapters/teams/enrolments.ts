import { z } from 'zod';
import type { Core } from '../../src/core.ts';
import { findSecret, listInstallations } from '../../src/store/installations.ts';
import type { Credentials } from './credentials.ts';

/** A council's own bot registration, where it does not use the network's. */
export const OwnRegistration = z.object({
  /** In lower case. */
  appId: z.guid(),
  password: z.string().min(1),
  /** Where that registration lives, which is where its tokens come from; in lower case. */
  homeTenantId: z.guid(),
});
export type OwnRegistration = z.infer<typeof OwnRegistration>;

/** How we prove to be it. */
export function credentialsOf({ password, homeTenantId: tenantId }: OwnRegistration) {
  return { kind: 'secret', appType: 'SingleTenant', password, tenantId } as const satisfies Credentials;
}

/** What is sealed with an enrolled tenant. */
export const Enrolment = z.object({ registration: OwnRegistration.optional() });
export type Enrolment = z.infer<typeof Enrolment>;

/** How this tenant was enrolled by the operator; `undefined` when it was not, or is no longer. */
export async function findEnrolment(core: Core, tenantId: string): Promise<Enrolment | undefined> {
  const secret = await findSecret(core, { platform: 'teams', space: tenantId });
  return secret === undefined ? undefined : Enrolment.parse(secret);
}

/** A registration that a council brought, and the tenant that is served by it. */
export interface Brought {
  readonly tenantId: string;
  readonly own: OwnRegistration;
}

export async function listOwnRegistrations(core: Core): Promise<readonly Brought[]> {
  const tenants = await listInstallations(core.db, 'teams');
  const enrolled = tenants.map(async ({ space: tenantId }) => {
    const own = (await findEnrolment(core, tenantId))?.registration;
    return own === undefined ? [] : [{ tenantId, own }];
  });
  return (await Promise.all(enrolled)).flat();
}
