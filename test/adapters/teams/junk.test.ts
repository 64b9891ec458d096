import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { countRows } from '../../support/row-counts.ts';
import { activityOf, createTeamsPerson, typed } from '../../support/teams-activity.ts';
import { throwJunk } from '../../support/teams-junk.ts';
import { heapInUse, keptBySdk } from '../../support/teams-memory.ts';
import { openSignedIn, openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';
import { enrolCouncil } from '../../support/teams-tenants.ts';

/** `bench/teams-junk.ts` throws 100,000. */
const requests = 5_000;

let testCore: TestCore;
let rig: TeamsRig;

beforeAll(async () => {
  testCore = await openTestCore();
  await enrolCouncil(testCore.core);
  // Without a log, which the rig keeps in memory.
  rig = await openTeamsRig(testCore.core, (core, stub) => openSignedIn(core, stub, createLog('silent')));
  await throwJunk(rig, 1_000);
});
afterAll(async () => {
  await rig.close();
  await testCore.close();
});

describe(`${requests} junk requests`, () => {
  test('are refused without a word, and leave nothing behind', async () => {
    const rows = await countRows(testCore.core);
    const [kept, heap] = [keptBySdk(), await heapInUse()];
    const { answers, outspoken } = await throwJunk(rig, requests);
    expect(outspoken).toEqual([]);
    expect([...answers.keys()].map((answer) => answer.slice(9, 12)).toSorted()).toEqual(['400', '401', '413', '431']);
    expect([...answers.values()].reduce((sum, count) => sum + count)).toBe(requests + 3);
    expect(keptBySdk()).toEqual(kept);
    expect(kept.issuers).toBeGreaterThan(0);
    expect((await heapInUse()) - heap).toBeLessThan(1_000_000);
    expect(rig.stub.calls).toEqual([]);
    expect(await countRows(testCore.core)).toBe(rows);
  });

  test('keep nobody from being served', async () => {
    const person = createTeamsPerson('asha@leeds.example');
    expect(await rig.post(activityOf(person, rig.stub.serviceUrl, typed('help')))).toEqual({ status: 200, body: '' });
    expect(rig.stub.messages(person.conversationId)).toHaveLength(1);
  });
});
