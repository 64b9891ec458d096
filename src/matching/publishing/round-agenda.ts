import { holdCalendar } from '../../calendar/planning.ts';
import { readBreaks, readRoundRhythm } from '../../calendar/reading.ts';
import { isRestDay, type LastRound, roundMoment } from '../../calendar/round-rules.ts';
import type { Core } from '../../core.ts';
import { schedule, scheduleAgain, unschedule } from '../../store/agenda.ts';
import type { Transaction } from '../../store/database.ts';
import { dayOf } from '../../time/days.ts';
import { planFollowUps } from '../matches/follow-up-plan.ts';
import { lookSoon } from '../pool/service.ts';
import { openingOf } from '../rules.ts';

/** Puts the network's next round on the agenda, unless one stands there. */
export async function scheduleFirstRound(tx: Transaction, now: Date): Promise<void> {
  if ((await standingRounds(tx).executeTakeFirst()) !== undefined) return;
  const last = await lastRound(tx);
  await scheduleRound(tx, (last?.number ?? 0) + 1, last?.when, now);
}

/**
 * Puts the round after this one on the agenda, and what is asked in between. Counted from the day this one was due, so a
 * late round does not push the later ones.
 */
export async function planNextRound({ clock }: Core, tx: Transaction, number: number, due: Date): Promise<void> {
  const now = clock.now();
  await scheduleRound(tx, number + 1, { due, ran: now }, now);
  await planFollowUps(tx, now);
}

/** Nothing more is due for a round that has been published by hand. To be called by who holds what is. */
export async function endWaiting({ clock }: Core, tx: Transaction, number: number): Promise<void> {
  await tx
    .updateTable('agenda')
    .set({ done_at: clock.now() })
    .where('kind', 'in', ['matching.round', 'matching.waiting'])
    .where('subject', '=', String(number))
    .where('done_at', 'is', null)
    .execute();
}

async function lastRound(tx: Transaction): Promise<{ readonly number: number; readonly when: LastRound } | undefined> {
  const row = await tx
    .selectFrom('rounds')
    .select(['number', 'published_at as at'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { number: row.number, when: { due: row.at, ran: row.at } };
}

export interface ReplannedRound {
  /** When it comes; `undefined` where none is planned. */
  readonly at: Date | undefined;
  readonly moved: boolean;
}

/** Moves the next round to where it belongs, after the calendar changed. One that is due already is left alone. */
export async function replanRound(tx: Transaction, now: Date): Promise<ReplannedRound> {
  // One that runs just now is not waited for: it waits for the calendar, and then plans the next by it.
  const standing = await standingRounds(tx).forUpdate().skipLocked().executeTakeFirst();
  if (standing === undefined || standing.due_at <= now) return { at: standing?.due_at, moved: false };
  const done = await tx
    .selectFrom('agenda')
    .select(['due_at as due', 'done_at as ran'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is not', null)
    .orderBy('due_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  // What was done is forgotten after a while; rounds are kept for longer.
  const before = done === undefined ? (await lastRound(tx))?.when : { due: done.due, ran: done.ran ?? done.due };
  const at = await scheduleRound(tx, Number(standing.subject), before, now);
  await planFollowUps(tx, now);
  const moved = at.getTime() !== standing.due_at.getTime();
  // Whoever waited for a round that was near may have a match before it now.
  if (moved) await lookSoon(tx, now);
  return { at, moved };
}

function standingRounds(tx: Transaction) {
  return tx
    .selectFrom('agenda')
    .select(['subject', 'due_at'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null);
}

/** With the word to its people before it, which comes at once where the round is nearer than that. */
async function scheduleRound(tx: Transaction, number: number, last: LastRound | undefined, now: Date): Promise<Date> {
  await holdCalendar(tx, 'to plan');
  const rhythm = await readRoundRhythm(tx);
  const breaks = await readBreaks(tx, now);
  const at = roundMoment(rhythm, breaks, last, now);
  const isRest = (day: string) => isRestDay(day, breaks);
  await scheduleOpening(tx, { number, at, zone: rhythm.zone }, openingOf(at, rhythm.zone, isRest, now));
  const subject = String(number);
  await schedule(tx, [{ key: `matching.round:${number}`, kind: 'matching.round', subject, at }]);
  return at;
}

/**
 * The word before a round, for the day on which it comes now: where people were told of another day, they are told again,
 * even if it is one that they were told of before that. To be called before the round itself moves.
 *
 * @param at when it is told
 */
async function scheduleOpening(
  tx: Transaction,
  { number, at: round, zone }: { readonly number: number; readonly at: Date; readonly zone: string },
  at: Date,
): Promise<void> {
  const day = dayOf(round, zone);
  const ofRound = `matching.opening:${number}:`;
  const opening = { key: `${ofRound}${day}`, kind: 'matching.opening', subject: String(number), at } as const;
  const row = tx.selectFrom('agenda').select('due_at').where('key', '=', `matching.round:${number}`);
  const before = await row.executeTakeFirst();
  if (before !== undefined && dayOf(before.due_at, zone) === day) return await schedule(tx, [opening]);
  await unschedule(tx, ofRound);
  await scheduleAgain(tx, opening);
}
