import { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Desk } from '../../src/commands/desk.ts';
import { dryRun, verifyPublished } from '../../src/commands/match-rounds.ts';
import { readConfig } from '../../src/config.ts';
import { readRound, sealRecord } from '../../src/matching/planning/record.ts';
import { eraseMember } from '../../src/network/erase.ts';
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
  expect(shown).toMatch(
    /^The next round, number 1, as it would be now: 5 members meet, in 1 pair and 1 group of three; 0 left out\./,
  );
  expect(shown).toContain('Members in groups: 5 of 5 members');
  expect(shown).toContain('optimal: none of the');
  expect(shown.match(/ \([^)]+\) and /g)).not.toBeNull();
  expect(await readMatches(core)).toEqual([]);
  expect(await core.db.selectFrom('rounds').selectAll().execute()).toEqual([]);
  expect(await core.db.selectFrom('deliveries').selectAll().execute()).toEqual([]);
});

test('somebody who looks on sees how far a long one is solved, and a pipe stays clean', async () => {
  await crowd(stage.core, 240, 40);
  await stage.core.db.updateTable('network').set({ group_size: 4 }).execute();
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  const shown = async (isTTY: boolean) => {
    Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await printed(dryRun);
    const said = write.mock.calls.map(([text]) => String(text)).join('');
    vi.restoreAllMocks();
    return said;
  };
  expect(await shown(true)).toMatch(/Solving .* 0%[\s\S]*Solving .* [1-9]\d*%/);
  expect(await shown(false)).toBe('');
  if (before === undefined) Reflect.deleteProperty(process.stderr, 'isTTY');
  else Object.defineProperty(process.stderr, 'isTTY', before);
});

test('the proof of a published round is checked again, and a round that was changed is found out', async () => {
  const { core } = stage;
  await crowd(core, 6);
  await round(core, 1);
  const check = () => printed((desk) => verifyPublished(desk, { round: 1 }));
  expect(await check()).toMatch(
    /^Round 1, 6 members\. Every rule is kept, and it is stored as it was proven\.\nWorth .*\noptimal: none of the \d+ possible pairs would improve this round$/,
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

test('a row that says otherwise than the proof is found out; one without somebody who was erased is not', async () => {
  const { core } = stage;
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  const people = await crowd(core, 10, 3);
  await round(core, 1);
  const check = async () => await printed((desk) => verifyPublished(desk, { round: 1 })).catch(String);
  const isGood = expect.stringContaining('it is stored as it was proven');
  expect(await check()).toEqual(isGood);
  const query = async (text: string, values: readonly string[]) =>
    await core.db.executeQuery(CompiledQuery.raw(text, [...values]));
  const wrong = async (text: string, back: string, values: readonly string[] = []) => {
    await query(text, values);
    const said = await check();
    await query(back, values);
    expect(await check()).toEqual(isGood);
    return said;
  };
  const matches = await readMatches(core);
  const [one = '', two = ''] = [matches[0]?.people[0], matches[1]?.people[0]];
  const swap = `update match_members set member_id = case member_id when $1 then $2::uuid else $1::uuid end where member_id in ($1, $2)`;
  const swapped = await wrong(swap, swap, [one, two]);
  expect(swapped).toContain('Round 1. What is stored is not what was proven:');
  expect(swapped.match(/Stored together, and not in the proof: /g)).toHaveLength(2);
  expect(swapped.match(/Together in the proof, and not stored so: /g)).toHaveLength(2);
  const [left] = await core.db.selectFrom('left_out').select('member_id').execute();
  expect(left).toBeUndefined();
  const put = `insert into left_out select id, $1, 'odd-number' from rounds`;
  expect(await wrong(put, 'delete from left_out where member_id = $1', [one])).toContain(
    `Stored as left out, and not in the proof: ${one}.`,
  );
  expect(
    await wrong('update rounds set objective = objective + 6', 'update rounds set objective = objective - 6'),
  ).toMatch(/Stored as worth \d+ sixths, not \d+\./);
  expect(await wrong('update rounds set bound = bound - 1', 'update rounds set bound = bound + 1')).toMatch(
    /Stored with a bound of/,
  );
  for (const id of people) {
    await core.db.transaction().execute(async (tx) => await eraseMember(core, tx, id, 'asked'));
    if ((await readRound(core, 1)) === undefined) break;
    expect(await check()).toEqual(isGood);
  }
});
