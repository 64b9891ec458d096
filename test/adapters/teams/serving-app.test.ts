import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { enrolTenant } from '../../../adapters/teams/commands.ts';
import { findEnrolment } from '../../../adapters/teams/enrolments.ts';
import { Permanent } from '../../../src/errors.ts';
import { listInstallations } from '../../../src/store/installations.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { addToRoster, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { openDesk, setTeamsUp } from '../../support/teams-desk.ts';
import { tenantId } from '../../support/teams-rig.ts';
import { council, enrol, otherTenant } from '../../support/teams-tenants.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  setTeamsUp();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await stage.close();
});

const plain = { tenantId: otherTenant, name: 'York', appId: '', homeTenantId: '', networkApp: false };
const own = { ...plain, appId: council.appId };

async function run(options: typeof plain, secret = ''): Promise<{ readonly out: string; readonly err: string }> {
  const desk = openDesk(stage.core, secret);
  await enrolTenant(desk, options);
  return { out: desk.out.join('\n'), err: desk.err.join('\n') };
}

async function joinFrom(tenant: string): Promise<void> {
  const { id, email } = await addMember(stage.core);
  const person = createTeamsPerson(email, tenant);
  addToRoster(stage.rig.stub, person);
  await stage.post(person, typed('join'));
  await endJoining(stage.core, id);
}

const nameOf = async () => (await listInstallations(stage.core.db, 'teams')).map(({ name }) => name).join();
const appOf = async (tenant = otherTenant) => (await findEnrolment(stage.core, tenant))?.registration?.appId ?? '';
const warning = /Another app served it until now: the 2 members .* until they open the new app/;

describe('whoever enrols a tenant is warned that its members must open another app', () => {
  test.each([
    ['the settings’ tenant, which was served before', tenantId, false],
    ['one that was enrolled for the network’s app', otherTenant, true],
  ])('where %s gets its own', async (_name, tenant, isEnrolled) => {
    if (isEnrolled) await enrol(stage.core, tenant);
    await joinFrom(tenant);
    await joinFrom(tenant);
    expect((await run({ ...own, tenantId: tenant }, 'secret')).err).toMatch(warning);
    expect((await run({ ...own, tenantId: tenant }, 'another')).err).not.toMatch(warning);
    expect((await run({ ...plain, tenantId: tenant, networkApp: true })).err).toMatch(warning);
  });

  test('but not where the app stays, or nobody is reached', async () => {
    expect((await run({ ...own, tenantId }, 'secret')).err).not.toContain('new app');
    await enrol(stage.core, otherTenant);
    await joinFrom(otherTenant);
    expect((await run({ ...plain, name: 'City of York' })).err).not.toContain('new app');
  });
});

describe('a tenant with an app of its own', () => {
  test('keeps it when only its name is changed, and no secret is asked for', async () => {
    await run(own, 'secret');
    const before = await findEnrolment(stage.core, otherTenant);
    const { out, err } = await run({ ...plain, name: 'City of York' });
    expect(out).toBe(`Changed: City of York (${otherTenant}), by its own app ${council.appId}.`);
    expect(err).not.toContain('package');
    expect(await nameOf()).toBe('City of York');
    expect(await findEnrolment(stage.core, otherTenant)).toEqual(before);
  });

  test('leaves it only when that is said', async () => {
    await run(own, 'secret');
    const again = run(plain);
    await expect(again).rejects.toThrow(/is served by its own app .* --network-app/);
    await expect(again).rejects.toBeInstanceOf(Permanent);
    expect(await appOf()).toBe(council.appId);
    const { out } = await run({ ...plain, networkApp: true });
    expect(out).toBe(`Changed: York (${otherTenant}), by the network’s app.`);
    expect(await appOf()).toBe('');
    await expect(run({ ...own, networkApp: true }, 'x')).rejects.toThrow('--network-app');
  });

  test('shares it with no other, though two operators enrol it at once', async () => {
    const tenants = [otherTenant, tenantId, council.tenantId];
    const outcomes = await Promise.allSettled(tenants.map((tenant) => run({ ...own, tenantId: tenant }, 'secret')));
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const apps = await Promise.all(tenants.map((tenant) => appOf(tenant)));
    expect(apps.toSorted()).toEqual(['', '', council.appId]);
  });
});
