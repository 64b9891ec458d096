import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../../src/agenda/fall-due.ts';
import type { Core } from '../../../src/core.ts';
import { dropOut, waitForMatch } from '../../../src/matching/pool/service.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask } from '../../support/people.ts';
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

let stage: MatchStage;

/** A round of four people has just been published, on Tuesday 9 March at 10; the next is on the 23rd. */
beforeEach(async () => {
  stage = await openMatchStage();
  await planRounds(stage.core);
  await crowd(stage.core, 4);
  await passTo(stage, '2027-03-09T10:30:00Z');
});
afterEach(() => stage.close());

/** A pair of the round that is there now: the two, and the match. */
async function pair(
  core: Core,
  at = 0,
): Promise<{ readonly id: string; readonly one: string; readonly other: string }> {
  const match = (await readMatches(core)).filter(({ origin, hasEnded }) => origin === 'round' && !hasEnded)[at];
  const [one, other] = match?.people ?? [];
  if (match === undefined || one === undefined || other === undefined) throw new Error('There is no pair');
  return { id: match.id, one, other };
}

async function inTransaction(core: Core, act: (tx: Transaction) => Promise<void>): Promise<void> {
  await core.db.transaction().execute(act);
}

/** Nothing that a pair could score is as good as what others had: they wait until that does not matter. */
async function raiseTheBar(core: Core): Promise<void> {
  await core.db
    .updateTable('network')
    .set({ match_weights: JSON.stringify({ level: 0, cohort: 0, hours: 0 }) })
    .execute();
}

test('two who join between two rounds are matched at once, as a match of the last round', async () => {
  const { core } = stage;
  const [one, other] = [await stage.joins('Hull'), await stage.joins('Bath')];
  await stage.settle();
  const made = await poolMatches(core);
  expect(made).toMatchObject([{ round: 1, people: [one.id, other.id].toSorted(), hasEnded: false }]);
  expect(await stage.pool()).toEqual([]);
  const introduced = await postedOf(core, 'matching.introduction');
  expect(introduced.filter((id) => id === one.id || id === other.id)).toHaveLength(2);
});

test('who joins alone waits, and is looked for again on working days alone', async () => {
  const { core } = stage;
  stage.clock.set(new Date('2027-03-12T15:00:00Z'));
  const one = await stage.joins('Hull');
  await stage.settle();
  expect(await stage.pool()).toEqual([one.id]);
  expect(await agendaOf(core, 'matching.pool')).toEqual([{ subject: '', at: '2027-03-15T10:00:00.000Z' }]);
  await passTo(stage, '2027-03-15T11:00:00Z');
  expect(await agendaOf(core, 'matching.pool')).toEqual([{ subject: '', at: '2027-03-16T10:00:00.000Z' }]);
});

test('whoever suits another less than is usual waits for five working days at most', async () => {
  const { core } = stage;
  await raiseTheBar(core);
  const [one, other] = [await stage.joins('Hull'), await stage.joins('Bath')];
  await stage.settle();
  expect(await stage.pool()).toEqual([one.id, other.id].toSorted());
  await passTo(stage, '2027-03-16T09:59:00Z');
  expect(await poolMatches(core)).toEqual([]);
  await passTo(stage, '2027-03-16T10:01:00Z');
  expect(await poolMatches(core)).toMatchObject([{ people: [one.id, other.id].toSorted() }]);
});

test('nobody is matched in the last three days before a round: they are in it', async () => {
  const { core } = stage;
  stage.clock.set(new Date('2027-03-20T10:00:00Z'));
  const people = [await stage.joins('Hull'), await stage.joins('Bath')].map(({ id }) => id);
  await stage.settle();
  expect(await stage.pool()).toEqual(people.toSorted());
  await passTo(stage, '2027-03-23T10:30:00Z');
  expect(await stage.pool()).toEqual([]);
  const second = (await readMatches(core)).filter(({ round: number }) => number === 2);
  expect(second.flatMap((match) => match.people)).toEqual(expect.arrayContaining(people));
});

test('who pauses drops out: the other is told, and matched anew at once with somebody they did not have', async () => {
  const { core } = stage;
  const { id, one, other } = await pair(core);
  const waiting = await stage.joins('Hull');
  await stage.settle();
  const member = await core.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', '=', one)
    .executeTakeFirstOrThrow();
  await inTransaction(core, async (tx) => {
    await tx
      .updateTable('members')
      .set({ matching_paused_until: new Date('2027-04-30T00:00:00Z') })
      .where('id', '=', one)
      .execute();
    await dropOut(core, tx, member.id);
  });
  await stage.settle();
  expect((await readMatches(core)).find((match) => match.id === id)).toMatchObject({ hasEnded: true, dropped: [one] });
  expect(await postedOf(core, 'matching.partner-gone')).toEqual([other]);
  expect(await poolMatches(core)).toMatchObject([{ people: [other, waiting.id].toSorted() }]);
  expect(await stage.pool()).toEqual([]);
});

test('it happens when a member presses for a pause themselves', async () => {
  const { core } = stage;
  const [one, other] = [await stage.joins('Hull'), await stage.joins('Bath')];
  await stage.settle();
  await ask(core, one, pauseUntil('2027-03-30'));
  await stage.settle();
  expect(await poolMatches(core)).toMatchObject([{ hasEnded: true, dropped: [one.id] }]);
  expect(await stage.pool()).toEqual([other.id]);
});

test('two whose matches have ended are put together; never the same two again, nor two of one council', async () => {
  const { core } = stage;
  const [first, second] = [await pair(core, 0), await pair(core, 1)];
  await inTransaction(core, async (tx) => await dropOut(core, tx, first.one));
  await stage.settle();
  // The one who dropped out is back, and asks again.
  await inTransaction(core, async (tx) => await waitForMatch(core, tx, first.one, 'rematch'));
  await stage.settle();
  expect(await stage.pool()).toEqual([first.one, first.other].toSorted());
  await core.db
    .updateTable('network')
    .set({ match_weights: JSON.stringify({ coolDownRounds: 0 }) })
    .execute();
  await passTo(stage, '2027-03-17T09:00:00Z');
  expect(await poolMatches(core)).toEqual([]);
  await inTransaction(core, async (tx) => await dropOut(core, tx, second.one));
  await stage.settle();
  const [made] = await poolMatches(core);
  expect(made?.people).toContain(second.other);
  const pairs = pairsIn(await readMatches(core));
  expect(new Set(pairs).size).toBe(pairs.length);
});

test('a match whose people have met is no longer ended by anybody', async () => {
  const { core } = stage;
  const { id, one } = await pair(core);
  await core.db.updateTable('match_members').set({ state: 'met' }).where('match_id', '=', id).execute();
  await inTransaction(core, async (tx) => await dropOut(core, tx, one));
  expect((await readMatches(core)).find((match) => match.id === id)).toMatchObject({ hasEnded: false, dropped: [] });
});

test('who waits and has paused since, or asked not to meet the other, is matched with nobody', async () => {
  const { core } = stage;
  const [one, other, third] = [await stage.joins('Hull'), await stage.joins('Bath'), await stage.joins('Derby')];
  const paused = { matching_paused_until: new Date('2027-04-30T00:00:00Z') };
  await core.db.updateTable('members').set(paused).where('id', '=', one.id).execute();
  await core.db
    .insertInto('do_not_match')
    .values({
      id: crypto.randomUUID(),
      member_id: other.id,
      other_id: third.id,
      token: null,
      said: core.cipher.seal('x', 'x'),
      said_at: core.clock.now(),
    })
    .execute();
  await stage.settle();
  await passTo(stage, '2027-03-18T12:00:00Z');
  expect(await poolMatches(core)).toEqual([]);
});

test('the same look done twice, and two looks at once, make one match of two', async () => {
  const { core } = stage;
  await stage.joins('Hull');
  await stage.joins('Bath');
  const looks = await core.db
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'matching.pool')
    .where('done_at', 'is', null)
    .execute();
  expect(looks).toHaveLength(2);
  await Promise.all(looks.flatMap(({ id }) => [fallDue(core, id), fallDue(core, id)]));
  for (const { id } of looks) await fallDue(core, id);
  expect(await poolMatches(core)).toHaveLength(1);
});

test('whoever is left out of a round waits, and has the first newcomer', async () => {
  const { core } = stage;
  await core.db.updateTable('members').set({ status: 'left' }).execute();
  const people = await crowd(core, 3, 1);
  stage.clock.set(new Date('2027-03-10T10:00:00Z'));
  await round(core, 2);
  expect(await stage.pool()).toEqual(people.toSorted());
  const one = await stage.joins('Hull');
  await stage.settle();
  const [made] = await poolMatches(core);
  expect(made?.people).toContain(one.id);
  expect(await stage.pool()).toHaveLength(2);
});

test('who waits while a round is being published is in the round, and not matched beside it', async () => {
  const { core } = stage;
  await stage.joins('Hull');
  await stage.joins('Bath');
  const look = core.db.selectFrom('agenda').select('id').where('kind', '=', 'matching.pool');
  const { id } = await look.where('done_at', 'is', null).executeTakeFirstOrThrow();
  const [done] = await together(core, async (tx) => await runRound(core, tx, 2), [() => fallDue(core, id)]);
  expect(done?.status).toBe('fulfilled');
  expect(await poolMatches(core)).toEqual([]);
});

test('who pauses while a round is being published drops out of the match that it gives them', async () => {
  const { core } = stage;
  const one = await stage.joins('Hull');
  const [done] = await together(core, async (tx) => await runRound(core, tx, 2), [
    () => ask(core, one, pauseUntil('2027-03-30')),
  ]);
  expect(done?.status).toBe('fulfilled');
  const match = (await readMatches(core)).find(
    ({ round: number, dropped }) => number === 2 && dropped.includes(one.id),
  );
  expect(match).toMatchObject({ dropped: [one.id] });
});
