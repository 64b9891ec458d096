import type { Core } from '../core.ts';
import { invite } from '../diary/invitations.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { announceSooner } from './announcing.ts';
import { rescheduleEnd, scheduleAll, unschedulePlan } from './appointments.ts';
import { changesSeats, type Edited, isMove, showsInCalendars } from './edit-rules.ts';
import type { Conversation } from './model.ts';
import { isPastBriefing, lastPassed } from './reminder-rules.ts';
import { brief, remind, seatedIn } from './reminding.ts';
import { fillSeats } from './seating.ts';
import { readSeats } from './seats.ts';
import { readConversationSettings } from './settings.ts';

interface Change {
  readonly before: Conversation;
  /** As it is stored now. */
  readonly after: Conversation;
  readonly changes: readonly (keyof Edited)[];
  /** Who made it: they are not told. */
  readonly by: string;
}

/**
 * Does all that follows from a change of a conversation, which must be locked: seats for those who wait, the agenda,
 * calendars, and news for everyone who has a place.
 *
 * @returns how many are told that it was moved
 */
export async function carryOut(core: Core, tx: Transaction, { before, after, changes, by }: Change): Promise<number> {
  const now = core.clock.now();
  const entries = await readSeats(tx, after.id);
  if (changesSeats(changes)) await fillSeats(core, tx, after);
  const isLater = before.startsAt.getTime() !== after.startsAt.getTime();
  if (isLater) {
    await unschedulePlan(tx, after);
    await scheduleAll(tx, now, after);
    await announceSooner(tx, now, after);
  } else if (before.minutes !== after.minutes) {
    await rescheduleEnd(tx, after);
  }
  if (isLater || before.link !== after.link) await sendLinkAgain(tx, now, before, after);
  if (!isLater && before.link !== after.link && after.host?.id !== by) await briefAgain(tx, now, after);
  if (showsInCalendars(changes)) await inviteAgain(tx, now, after);
  if (!isMove(changes)) return 0;
  const people = entries.map(({ memberId }) => memberId);
  const everyone = after.host === undefined ? people : [...people, after.host.id];
  const told = everyone.filter((memberId) => memberId !== by);
  await tellMoved(tx, now, after, told);
  return told.length;
}

/** What their calendars show is otherwise now: of everyone with a seat, and of the host. */
export async function inviteAgain(tx: Transaction, now: Date, { id, host }: Conversation): Promise<void> {
  const seated = (await seatedIn(tx, id)).map(({ member_id }) => member_id);
  await invite(tx, now, id, host === undefined ? seated : [...seated, host.id]);
}

/**
 * The link stands in reminders only. Whoever was sent another one has the last of them again; and so has everybody where
 * it was moved to so soon that no reminder would come.
 */
async function sendLinkAgain(tx: Transaction, now: Date, before: Conversation, after: Conversation): Promise<void> {
  const { remindMinutes } = await readConversationSettings(tx);
  const passed = lastPassed(after.startsAt, remindMinutes, now);
  if (passed === undefined) return;
  const hasOther = before.link !== after.link && lastPassed(before.startsAt, remindMinutes, now) !== undefined;
  if (!hasOther && passed.delivery !== 'conversations.reminder-soon') return;
  const again = hasOther ? `:${after.revision}` : '';
  await remind(tx, now, after, passed.delivery, await seatedIn(tx, after.id), again);
}

/** The briefing has the link, too: a host who has had it has the new one, where somebody else changed it. */
async function briefAgain(tx: Transaction, now: Date, conversation: Conversation): Promise<void> {
  const { remindMinutes } = await readConversationSettings(tx);
  if (!isPastBriefing(conversation.startsAt, remindMinutes, now)) return;
  await brief(tx, now, conversation, `:${conversation.revision}`);
}

/** Not to those for whom the news of a move before this one still waits to be sent: it will tell of this one. */
async function tellMoved(
  tx: Transaction,
  now: Date,
  { id, revision }: Conversation,
  memberIds: readonly string[],
): Promise<void> {
  const kind = 'conversations.moved';
  const waiting = await tx
    .selectFrom('deliveries')
    .select('member_id')
    .where('kind', '=', kind)
    .where('subject', '=', id)
    .where('status', '=', 'pending')
    .orderBy('id')
    // Held, so that it is not composed before this change can be seen; one that is on its way has the words of before.
    .forUpdate()
    .skipLocked()
    .execute();
  const theirs = new Set(waiting.map(({ member_id }) => member_id));
  await post(
    tx,
    now,
    memberIds
      .filter((memberId) => !theirs.has(memberId))
      .map((memberId) => ({ key: `${kind}:${id}:${revision}:${memberId}`, kind, subject: id, memberId }) as const),
  );
}
