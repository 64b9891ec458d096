import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { beginMatching, endMatchingUnlessTakingPart } from '../matching/pool/taking-part.ts';
import { writeValues } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import { scheduleAgain, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { dayOf, daysAfter, startOfDay } from '../time/days.ts';
import { holdWithAgenda } from './hold.ts';
import type { Member, Programme } from './model.ts';
import * as say from './pause-messages.ts';
import { pausesOf, readPause, readyPauses } from './pause-rules.ts';
import { findMember } from './roster.ts';

/** What takes every pause off a member's row. */
export const noPause = {
  prompts_paused_until: null,
  matching_paused_until: null,
  conversations_paused_until: null,
} as const;

/** How long a pause is unless its member says otherwise. */
const usualDays = 28;

export function openPause(core: Core, member: Member): Reply {
  const today = dayOf(core.clock.now(), member.zone);
  return { kind: 'form', form: say.pauseForm(daysAfter(today, usualDays)) };
}

/**
 * Gives a member quiet until a day of theirs, in the programmes they name; what they do not name stays as it is.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function pause(
  core: Core,
  member: Member,
  answers: Extract<IntentOf<'network'>, { kind: 'network.pause' }>,
): Promise<Reply> {
  const asked = readPause(answers, dayOf(core.clock.now(), member.zone));
  if ('problems' in asked) throw new Refusal(say.problems.some, asked.problems);
  const until = startOfDay(asked.day, member.zone);
  if (until === undefined) throw new Refusal(say.problems.some, [{ field: 'until', text: say.problems.until }]);
  await core.db.transaction().execute(async (tx) => {
    // Erased by another press of their own just now: nothing may be due for them.
    if (!(await holdWithAgenda(tx, member.id))) return;
    await setPauses(tx, member.id, asked.programmes, until);
    await planEnds(tx, member.id);
    await endMatchingUnlessTakingPart(core, tx, member.id);
  });
  return { kind: 'message', message: say.paused(asked.programmes, until, member.zone) };
}

/** Ends every pause. Whoever had not paused matches is not put among those who wait for one: they have said nothing of it. */
export async function resume(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await holdWithAgenda(tx, member.id);
    const held = await findMember(tx, member.id);
    const hadPaused = (held?.matchingPausedUntil ?? null) !== null;
    await tx.updateTable('members').set(noPause).where('id', '=', member.id).execute();
    await unschedule(tx, pauseKey(member.id));
    if (hadPaused) await beginMatching(core, tx, member.id);
  });
}

/**
 * Takes off what has ended by now, and says which.
 *
 * @returns the programmes that are on again
 */
export async function endPauses(tx: Transaction, memberId: string, now: Date): Promise<readonly Programme[]> {
  const member = await findMember(tx, memberId);
  if (member === undefined) return [];
  const ended = readyPauses(member, now);
  await setPauses(tx, memberId, ended, null);
  return ended;
}

/**
 * A pause ends with a day of its member's own calendar: whoever moves takes that day along. To be called after the zone
 * has changed, by who holds the member and what is on the agenda for them.
 */
export async function movePauses(tx: Transaction, memberId: string, fromZone: string, toZone: string): Promise<void> {
  if (await shiftPauses(tx, memberId, fromZone, toZone)) await planEnds(tx, memberId);
}

/**
 * The same but for the agenda, for whoever holds the member and not what is on it for them: {@link planEnds} is to follow.
 *
 * @returns whether there is a pause
 */
export async function shiftPauses(
  tx: Transaction,
  memberId: string,
  fromZone: string,
  toZone: string,
): Promise<boolean> {
  const member = await findMember(tx, memberId);
  const pauses = member === undefined || fromZone === toZone ? [] : pausesOf(member);
  for (const { programme, until } of pauses) {
    const moved = startOfDay(dayOf(until, fromZone), toZone);
    // A day that never was there (a zone that has crossed the date line): it ends when it would have.
    if (moved !== undefined) await setPauses(tx, memberId, [programme], moved);
  }
  return pauses.length > 0;
}

/** What the key of an appointment that ends a pause begins with. */
function pauseKey(memberId: string): string {
  return `network.pause-ends:${memberId}:`;
}

async function setPauses(
  tx: Transaction,
  memberId: string,
  programmes: readonly Programme[],
  until: Date | null,
): Promise<void> {
  if (programmes.length === 0) return;
  const row = {
    ...(programmes.includes('prompts') ? { prompts_paused_until: until } : {}),
    ...(programmes.includes('matching') ? { matching_paused_until: until } : {}),
    ...(programmes.includes('conversations') ? { conversations_paused_until: until } : {}),
  };
  await tx.updateTable('members').set(row).where('id', '=', memberId).execute();
}

/** One appointment for each moment at which something ends: what ends together is told together. */
export async function planEnds(tx: Transaction, memberId: string): Promise<void> {
  await unschedule(tx, pauseKey(memberId));
  const member = await findMember(tx, memberId);
  if (member === undefined) return;
  const moments = Map.groupBy(pausesOf(member), ({ until }) => until.getTime());
  for (const [time, ending] of moments) {
    const at = new Date(time);
    const set = writeValues(ending.map(({ programme }) => programme));
    const key = `${pauseKey(memberId)}${set}:${at.toISOString()}`;
    await scheduleAgain(tx, { key, kind: 'network.pause-ends', subject: memberId, at });
  }
}
