import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineTeams } from '../../../adapters/teams/doctor.ts';
import { type Probe, realProbe } from '../../../adapters/teams/doctor-visits.ts';
import { SignInRefused } from '../../../adapters/teams/errors.ts';
import type { Finding } from '../../../src/commands/doctor.ts';
import type { TeamsConfig } from '../../../src/config.ts';
import { Retryable } from '../../../src/errors.ts';
import { withdrawSpace } from '../../../src/network/spaces.ts';
import { closeNow, listenLocally } from '../../support/connector-stub.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { addToRoster, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { appId, tenantId } from '../../support/teams-rig.ts';
import { council, enrol, enrolCouncil, otherTenant } from '../../support/teams-tenants.ts';
import { monday, openStage, type Stage } from './stage.ts';

let stage: Stage;
const servers: Server[] = [];
beforeEach(async () => {
  stage = await openStage();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await closeNow(server);
  await stage.close();
});

const teams: TeamsConfig = {
  appId: appId.toUpperCase(),
  appPassword: 'the-network-s-secret',
  tenantId: tenantId.toUpperCase(),
  appType: 'SingleTenant',
  tabAppId: '',
  anonymous: false,
};

const letIn: Probe['signIn'] = async () => undefined;

interface Given {
  readonly signIn?: Probe['signIn'];
  readonly metadataUrl?: string;
  readonly publicUrl?: string;
  readonly config?: TeamsConfig;
}

/** What the doctor finds; every finding is checked for what holds of all of them. */
async function examine({ signIn = letIn, metadataUrl, publicUrl, config = teams }: Given = {}) {
  const core = { ...stage.core, publicUrl: publicUrl ?? 'https://network.example' };
  const probe = { signIn, metadataUrl: metadataUrl ?? stage.rig.stub.metadataUrl };
  const findings = await examineTeams(core, config, probe);
  for (const { what, found, mend } of findings) {
    const text = `${what} ${found} ${mend}`;
    for (const secret of [teams.appPassword, council.password]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/undefined|null|\[object|Error\b/);
    if (mend !== '') expect(mend).toMatch(/^[A-Z].*\.$/);
    expect([what, found]).not.toContain('');
  }
  return findings;
}

const about = (findings: readonly Finding[], what: string) => findings.filter((finding) => finding.what === what);
const problems = (findings: readonly Finding[]) => findings.filter(({ mend }) => mend !== '');

async function join(tenant: string): Promise<void> {
  const { id, email } = await addMember(stage.core);
  const person = createTeamsPerson(email, tenant);
  addToRoster(stage.rig.stub, person);
  await stage.post(person, typed('join'));
  await endJoining(stage.core, id);
  await stage.settle();
}

test('a network that is well has nothing to mend', async () => {
  await join(tenantId);
  expect(problems(await examine())).toEqual([]);
});

test('the address that Teams calls must be https', async () => {
  const [problem] = problems(await examine({ publicUrl: 'http://localhost:3000' }));
  expect(problem).toMatchObject({ what: 'Teams address', mend: expect.stringContaining('PUBLIC_URL') });
  const [well] = about(await examine(), 'Teams address');
  expect(well?.found).toContain('https://network.example/api/messages');
});

describe('Entra', () => {
  test('is asked once for each registration, as that one', async () => {
    await enrolCouncil(stage.core);
    await enrol(stage.core, otherTenant);
    const asked: unknown[] = [];
    const signIn: Probe['signIn'] = async (id, { password, tenantId: home, appType }) => {
      asked.push([id, password, home, appType]);
    };
    const found = about(await examine({ signIn, config: { ...teams, appType: 'MultiTenant' } }), 'Teams sign-in');
    expect(found).toHaveLength(2);
    expect(asked).toEqual([
      [appId, teams.appPassword, tenantId, 'MultiTenant'],
      [council.appId, council.password, council.homeTenantId, 'SingleTenant'],
    ]);
  });

  test.each([
    ['the network’s own', appId, 'TEAMS_APP_PASSWORD'],
    ['a council’s', council.appId, 'Enrol that tenant again'],
  ])('that gives %s no token is a problem with its mending', async (_name, refused, mend) => {
    await enrolCouncil(stage.core);
    const signIn: Probe['signIn'] = async (id) => {
      if (id === refused) throw new SignInRefused('invalid_client');
    };
    const [problem, ...others] = problems(about(await examine({ signIn }), 'Teams sign-in'));
    expect(others).toEqual([]);
    expect(problem?.found).toContain(`(${refused}): Entra gives it no token (invalid_client)`);
    expect(problem?.mend).toContain(mend);
  });

  test('that does not answer is another problem', async () => {
    const signIn: Probe['signIn'] = () => Promise.reject(new Retryable('nothing', 0));
    const [problem] = about(await examine({ signIn }), 'Teams sign-in');
    expect(problem).toMatchObject({ found: expect.stringContaining('did not answer') });
    expect(problem?.mend).toContain('login.microsoftonline.com');
  });
});

describe('the keys of Teams’ requests', () => {
  test.each([
    ['nobody answers', async () => 'http://127.0.0.1:1/'],
    ['another document is given', async () => `${stage.rig.stub.origin}/keys`],
    ['none of them is for Teams', servesNoKeys],
  ])('cannot be read where %s', async (_name, address) => {
    const [problem] = about(await examine({ metadataUrl: await address() }), 'Teams keys');
    expect(problem?.mend).toContain('reach 127.0.0.1');
  });

  async function servesNoKeys(): Promise<string> {
    const server = createServer(({ headers }, response) => {
      response.end(JSON.stringify({ jwks_uri: `http://${headers.host}/`, keys: [] }));
    });
    servers.push(server);
    return `http://127.0.0.1:${await listenLocally(server)}/`;
  }

  test('are asked for at Microsoft’s', () => {
    expect(realProbe.metadataUrl).toBe('https://login.botframework.com/v1/.well-known/openidconfiguration');
  });
});

describe('a tenant', () => {
  test('tells how many members are reached there', async () => {
    await enrol(stage.core, otherTenant);
    await join(otherTenant);
    await join(otherTenant);
    const found = about(await examine(), 'Teams tenant');
    expect(found).toEqual([
      { what: 'Teams tenant', found: expect.stringContaining(`${tenantId}): nobody has joined`), mend: '' },
      { what: 'Teams tenant', found: `A council (${otherTenant}): 2 members reached`, mend: '' },
    ]);
  });

  test.each([
    ['the network’s', otherTenant, () => enrol(stage.core, otherTenant), 'teams package)'],
    ['its own', council.tenantId, () => enrolCouncil(stage.core), `teams package --tenant ${council.tenantId})`],
  ])('where nobody has joined by %s app needs the package', async (_name, tenant, enrolled, mend) => {
    await enrolled();
    const [problem] = problems(await examine());
    expect(problem).toMatchObject({ what: 'Teams tenant', found: expect.stringContaining(tenant) });
    expect(problem?.mend).toContain(mend);
  });

  test('that was withdrawn is told with its day', async () => {
    await enrol(stage.core, otherTenant);
    const now = stage.clock.now();
    await withdrawSpace(stage.core, { platform: 'teams', space: otherTenant }, { installedAt: now, removedAt: now });
    expect(about(await examine(), 'Teams tenant').at(-1)).toEqual({
      what: 'Teams tenant',
      found: expect.stringContaining(`(${otherTenant}): withdrawn on 2027-03-02`),
      mend: '',
    });
  });
});

test.each([
  ['by themselves', { status: 429, code: 'Throttled' }, /1 waiting \(.*\); they go by themselves$/, ''],
  ['once somebody acts', { status: 401, code: 'Unauthorized' }, /1 waiting \(/, 'TEAMS_APP_PASSWORD'],
])('messages that wait are told, and that they go %s', async (_name, fault, found, mend) => {
  await join(tenantId);
  stage.clock.set(monday);
  stage.rig.stub.behave((call) => (call.method === 'POST' ? { kind: 'answer', ...fault } : undefined));
  await stage.settle();
  const [waiting] = about(await examine(), 'Teams messages');
  expect(waiting?.found).toContain(tenantId);
  expect(waiting?.found).toMatch(found);
  expect(waiting?.mend).toContain(mend);
});

test.each([
  ['the network’s own bot', appId.toUpperCase()],
  ['a council’s bot', council.appId.toUpperCase()],
])('a tab that signs people in by %s is a problem', async (_name, tabAppId) => {
  await enrolCouncil(stage.core);
  const [problem, ...others] = about(await examine({ config: { ...teams, tabAppId } }), 'Teams tab');
  expect(others).toEqual([]);
  expect(problem?.found).toContain(tabAppId.toLowerCase());
  expect(problem?.mend).toContain('TEAMS_TAB_APP_ID');
});

test('a tab with a registration of its own is well, and none is not spoken of', async () => {
  await enrolCouncil(stage.core);
  const tabAppId = '55555555-eeee-4eee-8eee-555555555555';
  const [well] = about(await examine({ config: { ...teams, tabAppId } }), 'Teams tab');
  expect(well).toMatchObject({ found: expect.stringContaining(tabAppId), mend: '' });
  expect(about(await examine(), 'Teams tab')).toEqual([]);
});

test('in the playground there is nobody to ask', async () => {
  const signIn: Probe['signIn'] = () => Promise.reject(new Error('asked'));
  const config = { ...teams, appId: '', appPassword: '', tenantId: '', anonymous: true };
  expect(await examine({ signIn, config })).toEqual([
    { what: 'Teams', found: expect.stringContaining('playground'), mend: '' },
  ]);
});
