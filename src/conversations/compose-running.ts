import type { Core } from '../core.ts';
import { type Composed, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { moved } from './edit-messages.ts';
import { askedIn } from './hand-over.ts';
import { handOverAnswered, handOverAsked, handOverDeclined, newHost } from './hand-over-messages.ts';
import type { View } from './messages.ts';
import type { ConversationDelivery, Host, ReminderDelivery } from './model.ts';
import { hostBriefing, reminder, tooFew } from './reminder-messages.ts';
import { isOvertaken, type ReminderDue } from './reminder-rules.ts';
import { readConversationSettings } from './settings.ts';
import { openingQuestions } from './themes.ts';
import { isFew, mayHandOver, whoIsComing } from './too-few.ts';

/** What is said of one that is to come by itself: reminders, and what its host is told or asked. */
export type RunningDelivery =
  | ReminderDelivery
  | Extract<
      ConversationDelivery,
      `conversations.${'moved' | `hand-over-${'asked' | 'answered' | 'declined'}` | 'new-host' | 'too-few' | 'host-briefing'}`
    >;

export async function composeRunning(
  core: Core,
  kind: RunningDelivery,
  shown: View,
  host: Host,
  member: Member,
): Promise<Composed> {
  const { conversation, standing } = shown;
  switch (kind) {
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
      return await composeReminder(core, kind, shown);
    case 'conversations.host-briefing':
      if (standing.kind !== 'host') return drop('somebody else hosts it now');
      return { kind: 'say', message: await briefing(core, shown) };
    case 'conversations.too-few':
    case 'conversations.hand-over-asked':
      if (conversation.startsAt <= core.clock.now()) return drop('the conversation has begun');
      return kind === 'conversations.too-few'
        ? await composeTooFew(core, shown, member)
        : await composeAsked(core, shown, host, member);
    case 'conversations.moved':
      if (standing.kind === 'none') return drop('the member no longer has a place');
      return { kind: 'say', message: moved(shown) };
    case 'conversations.new-host':
      if (standing.kind === 'none' || standing.kind === 'host') return drop('the member no longer has a place');
      return { kind: 'say', message: newHost(shown, host) };
    case 'conversations.hand-over-answered':
      if (standing.kind === 'host') return drop('the member hosts it again');
      return { kind: 'say', message: handOverAnswered(shown, host) };
    case 'conversations.hand-over-declined':
      if (standing.kind !== 'host' && member.permission !== 'convener')
        return drop('the member does not run it any more');
      return { kind: 'say', message: handOverDeclined(shown, host, mayHandOver(member)) };
  }
}

async function composeReminder(core: Core, kind: ReminderDelivery, shown: View): Promise<Composed> {
  const now = core.clock.now();
  const { id, startsAt } = shown.conversation;
  if (shown.standing.kind !== 'seated') return drop('the member no longer has a seat');
  const { remindMinutes } = await readConversationSettings(core.db);
  if (isOvertaken(kind, startsAt, remindMinutes, now)) return drop('a later reminder has had its turn');
  if (await comesAgain(core, id, kind, now)) return drop('the conversation was moved, and this reminder comes again');
  return { kind: 'say', message: reminder(shown, now) };
}

const dues: Readonly<Record<ReminderDelivery, ReminderDue>> = {
  'conversations.reminder-week': 'conversations.remind-week',
  'conversations.reminder-day': 'conversations.remind-day',
  'conversations.reminder-soon': 'conversations.remind-soon',
};

/**
 * It was posted for when it was to begin before. One that is due within a minute is this one: who is given a seat so near
 * to it is reminded at once.
 */
async function comesAgain(core: Core, id: string, kind: ReminderDelivery, now: Date): Promise<boolean> {
  const coming = core.db.selectFrom('agenda').select('id').where('kind', '=', dues[kind]).where('subject', '=', id);
  const soon = new Date(now.getTime() + 60_000);
  const found = await coming.where('done_at', 'is', null).where('due_at', '>', soon).executeTakeFirst();
  return found !== undefined;
}

async function briefing(core: Core, shown: View) {
  const { id, theme } = shown.conversation;
  return hostBriefing(shown, await whoIsComing(core.db, id), openingQuestions(core.frameworks, theme));
}

async function composeTooFew(core: Core, shown: View, member: Member): Promise<Composed> {
  const { fewestPeople } = await readConversationSettings(core.db);
  if (shown.standing.kind !== 'host') return drop('somebody else hosts it now');
  if (!isFew(shown.attendance, fewestPeople)) return drop('enough people have signed up');
  return { kind: 'say', message: tooFew(shown, fewestPeople, mayHandOver(member)) };
}

async function composeAsked(core: Core, shown: View, host: Host, member: Member): Promise<Composed> {
  const asked = await askedIn(core.db, shown.conversation.id);
  if (asked?.id !== member.id) return drop('the member is not asked any more');
  return { kind: 'say', message: handOverAsked(shown, host, asked.by === host.id ? '' : asked.byName) };
}
