import type { Due } from '../agenda/model.ts';
import { holdCalendar } from '../calendar/planning.ts';
import { readBreaks, readRoundRhythm } from '../calendar/reading.ts';
import { type LastRound, roundMoment } from '../calendar/round-rules.ts';
import type { Core } from '../core.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { runRound } from './service.ts';

/** Runs the round and puts the next one on the agenda. The subject is the round's number. */
export async function matchingDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const number = Number(due.subject);
  await runRound(core, tx, number);
  // Counted from the day it was due, so a late round does not push the later ones.
  const now = core.clock.now();
  await scheduleRound(tx, number + 1, { due: due.at, ran: now }, now);
}

/** Puts the network's next round on the agenda, unless one stands there. */
export async function scheduleFirstRound(tx: Transaction, now: Date): Promise<void> {
  if ((await standingRounds(tx).executeTakeFirst()) !== undefined) return;
  const last = await lastRound(tx);
  await scheduleRound(tx, (last?.number ?? 0) + 1, last?.when, now);
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
  return { at, moved: at.getTime() !== standing.due_at.getTime() };
}

function standingRounds(tx: Transaction) {
  return tx
    .selectFrom('agenda')
    .select(['subject', 'due_at'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null);
}

async function scheduleRound(tx: Transaction, number: number, last: LastRound | undefined, now: Date): Promise<Date> {
  await holdCalendar(tx, 'to plan');
  const at = roundMoment(await readRoundRhythm(tx), await readBreaks(tx, now), last, now);
  await schedule(tx, [{ key: `matching.round:${number}`, kind: 'matching.round', subject: String(number), at }]);
  return at;
}
