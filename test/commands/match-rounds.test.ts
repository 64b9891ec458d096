import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from '../../src/commands/desk.ts';
import { dryRun, verifyPublished } from '../../src/commands/match-rounds.ts';
import { readConfig } from '../../src/config.ts';
import { readRound, sealRecord } from '../../src/matching/record.ts';
import { crowd, readMatches, round } from '../matching/round-stage.ts';
import { openTestCore, type TestCore } from '../support/core.ts';

let stage: TestCore;
beforeEach(async () => {
  stage = await openTestCore();
});
afterEach(() => stage.close());

/** What a command prints. */
async function printed(work: (desk: Desk) => Promise<void>): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => {
    lines.push(line);
  };
  const config = readConfig({});
  await work({
    print,
    printError: print,
    readLine: () => Promise.resolve(''),
    withCore: (use) => use(stage.core, config),
  });
  return lines.join('\n');
}

test('the next round is printed with its figures, and nothing is changed', async () => {
  const { core } = stage;
  await crowd(core, 5);
  const shown = await printed(dryRun);
  expect(shown).toMatch(/^The next round, number 1, as it would be now: 2 groups, 0 left out\./);
  expect(shown).toContain('Members in groups: 5 of 5 members');
  expect(shown).toContain('optimal: none of the');
  expect(shown.match(/ \([^)]+\) and /g)).not.toBeNull();
  expect(await readMatches(core)).toEqual([]);
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
  expect(await core.db.selectFrom('deliveries').selectAll().execute()).toEqual([]);
});

test('the proof of a published round is checked again, and a round that was changed is found out', async () => {
  const { core } = stage;
  await crowd(core, 6);
  await round(core, 1);
  const check = () => printed((desk) => verifyPublished(desk, { round: 1 }));
  expect(await check()).toMatch(
    /^Round 1, 6 members\. Every rule is kept\.\nWorth .*\noptimal: none of the \d+ possible pairs would improve this round$/,
  );
  const record = await readRound(core, 1);
  if (record === undefined) throw new Error('There is no record');
  const parts = record.certificate.parts.map((part) => ({ ...part, objective: part.objective + 6 }));
  const { id } = await core.db.selectFrom('rounds').select('id').executeTakeFirstOrThrow();
  const forged = sealRecord(core, id, { ...record, certificate: { ...record.certificate, parts } });
  await core.db.updateTable('rounds').set(forged).execute();
  await expect(check()).rejects.toThrow(/^Round 1\. The proof does not hold:/);
  const missing = printed((desk) => verifyPublished(desk, { round: 9 }));
  await expect(missing).rejects.toThrow('There is no round 9');
});
