import { type Conversation, endOf, hasEnded } from '../conversations/model.ts';
import { findConversation } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import { findMember } from '../network/roster.ts';
import { workingDayFrom } from '../reflections/next-working-day.ts';
import { readWorkingDays } from '../reflections/working-days.ts';
import { schedule, scheduleAgain } from '../store/agenda.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf, daysAfter } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { keepAttendees, readAttendees } from './attendees.ts';
import type { Attendee } from './model.ts';

/** The key of what falls due when the host has had time to say who came. */
function askKey(conversationId: string): string {
  return `afterwards.ask:${conversationId}`;
}

/** It has ended: its host is asked who came. Nothing of one that was cancelled, or that nobody had a seat in. */
export async function overDue(core: Core, tx: Transaction, conversationId: string): Promise<void> {
  const now = core.clock.now();
  const still = await keepAttendees(tx, conversationId);
  const conversation = await findConversation(tx, conversationId);
  if (conversation === undefined || conversation.cancelledAt !== null || !hasEnded(conversation, now)) return;
  const attendees = (await readAttendees(tx, conversationId)).filter(({ id }) => still.has(id));
  if (attendees.length === 0) return;
  await askHost(tx, now, conversation);
  const first = await firstMorning(tx, conversation, attendees);
  if (first === undefined) return;
  await schedule(tx, [{ key: askKey(conversationId), kind: 'afterwards.ask', subject: conversationId, at: first }]);
}

async function askHost(tx: Transaction, now: Date, { id, host }: Conversation): Promise<void> {
  if (host === undefined) return;
  const there = tx.selectFrom('members').select('id').where('id', '=', host.id).forKeyShare();
  if ((await there.executeTakeFirst()) === undefined) return;
  const kind = 'afterwards.who-came';
  await post(tx, now, [{ key: `${kind}:${id}:${host.id}`, kind, subject: id, memberId: host.id }]);
}

/** Where the host has not said who came, everybody whose next working morning it is by now is asked all the same. */
export async function askDue(core: Core, tx: Transaction, conversationId: string): Promise<void> {
  const now = core.clock.now();
  const still = await keepAttendees(tx, conversationId);
  const conversation = await findConversation(tx, conversationId);
  if (conversation === undefined || conversation.cancelledAt !== null) return;
  const unsaid = (await readAttendees(tx, conversationId)).filter(({ id, came }) => came === null && still.has(id));
  const mornings = await morningsOf(tx, conversation, unsaid);
  const due = mornings.filter(({ at }) => at <= now).map(({ id }) => id);
  await askForTakeaways(tx, now, conversationId, due);
  const [next] = mornings.filter(({ at }) => at > now);
  if (next === undefined) return;
  // Others are elsewhere, or have a day off: it falls due again for them.
  const again = { key: askKey(conversationId), kind: 'afterwards.ask', subject: conversationId, at: next.at } as const;
  await scheduleAgain(tx, again);
}

/**
 * Asks each of these for one thing they take away, once in all. They must be kept from being erased.
 *
 * @returns how many of them had not been asked before
 */
export async function askForTakeaways(
  tx: Transaction,
  now: Date,
  conversationId: string,
  memberIds: readonly string[],
): Promise<number> {
  const kind = 'afterwards.takeaway';
  const postings = memberIds.map(
    (memberId) => ({ key: `${kind}:${conversationId}:${memberId}`, kind, subject: conversationId, memberId }) as const,
  );
  const before = await countAsked(tx, conversationId);
  await post(tx, now, postings);
  return (await countAsked(tx, conversationId)) - before;
}

async function countAsked(db: Reader, conversationId: string): Promise<number> {
  const { asked } = await db
    .selectFrom('deliveries')
    .select((select) => select.fn.countAll<string>().as('asked'))
    .where('kind', '=', 'afterwards.takeaway')
    .where('subject', '=', conversationId)
    .executeTakeFirstOrThrow();
  return Number(asked);
}

interface Morning {
  readonly id: string;
  readonly at: Date;
}

/** When each of them is asked, the soonest first: at the hour of prompts on the next working day of theirs. */
async function morningsOf(
  db: Reader,
  conversation: Conversation,
  attendees: readonly Attendee[],
): Promise<readonly Morning[]> {
  const ended = endOf(conversation);
  const mornings: Morning[] = [];
  for (const { id } of attendees) {
    const member = await findMember(db, id);
    if (member === undefined) continue;
    const days = await readWorkingDays(db, member, ended);
    const day = workingDayFrom(daysAfter(dayOf(ended, days.zone), 1), days);
    mornings.push({ id, at: momentOn(day, days.hour, days.zone) });
  }
  return mornings.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

async function firstMorning(
  db: Reader,
  conversation: Conversation,
  attendees: readonly Attendee[],
): Promise<Date | undefined> {
  return (await morningsOf(db, conversation, attendees))[0]?.at;
}
