import { readWorkingDays, type WorkingDays } from '../../calendar/reading.ts';
import type { Core } from '../../core.ts';
import { schedule } from '../../store/agenda.ts';
import type { Transaction } from '../../store/database.ts';
import { dayOf } from '../../time/days.ts';
import { momentOn } from '../../time/local.ts';
import { followUps } from '../matches/rules.ts';
import { whoCanBeMatched } from '../people/candidates.ts';
import { pairsOf } from '../people/lock-rules.ts';
import { readInput } from '../people/reading.ts';
import { holdMatching, holdPool } from '../planning/holding.ts';
import { makeMatches } from '../planning/making.ts';
import { nextRound, solve } from '../planning/planning.ts';
import type { RoundInput } from '../scoring/model.ts';
import { fitIn } from './fit.ts';
import { isTooLate, leastScore, nextLook, workingDaysBetween } from './rules.ts';

/**
 * Matches those who wait as well as can be done now, as matches of the round that was run last; who goes on waiting is
 * looked for again on the next working day. To be called by who holds no member.
 */
export async function matchPool(core: Core, tx: Transaction): Promise<void> {
  await holdMatching(tx);
  const now = core.clock.now();
  await endOtherLooks(tx, now);
  const rounds = tx.selectFrom('rounds').select(['id', 'number', 'published_at as at', 'usual_score as usual']);
  const round = await rounds.orderBy('number', 'desc').limit(1).executeTakeFirst();
  // They are in the first one.
  if (round === undefined) return;
  const days = await readWorkingDays(tx, now);
  // They are in the next one, which is near; but it may still be moved.
  if (await isNearNext(core, tx, round.at, days)) return await lookAgain(tx, now, days);
  const since = await holdPool(tx);
  await takeOutMatched(tx, round.id);
  const waiting = await whoWaits(tx, since, now);
  if (waiting.length === 0) return;
  // As the round saw it that they are matched for: no two may meet again who could not in that one.
  const reading = { number: round.number, at: now, weights: {} };
  const input = goodEnough(
    await readInput(core, tx, waiting, reading),
    round.usual ?? 0,
    waitedUntil(now, since, days),
  );
  const { groups } = await solve(core, input);
  const made = groups.map(({ members }) => ({ members, origin: 'pool' as const }));
  await makeMatches(core, tx, round.id, input, made);
  const matched = made.flatMap(({ members }) => members);
  if (matched.length > 0) await tx.deleteFrom('standing_pool').where('member_id', 'in', matched).execute();
  await lookAgain(tx, now, days);
}

/** Whatever else made somebody look just now is seen by this look, and done with it: whoever it put into the pool is there. */
async function endOtherLooks(tx: Transaction, now: Date): Promise<void> {
  const due = tx.selectFrom('agenda').select('id').where('kind', '=', 'matching.pool');
  const free = due.where('done_at', 'is', null).where('due_at', '<=', now).forUpdate().skipLocked();
  await tx.updateTable('agenda').set({ done_at: now }).where('id', 'in', free).execute();
}

/** @param from when the newest round was published */
async function isNearNext(core: Core, tx: Transaction, from: Date, days: WorkingDays): Promise<boolean> {
  const { at } = await nextRound(core, tx);
  return at !== undefined && isTooLate(at, followUps({ from, until: at }, days).question, core.clock.now());
}

async function whoWaits(tx: Transaction, since: ReadonlyMap<string, Date>, now: Date) {
  const left = new Set(
    (await tx.selectFrom('standing_pool').select('member_id').execute()).map((row) => row.member_id),
  );
  return (await whoCanBeMatched(tx, now)).filter(({ id }) => since.has(id) && left.has(id));
}

/** Whoever has a match that stands needs none. */
async function takeOutMatched(tx: Transaction, roundId: string): Promise<void> {
  const matched = tx
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select('match_members.member_id')
    .where('matches.round_id', '=', roundId)
    .where('matches.ended_at', 'is', null)
    .where('match_members.state', '!=', 'dropped');
  await tx.deleteFrom('standing_pool').where('member_id', 'in', matched).execute();
}

/** For how many working days each has waited, by id. */
function waitedUntil(
  now: Date,
  since: ReadonlyMap<string, Date>,
  { zone, isRest }: WorkingDays,
): ReadonlyMap<string, number> {
  const today = dayOf(now, zone);
  return new Map([...since].map(([id, begun]) => [id, workingDaysBetween(dayOf(begun, zone), today, isRest)]));
}

/**
 * The same with those kept apart who do not suit each other well enough yet. Two of this round or the one before are
 * never put together again, however short the network has made the cool-down.
 *
 * @param usual what the pairs of the last round score
 * @param waited working days, by id
 */
function goodEnough(input: RoundInput, usual: number, waited: ReadonlyMap<string, number>): RoundInput {
  const suit = fitIn(input);
  const weak = pairsOf([...input.members.entries()]).flatMap(([[a, one], [b, other]]) => {
    const least = leastScore(usual, Math.max(waited.get(one.id) ?? 0, waited.get(other.id) ?? 0));
    return suit(a, b) < least ? [[one.id, other.id] as const] : [];
  });
  const weights = { ...input.weights, coolDownRounds: Math.max(1, input.weights.coolDownRounds) };
  return { ...input, weights, locked: [], apart: [...input.apart, ...weak] };
}

async function lookAgain(tx: Transaction, now: Date, { zone, hour, isRest }: WorkingDays): Promise<void> {
  if ((await tx.selectFrom('standing_pool').select('member_id').limit(1).executeTakeFirst()) === undefined) return;
  const day = nextLook(dayOf(now, zone), isRest);
  const at = momentOn(day, hour, zone);
  await schedule(tx, [{ key: `matching.pool:${day}`, kind: 'matching.pool', subject: '', at }]);
}
