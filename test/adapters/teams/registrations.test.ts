import { randomUUID } from 'node:crypto';
import type { KyselyPlugin } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { activityOf, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';
import { council, enrolCouncil } from '../../support/teams-tenants.ts';

let testCore: TestCore;
let rig: TeamsRig;
const queries = { count: 0 };

const counting: KyselyPlugin = {
  transformQuery({ node }) {
    queries.count += 1;
    return node;
  },
  transformResult: async ({ result }) => result,
};

beforeEach(async () => {
  testCore = await openTestCore();
  const { core } = testCore;
  rig = await openTeamsRig({ ...core, db: core.db.withPlugin(counting) });
  queries.count = 0;
});
afterEach(async () => {
  await rig.close();
  await testCore.close();
});

async function ask(aud: string): Promise<number> {
  const person = createTeamsPerson('asha@hull.example', council.tenantId);
  const parts = { ...typed('help'), recipient: { id: `28:${aud}` } };
  const authorization = rig.token({ ...rig.claims(), aud });
  return (await rig.post(activityOf(person, rig.stub.serviceUrl, parts), { authorization })).status;
}

const wait = (ms: number) => testCore.clock.set(new Date(testCore.clock.now().getTime() + ms));

test('junk for apps that nobody knows costs one look-up in five seconds, whoever sends how much', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const statuses = await Promise.all(Array.from({ length: 50 }, () => ask(randomUUID())));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(queries.count).toBe(round);
    wait(4_999);
    expect(await ask(randomUUID())).toBe(401);
    expect(queries.count).toBe(round);
    wait(1);
  }
});

test('of many who come at once after a start, each waits for the first look-up', async () => {
  await enrolCouncil(testCore.core);
  const statuses = await Promise.all(Array.from({ length: 10 }, () => ask(council.appId)));
  expect(statuses).toEqual(statuses.map(() => 200));
});

test('a look-up that fails is nobody’s fault, and is made again', async () => {
  await enrolCouncil(testCore.core);
  const select = vi.spyOn(counting, 'transformQuery').mockImplementationOnce(() => {
    throw new Error('no database now');
  });
  expect(await ask(council.appId)).toBe(500);
  wait(5_000);
  expect(await ask(council.appId)).toBe(200);
  select.mockRestore();
});

test('nothing is looked up for the network’s own app before its caller is known', async () => {
  const authorization = `${rig.token().slice(0, -8)}AAAAAAAA`;
  expect((await rig.post({}, { authorization })).status).toBe(401);
  expect(queries.count).toBe(0);
});
