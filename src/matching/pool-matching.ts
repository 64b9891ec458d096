import { readBreaks, readRoundRhythm } from '../calendar/reading.ts';
import { isOffForAll } from '../calendar/round-rules.ts';
import type { Core } from '../core.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { dayOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { whoCanBeMatched } from './candidates.ts';
import { followUpsBefore } from './following-up-plan.ts';
import { holdMatching, holdPool } from './holding.ts';
import { pairsOf } from './locks-rules.ts';
import { makeMatches } from './making.ts';
import { nextRound, solve } from './planning.ts';
import { isTooLate, leastScore, median, nextLook, workingDaysBetween } from './pool-rules.ts';
import { readInput } from './reading.ts';
import { readNewestRecord } from './record.ts';
import type { RoundInput } from './scoring/model.ts';
import { pairScore } from './scoring/score.ts';

/** The working days of the network, and its clocks. */
interface Days {
  readonly zone: string;
  /** At which rounds come. */
  readonly hour: number;
  readonly isOff: (day: string) => boolean;
}

/**
 * Matches those who wait as well as can be done now, as matches of the round that was run last; who goes on waiting is
 * looked for again on the next working day. To be called by who holds no member.
 */
export async function matchPool(core: Core, tx: Transaction): Promise<void> {
  await holdMatching(tx);
  const now = core.clock.now();
  await endOtherLooks(tx, now);
  const rounds = tx.selectFrom('rounds').select(['id', 'number', 'published_at as at']);
  const round = await rounds.orderBy('number', 'desc').limit(1).executeTakeFirst();
  // They are in the first one.
  if (round === undefined) return;
  const days = await readDays(tx, now);
  // They are in the next one, which is near; but it may still be moved.
  if (await isNearNext(core, tx, round.at)) return await lookAgain(tx, now, days);
  const since = await holdPool(tx);
  await takeOutMatched(tx, round.id);
  const waiting = await whoWaits(tx, since, now);
  if (waiting.length === 0) return;
  // As the round saw it that they are matched for: no two may meet again who could not in that one.
  const reading = { number: round.number, at: now, weights: {} };
  const input = await goodEnough(core, tx, await readInput(core, tx, waiting, reading), since, days);
  const { groups } = await solve(input);
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
async function isNearNext(core: Core, tx: Transaction, from: Date): Promise<boolean> {
  const now = core.clock.now();
  const { at } = await nextRound(core, tx);
  if (at === undefined) return false;
  return isTooLate(at, (await followUpsBefore(tx, from, at, now)).question, now);
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

/**
 * The same with those kept apart who do not suit each other well enough yet. Two of this round or the one before are
 * never put together again, however short the network has made the cool-down.
 */
async function goodEnough(
  core: Core,
  tx: Transaction,
  input: RoundInput,
  since: ReadonlyMap<string, Date>,
  { zone, isOff }: Days,
): Promise<RoundInput> {
  const usual = await usualScore(core, tx);
  const today = dayOf(core.clock.now(), zone);
  const waited = input.members.map(({ id }) => {
    const begun = since.get(id);
    return begun === undefined ? 0 : workingDaysBetween(dayOf(begun, zone), today, isOff);
  });
  const suit = fitIn(input);
  const weak = pairsOf([...input.members.entries()]).flatMap(([[a, one], [b, other]]) => {
    const least = leastScore(usual, Math.max(waited[a] ?? 0, waited[b] ?? 0));
    return suit(a, b) < least ? [[one.id, other.id] as const] : [];
  });
  const weights = { ...input.weights, coolDownRounds: Math.max(1, input.weights.coolDownRounds) };
  return { ...input, weights, locked: [], apart: [...input.apart, ...weak] };
}

/** How well two suit each other, in points, without what only decides between equals. */
function fitIn(input: RoundInput): (a: number, b: number) => number {
  const score = pairScore(input);
  return (a, b) => {
    const { points, terms } = score(a, b);
    return points - terms.tieBreak;
  };
}

/** What the pairs of the last round score, the middle one of them; 0 where nothing is known of it. */
async function usualScore(core: Core, tx: Transaction): Promise<number> {
  const record = await readNewestRecord(core, tx);
  if (record === undefined) return 0;
  const suit = fitIn(record.input);
  const place = new Map(record.input.members.map(({ id }, index) => [id, index]));
  const groups = record.certificate.parts.flatMap((part) =>
    part.groups.map((group) => group.map((at) => place.get(part.members[at] ?? '') ?? 0)),
  );
  return median(groups.flatMap((group) => pairsOf(group).map(([a, b]) => suit(a, b))));
}

async function readDays(tx: Transaction, now: Date): Promise<Days> {
  const { zone, hour } = await readRoundRhythm(tx);
  const breaks = await readBreaks(tx, now);
  return { zone, hour, isOff: (day) => isOffForAll(day, breaks) };
}

async function lookAgain(tx: Transaction, now: Date, { zone, hour, isOff }: Days): Promise<void> {
  if ((await tx.selectFrom('standing_pool').select('member_id').limit(1).executeTakeFirst()) === undefined) return;
  const day = nextLook(dayOf(now, zone), isOff);
  const at = momentOn(day, hour, zone);
  await schedule(tx, [{ key: `matching.pool:${day}`, kind: 'matching.pool', subject: '', at }]);
}
