import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { enrolTenant, printTenants, withdrawTenant } from '../../../adapters/teams/commands.ts';
import { findEnrolment } from '../../../adapters/teams/enrolments.ts';
import { Permanent } from '../../../src/errors.ts';
import { noteAccountClosed } from '../../../src/network/platform-news.ts';
import { addRoom, announcementRooms } from '../../../src/store/rooms.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import {
  activityOf,
  addToRoster,
  createTeamsPerson,
  installed,
  type TeamsPerson,
  typed,
} from '../../support/teams-activity.ts';
import { type OperatorDesk, openDesk, setTeamsUp } from '../../support/teams-desk.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { appId, tenantId } from '../../support/teams-rig.ts';
import { council, otherTenant } from '../../support/teams-tenants.ts';
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
const { appId: ownAppId, homeTenantId } = council;
const withOwn = { tenantId: council.tenantId, name: 'Hull', appId: ownAppId, homeTenantId, networkApp: false };

async function enrol(options = plain, secret = ''): Promise<OperatorDesk> {
  const desk = openDesk(stage.core, secret);
  await enrolTenant(desk, options);
  return desk;
}

async function withdraw(tenant: string): Promise<OperatorDesk> {
  const desk = openDesk(stage.core);
  await withdrawTenant(desk, tenant);
  return desk;
}

async function saidTo(person: TeamsPerson): Promise<string> {
  return (await openTeamsMember(stage.rig, person).messages()).at(-1) ?? '';
}

/** What this person is answered by the app with this id. */
async function ask(person: TeamsPerson, aud = appId): Promise<string> {
  const activity = activityOf(person, stage.rig.stub.serviceUrl, { ...typed('help'), recipient: { id: `28:${aud}` } });
  const authorization = stage.rig.token({ ...stage.rig.claims(), aud });
  const before = stage.rig.stub.calls.length;
  const { status } = await stage.rig.post(activity, { authorization });
  if (status !== 200 || stage.rig.stub.calls.length === before) return `${status}`;
  return await saidTo(person);
}

async function joinFrom(tenant: string) {
  const { id, email } = await addMember(stage.core);
  const person = createTeamsPerson(email, tenant);
  addToRoster(stage.rig.stub, person);
  await stage.post(person, typed('join'));
  await endJoining(stage.core, id);
  await stage.settle();
  return { id, person };
}

async function isReached(person: TeamsPerson): Promise<boolean> {
  const account = await stage.core.db
    .selectFrom('accounts')
    .select('reachable')
    .where('platform_user', '=', person.objectId)
    .executeTakeFirstOrThrow();
  return account.reachable;
}

describe('while a server runs', () => {
  test('a tenant that is enrolled is served at once, and no longer once it is withdrawn', async () => {
    const person = createTeamsPerson('asha@york.example', otherTenant);
    expect(await ask(person)).toContain('does not serve your organisation');
    await enrol();
    expect(await ask(person)).toContain('What you can do');
    await withdraw(otherTenant);
    expect(await ask(person)).toContain('does not serve your organisation');
    await enrol();
    expect(await ask(person)).toContain('What you can do');
  });

  test('so is one with its own app, within seconds, and by that app alone', async () => {
    const person = createTeamsPerson('asha@hull.example', council.tenantId);
    expect(await ask(person, council.appId)).toBe('401');
    await enrol(withOwn, council.password);
    stage.clock.set(new Date(stage.clock.now().getTime() + 5_000));
    expect(await ask(person, council.appId)).toContain('What you can do');
    expect(stage.rig.stub.calls.at(-1)?.authorization).toContain(council.appId);
    expect(await ask(person)).toContain('by another app in Teams');
    await withdraw(council.tenantId);
    expect(await ask(person, council.appId)).toBe('401');
    expect(await ask(person)).toContain('does not serve your organisation');
  });
});

describe('enrol', () => {
  test('says what was done and what comes next; a second time, what changed', async () => {
    const first = await enrol();
    expect(first.out).toEqual([`Enrolled: York (${otherTenant}), by the network’s app.`]);
    expect(first.err.at(-1)).toBe('npm run colloquy -- teams package');
    stage.clock.set(new Date('2027-04-01T09:00:00Z'));
    const again = await enrol({ ...plain, name: '  City of \n York ' });
    expect(again.out).toEqual([`Changed: City of York (${otherTenant}), by the network’s app.`]);
    expect(again.err.join()).not.toContain('package');
    const own = await enrol({ ...plain, name: 'York', appId: council.appId.toUpperCase() }, council.password);
    expect(own.out.join()).toContain(`by its own app ${council.appId}`);
    expect(own.err.at(-1)).toBe(`npm run colloquy -- teams package --tenant ${otherTenant}`);
  });

  test('takes ids in capital letters, and the tenant itself as the app’s home where none is given', async () => {
    await enrol({ ...withOwn, tenantId: ` ${council.tenantId.toUpperCase()} `, homeTenantId: '' }, ` s3cret \r`);
    const enrolment = await findEnrolment(stage.core, council.tenantId);
    expect(enrolment?.registration).toEqual({
      appId: council.appId,
      password: 's3cret',
      homeTenantId: council.tenantId,
    });
  });

  test('keeps the secret sealed, and prints it nowhere', async () => {
    const desk = await enrol(withOwn, council.password);
    const rows = await stage.core.db.selectFrom('installations').selectAll().execute();
    expect(JSON.stringify([desk.out, desk.err, rows])).not.toContain(council.password);
    expect(rows[0]?.secret?.includes(council.password)).toBe(false);
    expect(desk.asked()).toBe(1);
    expect((await enrol()).asked()).toBe(0);
  });

  test.each([
    ['a tenant’s name for its id', { ...plain, tenantId: 'york.gov.uk' }, 'x', 'The tenant: give its id'],
    ['no name', { ...plain, name: '  ' }, 'x', '--name'],
    ['a name without end', { ...plain, name: 'x'.repeat(201) }, 'x', '--name'],
    ['an app id that is none', { ...withOwn, appId: 'my-bot' }, 'x', '--app-id: give its id'],
    ['a home that is none', { ...withOwn, homeTenantId: 'hull' }, 'x', '--app-tenant: give its id'],
    ['a home for no app', { ...plain, homeTenantId: otherTenant }, 'x', 'goes with --app-id'],
    ['the network’s own app', { ...withOwn, appId: appId.toUpperCase() }, 'x', 'the network’s own'],
    ['an empty secret', withOwn, ' \t', 'client secret is empty'],
  ])('refuses %s before anything is opened', async (_name, options, secret, why) => {
    const desk = openDesk(stage.core, secret);
    const enrolled = enrolTenant(desk, options);
    await expect(enrolled).rejects.toThrow(why);
    await expect(enrolled).rejects.toBeInstanceOf(Permanent);
    expect(desk.opened()).toBe(0);
  });

  test('refuses the app by which people sign in to the tab', async () => {
    setTeamsUp({ TEAMS_TAB_APP_ID: council.appId });
    await expect(enrol(withOwn, 'x')).rejects.toThrow('TEAMS_TAB_APP_ID');
  });

  test('refuses an app that another tenant is served by, and takes one that was withdrawn', async () => {
    await enrol(withOwn, council.password);
    const taken = { ...plain, appId: council.appId };
    await expect(enrol(taken, 'x')).rejects.toThrow(`the tenant ${council.tenantId} is served by this app`);
    expect(await findEnrolment(stage.core, otherTenant)).toBeUndefined();
    await enrol(withOwn, 'changed');
    expect((await findEnrolment(stage.core, council.tenantId))?.registration?.password).toBe('changed');
    await withdraw(council.tenantId);
    await enrol(taken, 'x');
    expect((await findEnrolment(stage.core, otherTenant))?.registration?.appId).toBe(council.appId);
  });

  test('again opens what was closed by a withdrawal; a mere change opens nothing', async () => {
    await enrol();
    const [asha, bo] = [await joinFrom(otherTenant), await joinFrom(otherTenant)];
    await withdraw(otherTenant);
    expect([await isReached(asha.person), await isReached(bo.person)]).toEqual([false, false]);
    await enrol();
    expect([await isReached(asha.person), await isReached(bo.person)]).toEqual([true, true]);
    await noteAccountClosed(
      stage.core,
      { platform: 'teams', space: otherTenant, user: bo.person.objectId },
      stage.clock.now(),
    );
    await enrol({ ...plain, name: 'City of York' });
    expect([await isReached(asha.person), await isReached(bo.person)]).toEqual([true, false]);
  });

  test('the settings’ tenant, which was served before, opens nothing to who had blocked us', async () => {
    const { person } = await joinFrom(tenantId);
    const account = { platform: 'teams', space: tenantId, user: person.objectId } as const;
    await noteAccountClosed(stage.core, account, stage.clock.now());
    const { out } = await enrol({ ...plain, tenantId: tenantId.toUpperCase() });
    expect(out.join()).toContain('Enrolled');
    expect(await isReached(person)).toBe(false);
  });
});

describe('withdraw', () => {
  test('ends all there, keeps the memberships, and says what it did', async () => {
    await enrol();
    const ours = await joinFrom(tenantId);
    const theirs = await joinFrom(otherTenant);
    await stage.post(createTeamsPerson('nobody@york.example', otherTenant), installed());
    await stage.post(createTeamsPerson('nobody@leeds.example'), installed());
    await addChannels(otherTenant, tenantId);
    const { out } = await withdraw(otherTenant.toUpperCase());
    expect(out.map((line) => line.replace(/^.*: /, ''))).toEqual([
      expect.stringContaining('nobody there is served'),
      '1.',
      '1.',
      '1.',
    ]);
    expect([await isReached(ours.person), await isReached(theirs.person)]).toEqual([true, false]);
    expect((await announcementRooms(stage.core.db)).map(({ space }) => space)).toEqual([tenantId]);
    const greeted = await stage.core.db.selectFrom('rooms').select('space').where('purpose', '=', 'greeting').execute();
    expect(greeted).toEqual([{ space: tenantId }]);
    const deliveries = stage.core.db.selectFrom('deliveries').select('id').where('kind', '=', 'network.greeting');
    expect(await deliveries.execute()).toHaveLength(1);
    const members = await stage.core.db.selectFrom('members').select('status').execute();
    expect(members.map(({ status }) => status)).toEqual(['active', 'active']);
  });

  async function addChannels(...spaces: readonly string[]): Promise<void> {
    for (const space of spaces) {
      const place = {
        platform: 'teams',
        space,
        purpose: 'announcements',
        room: '19:c',
        address: {},
        subject: '',
      } as const;
      const createdAt = stage.clock.now();
      await stage.core.db.transaction().execute((tx) => addRoom(tx, { ...place, chosenBy: null, createdAt }));
    }
  }

  test.each([
    ['nobody enrolled', otherTenant, 'is not enrolled'],
    ['the settings name', tenantId.toUpperCase(), 'TEAMS_APP_TENANT_ID, which is always served'],
    ['is named and not given by its id', 'York', 'The tenant: give its id'],
  ])('refuses a tenant that %s', async (_name, tenant, why) => {
    const withdrawn = withdraw(tenant);
    await expect(withdrawn).rejects.toThrow(why);
    await expect(withdrawn).rejects.toBeInstanceOf(Permanent);
  });

  test.each([
    ['name another', { TEAMS_APP_TENANT_ID: otherTenant }],
    ['have no Teams', { TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '', TEAMS_APP_TENANT_ID: '' }],
  ])('ends all in the tenant of the settings once they %s, though nobody had enrolled it', async (_name, changes) => {
    const { person } = await joinFrom(tenantId);
    await stage.post(createTeamsPerson('nobody@leeds.example'), installed());
    await addChannels(tenantId);
    setTeamsUp(changes);
    expect((await withdraw(tenantId)).out.map((line) => line.replace(/^.*: /, '')).slice(1)).toEqual([
      '1.',
      '1.',
      '1.',
    ]);
    expect(await isReached(person)).toBe(false);
    expect(await announcementRooms(stage.core.db)).toEqual([]);
    await expect(withdraw(tenantId)).rejects.toThrow('nothing is left of it');
  });

  test('refuses one that was withdrawn already', async () => {
    await enrol();
    await withdraw(otherTenant);
    await expect(withdraw(otherTenant)).rejects.toThrow('is not enrolled');
  });
});

test('tenants lists those who may use the network, with the one in the settings', async () => {
  await enrol();
  await enrol(withOwn, council.password);
  await joinFrom(otherTenant);
  await joinFrom(tenantId);
  await joinFrom(tenantId);
  const desk = openDesk(stage.core);
  await printTenants(desk);
  expect(desk.out.map((line) => line.split(/ {2,}/))).toEqual([
    ['NAME', 'TENANT', 'REGISTRATION', 'SINCE', 'MEMBERS REACHED'],
    ['TEAMS_APP_TENANT_ID', tenantId, 'the network’s', 'always', '2'],
    ['Hull', council.tenantId, `its own (${council.appId})`, '2027-03-02', '0'],
    ['York', otherTenant, 'the network’s', '2027-03-02', '1'],
  ]);
  expect(new Set(desk.out.slice(0, 2).map((line) => line.indexOf('  ')))).toHaveProperty('size', 2);
});

test.each([
  ['enrol', (desk: OperatorDesk) => enrolTenant(desk, plain)],
  ['tenants', printTenants],
])('without Teams in the settings, %s says so and opens nothing', async (_name, command) => {
  for (const changes of [{ TEAMS_ANONYMOUS: 'true' }, {}]) {
    vi.unstubAllEnvs();
    for (const [name, value] of Object.entries(changes)) vi.stubEnv(name, value);
    const desk = openDesk(stage.core);
    await expect(command(desk)).rejects.toThrow('Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID first');
    expect(desk.opened()).toBe(0);
  }
});
