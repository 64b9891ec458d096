import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Retryable } from '../../../src/errors.ts';
import type { Intent } from '../../../src/intents.ts';
import { createMemory } from '../../../src/matching/planning/memory.ts';
import { planRound, solve, verifyPlan } from '../../../src/matching/planning/planning.ts';
import { RoundInput } from '../../../src/matching/scoring/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { addActive, ask } from '../../support/people.ts';
import { crowd, round } from '../round-stage.ts';

let stage: TestCore;
const started: Worker[] = [];
const note = (worker: Worker) => started.push(worker);

beforeEach(async () => {
  stage = await openTestCore();
  process.on('worker', note);
});
afterEach(async () => {
  process.off('worker', note);
  await stage.close();
});

/** How many threads this starts. */
async function threadsOf(work: () => Promise<unknown>): Promise<number> {
  started.length = 0;
  await work();
  return started.length;
}

test('a round that is looked at is solved once, and verified where its proof is shown or kept', async () => {
  const { core } = stage;
  const convener = await addActive(core, { permission: 'convener' });
  // With an even number there are pairs alone: where many are alike, that one trio is the best is not always proven.
  await crowd(core, 111, 40);
  const say = (intent: Intent) => () => ask(core, convener, intent);
  const weights = { themes: '5', stages: '5', hours: '5', level: '0', cohort: '5', wishes: '5', repeats: '5' };
  expect(await threadsOf(say({ kind: 'matching.groups', after: '0' }))).toBe(1);
  expect(await threadsOf(say({ kind: 'matching.groups', after: '12' }))).toBe(0);
  expect(await threadsOf(say({ kind: 'matching.next' }))).toBe(1);
  expect(await threadsOf(say({ kind: 'matching.try-weights', ...weights }))).toBe(1);
  expect(await threadsOf(() => round(core, 1))).toBe(1);
  const kept = await core.db.selectFrom('rounds').select('verdict').execute();
  expect(kept).toEqual([{ verdict: { isSound: true, isBest: true, gap: 0 } }]);
  // The round has moved on, and is another.
  expect(await threadsOf(say({ kind: 'matching.groups', after: '0' }))).toBe(1);
});

test('a solution that failed is not remembered', async () => {
  const { core } = stage;
  // With an even number there are pairs alone: where many are alike, that one trio is the best is not always proven.
  await crowd(core, 111, 40);
  process.once('worker', (worker) => void worker.terminate());
  await expect(planRound(core, core.db)).rejects.toThrow('ended early');
  expect((await planRound(core, core.db)).quality.groups).toBe(55);
});

test('once the process closes nothing long is begun', async () => {
  const { core } = stage;
  // With an even number there are pairs alone: where many are alike, that one trio is the best is not always proven.
  await crowd(core, 111, 40);
  const closing = new AbortController();
  const end = new Retryable('closing', 1_000);
  const closed = { ...core, closing: closing.signal };
  const plan = await planRound(closed, core.db);
  closing.abort(end);
  await expect(verifyPlan(closed, plan)).rejects.toBe(end);
  expect(await threadsOf(() => expect(planRound(closed, core.db, { level: 0 })).rejects.toBe(end))).toBe(0);
});

test('groups are solved in a thread of their own where pairs are not', async () => {
  const members = Array.from({ length: 60 }, (_, at) => ({ id: `m${at}`, council: `c${at % 30}`, level: 'manager' }));
  const pairs = RoundInput.parse({ version: 1, number: 1, members });
  expect(await threadsOf(() => solve(stage.core, pairs))).toBe(0);
  expect(await threadsOf(() => solve(stage.core, { ...pairs, groupSize: 3 }))).toBe(1);
});

test('a memory keeps what was asked for last, of each core by itself', () => {
  const forgotten: string[] = [];
  const memory = createMemory<string>(2, (kept) => forgotten.push(kept));
  const recall = (key: string, value: string, core = stage.core) => memory.recall(core, key, () => value);
  expect(recall('a', 'first')).toBe('first');
  expect(recall('b', 'second')).toBe('second');
  expect(recall('a', 'other')).toBe('first');
  expect(recall('c', 'third')).toBe('third');
  expect(forgotten).toEqual(['second']);
  expect(recall('a', 'elsewhere', { ...stage.core })).toBe('elsewhere');
  memory.forget(stage.core, 'a');
  expect(recall('a', 'anew')).toBe('anew');
});
