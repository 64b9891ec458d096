import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSigningKey } from '../../support/channel-tokens.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { type KeyServer, openKeyServer } from '../../support/key-server.ts';
import { busyMachine } from '../../support/patience.ts';
import { activityOf, createTeamsPerson, executed, typed } from '../../support/teams-activity.ts';
import { openSignedIn, openTeamsRig, type Received, type TeamsRig } from '../../support/teams-rig.ts';
import { council, enrolCouncil } from '../../support/teams-tenants.ts';

let testCore: TestCore;
let server: KeyServer;
let rig: TeamsRig;

beforeEach(async () => {
  testCore = await openTestCore();
  server = await openKeyServer();
  rig = await openTeamsRig(testCore.core, (core, stub, log) =>
    openSignedIn(core, stub, log, { metadataUrl: server.metadataUrl }),
  );
  server.keys = [rig.stub.keys.teams];
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.close();
  await server.close();
  await testCore.close();
});

interface Timed extends Received {
  readonly tookMs: number;
}

async function post(authorization = rig.token(), parts = typed('help'), tenant?: string): Promise<Timed> {
  const started = performance.now();
  const person = createTeamsPerson('asha@leeds.example', tenant);
  const received = await rig.post(activityOf(person, rig.stub.serviceUrl, parts), { authorization });
  return { ...received, tookMs: performance.now() - started };
}

const status = async (authorization?: string) => (await post(authorization)).status;
/** Waits for it: on a slow machine the SDK is passed over before it has asked. */
const sdkHasRead = async (count: number) => {
  await expect.poll(() => server.reads.sdk).toBe(count);
  wait(10_000);
};
const wait = (ms: number) => testCore.clock.set(new Date(testCore.clock.now().getTime() + ms));
const hour = 3_600_000;

async function holdUp(table: string): Promise<() => Promise<void>> {
  const client = new pg.Client(testCore.connection);
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return async () => {
    await client.query('commit');
    await client.end();
  };
}

describe('a request that cannot be checked in time is sent away with 503, and nothing else', busyMachine, () => {
  test('because the keys come slowly: they are read on, and the next ones are let in', async () => {
    server.manners.ours = { delayMs: 1_900 };
    const { tookMs, ...answer } = await post();
    expect(answer).toEqual({ status: 503, body: '' });
    expect(tookMs).toBeLessThan(3_500);
    expect(rig.stub.calls).toEqual([]);
    expect(rig.logged()).toContain('"status":503');
    await expect.poll(() => status()).toBe(200);
    expect(server.reads.ours).toBe(1);
  });

  test.each([
    ['whose registration it is meant for', false],
    ['how that registration, known before, is enrolled now', true],
  ])(
    'because the database does not say %s',
    async (_name, isKnown) => {
      await enrolCouncil(testCore.core);
      const token = () => rig.token({ ...rig.claims(), aud: council.appId });
      if (isKnown) expect(await status(token())).toBe(200);
      const release = await holdUp('installations');
      const { tookMs, ...answer } = await post(token(), typed('help'), council.tenantId);
      expect(answer).toEqual({ status: 503, body: '' });
      expect(tookMs).toBeLessThan(3_500);
      await release();
      await expect.poll(() => status(token())).toBe(200);
    },
    20_000,
  );

  test('because the keys cannot be read at all', async () => {
    server.manners.ours = 'refuses';
    expect(await post()).toMatchObject({ status: 503, body: '' });
  });
});

test('however long the door takes, the answer is there within five seconds of the request', busyMachine, async () => {
  server.manners.ours = { delayMs: 1_200 };
  const release = await holdUp('installations');
  const { tookMs, ...answer } = await post(undefined, executed({ intent: { kind: 'network.profile' } }, 'm1'));
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('This is taking longer than usual.');
  expect(tookMs).toBeGreaterThan(4_500);
  expect(tookMs).toBeLessThan(5_500);
  await release();
});

test('the keys are read at the start, and nobody waits for them', busyMachine, async () => {
  server.manners.ours = { delayMs: 1_500 };
  const started = performance.now();
  await rig.channel.start();
  expect(performance.now() - started).toBeLessThan(1_000);
  await expect.poll(() => server.reads.ours).toBe(1);
  await expect.poll(() => status()).toBe(200);
  expect(server.reads.ours).toBe(1);
});

describe('an SDK that', busyMachine, () => {
  const otherService = () => rig.token({ ...rig.claims(), serviceurl: 'https://smba.trafficmanager.net/emea/' });
  const skill = () => rig.token({ ...rig.claims(), ver: '1.0', appid: 'another-bot' });

  test('waits for its keys without end is passed over; what our own check refuses stays refused', async () => {
    server.manners.sdk = 'silent';
    const { status: first, tookMs } = await post();
    expect(first).toBe(200);
    await expect.poll(() => server.reads.sdk).toBe(1);
    expect(tookMs).toBeLessThan(2_500);
    const answers = await Promise.all([post(otherService()), post(skill()), post(), post()]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 200, 200]);
    for (const answer of answers) expect(answer.tookMs).toBeLessThan(900);
    // It is left alone for a while, and then asked again.
    expect(server.reads.sdk).toBe(1);
    expect(rig.logged().split('cannot read its keys')).toHaveLength(2);
    wait(10_000);
    server.manners.sdk = 'well';
    expect(await status()).toBe(200);
    expect(server.reads.sdk).toBe(2);
  });

  test('has keys of yesterday that it cannot read anew is passed over', async () => {
    expect(await status()).toBe(200);
    await sdkHasRead(1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * hour });
    server.manners.sdk = 'refuses';
    expect(await status()).toBe(200);
    await sdkHasRead(2);
    expect(await status(otherService())).toBe(401);
  });

  test('has keys of a moment ago does not keep a newer one out', async () => {
    expect(await status()).toBe(200);
    await sdkHasRead(1);
    const newer = createSigningKey(['msteams']);
    server.keys = [rig.stub.keys.teams, newer];
    const token = () => rig.token(rig.claims(), newer);
    expect(await status(token())).toBe(401);
    wait(60_000);
    expect(await status(token())).toBe(200);
    expect(server.reads).toEqual({ ours: 2, sdk: 1 });
    // From an hour on it reads them anew by itself, the first time it meets one.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hour + 1_000 });
    expect(await status(token())).toBe(200);
    wait(10_000);
    expect(await status(token())).toBe(200);
    await sdkHasRead(2);
  });

  test('has nothing to say of junk is not asked', async () => {
    expect(await status(rig.token(rig.claims(), createSigningKey(['msteams'])))).toBe(401);
    expect(server.reads.sdk).toBe(0);
  });
});
