import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../../src/agenda/fall-due.ts';
import type { Core } from '../../../src/core.ts';
import { planOf } from '../../../src/matching/planning/planning.ts';
import { waitForMatch } from '../../../src/matching/pool/service.ts';
import { keepRound } from '../../../src/matching/publishing/keeping.ts';
import { replanRound } from '../../../src/matching/publishing/round-agenda.ts';
import { type MatchStage, openMatchStage } from '../match-stage.ts';
import {
  agendaOf,
  crowd,
  pairsIn,
  passTo,
  planRounds,
  poolMatches,
  postedOf,
  readMatches,
  round,
} from '../round-stage.ts';

/* The standing pool beside the rounds: who comes too late for one, what a look may not do, and when it is over. */

let stage: MatchStage;

/** Rounds come every two weeks, on Tuesdays at 10; the first on 9 March. */
beforeEach(async () => {
  stage = await openMatchStage();
  await planRounds(stage.core);
});
afterEach(() => stage.close());

async function newcomers(...councils: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const council of councils) ids.push((await stage.joins(council)).id);
  return ids.toSorted();
}

async function wait(core: Core, ids: readonly string[]): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    for (const id of ids) await waitForMatch(core, tx, id, 'rematch');
  });
}

/** There is no round in the week of the second one. */
async function takeBreak(core: Core): Promise<void> {
  const days = { first_day: '2027-03-23', last_day: '2027-04-02', sort: 'break' } as const;
  await core.db
    .insertInto('breaks')
    .values({ ...days, id: crypto.randomUUID(), name: 'Recess' })
    .execute();
  await core.db.transaction().execute(async (tx) => await replanRound(tx, core.clock.now()));
}

test.each([1, 2])('who joins while round %i is being made is matched right after it', async (number) => {
  const { core } = stage;
  await crowd(core, 4);
  if (number === 2) await round(core, 1);
  let late: readonly string[] = [];
  await core.db.transaction().execute(async (tx) => {
    const plan = await planOf(core, tx, number);
    late = await newcomers('Hull', 'Bath');
    await keepRound(core, tx, plan, null);
  });
  expect(await stage.pool()).toEqual(late);
  await stage.settle();
  expect(await poolMatches(core)).toMatchObject([{ round: number, people: late }]);
  expect(await stage.pool()).toEqual([]);
});

test('who sits a round out does not wait for a match beside it, and is not taken for a newcomer', async () => {
  const { core } = stage;
  const [one = ''] = await crowd(core, 5);
  await round(core, 1);
  await wait(core, [one]);
  await core.db.updateTable('members').set({ skips_round: true }).where('id', '=', one).execute();
  await round(core, 2);
  expect(await stage.pool()).not.toContain(one);
});

test('whoever sits out the next round is still matched anew in this one', async () => {
  const { core } = stage;
  await crowd(core, 4);
  await passTo(stage, '2027-03-09T10:30:00Z');
  const people = await newcomers('Hull', 'Bath');
  await core.db.updateTable('members').set({ skips_round: true }).where('id', 'in', people).execute();
  await stage.settle();
  expect(await poolMatches(core)).toMatchObject([{ people }]);
});

test('a match between two rounds keeps to the cool-down of the round it belongs to', async () => {
  const { core } = stage;
  await core.db
    .updateTable('network')
    .set({ match_weights: JSON.stringify({ coolDownRounds: 1 }) })
    .execute();
  await crowd(core, 2);
  await round(core, 1);
  await round(core, 2);
  const [first] = await readMatches(core);
  // They were matched in the first round, and left out of the second for it.
  expect(await stage.pool()).toEqual(first?.people);
  // So long that anybody whom they may meet is well enough.
  await passTo(stage, '2027-03-11T11:00:00Z');
  expect(pairsIn(await readMatches(core))).toHaveLength(1);
});

test('who is left out is looked for by the next day, though nobody else comes', async () => {
  const { core } = stage;
  await crowd(core, 3, 1);
  await passTo(stage, '2027-03-09T10:30:00Z');
  expect(await agendaOf(core, 'matching.pool')).toEqual([{ subject: '', at: '2027-03-10T10:00:00.000Z' }]);
});

test('those who waited for a round that was near are matched as soon as it has moved away, and are asked how it was', async () => {
  const { core } = stage;
  await crowd(core, 4);
  // The people of a Tuesday's round are asked on the Thursday before the next: nobody is matched from then on.
  await passTo(stage, '2027-03-18T10:05:00Z');
  const asked = (await postedOf(core, 'matching.question')).length;
  expect(asked).toBe(4);
  const people = await newcomers('Hull', 'Bath');
  await stage.settle();
  expect(await stage.pool()).toEqual(people);
  expect(await agendaOf(core, 'matching.pool')).toEqual([{ subject: '', at: '2027-03-19T10:00:00.000Z' }]);
  await takeBreak(core);
  await stage.settle();
  expect(await poolMatches(core)).toMatchObject([{ round: 1, people }]);
  const [next] = await agendaOf(core, 'matching.round');
  await passTo(stage, next?.at.replace('T09:', 'T08:') ?? '');
  // The four were asked already.
  expect((await postedOf(core, 'matching.question')).slice(asked).toSorted()).toEqual(people);
});

test('however many begin to wait at once, one look does for all', async () => {
  const { core } = stage;
  const people = await crowd(core, 12);
  await passTo(stage, '2027-03-09T10:30:00Z');
  await core.db.updateTable('matches').set({ ended_at: core.clock.now() }).execute();
  await wait(core, people);
  const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'matching.pool');
  const looks = await due.where('done_at', 'is', null).where('due_at', '<=', core.clock.now()).execute();
  expect(looks).toHaveLength(12);
  const done: boolean[] = [];
  for (const { id } of looks) done.push(await fallDue(core, id));
  expect(done.filter((did) => did)).toHaveLength(1);
  expect(await poolMatches(core)).toHaveLength(6);
});

test('a wish is used up by a match, in a round or after it, and by nothing else', async () => {
  const { core } = stage;
  const [one = '', other = '', third = ''] = await crowd(core, 3, 1);
  const said = { wish: JSON.stringify({ kind: 'new-to-role' }), said_at: core.clock.now() };
  await core.db
    .insertInto('round_wishes')
    .values([one, other, third].map((id) => ({ member_id: id, ...said })))
    .execute();
  const wishes = async () => (await core.db.selectFrom('round_wishes').select('member_id').execute()).length;
  await round(core, 1);
  expect(await wishes()).toBe(3);
  await newcomers('Hull');
  await stage.settle();
  expect(await poolMatches(core)).toHaveLength(1);
  expect(await wishes()).toBe(2);
  const [matched = ''] = (await poolMatches(core))[0]?.people.filter((id) => [one, other, third].includes(id)) ?? [];
  expect(await core.db.selectFrom('round_wishes').select('member_id').execute()).not.toContainEqual({
    member_id: matched,
  });
});
