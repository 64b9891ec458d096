import type { DeliveryKind, MemberDeliveryKind } from '../delivery/model.ts';

/** What is sent to a member as a message: their home on a platform is a page that is redrawn, and a card's update is no message. */
export type MessageKind = Exclude<MemberDeliveryKind, 'network.home' | 'conversations.card-update'>;

/** What each kind of message is called in an export. A new kind does not compile until it stands here. */
export const messageKinds: Readonly<Record<MessageKind, string>> = {
  'network.welcome': 'Welcome',
  'network.sign-in': 'Link to sign in',
  'network.confirm-account': 'Question whether another account is yours',
  'network.resumed': 'Messages on again after a pause',
  'network.announcements-failed': 'A channel we could not post in',
  'joining.requested': 'Somebody asks to join',
  'joining.approved': 'You may join',
  'joining.path': 'Your first weeks',
  'joining.buddy': 'Somebody new to look out for',
  'membership.connected': 'Another account was connected',
  'reflections.prompt': 'Weekly prompt',
  'reflections.prompt-again': 'Weekly prompt, on the day you asked for',
  'reflections.reminder': 'Reminder of your prompt',
  'reflections.rhythm-offer': 'Question how often prompts are to come',
  'reflections.follow-up': 'Question how your action went',
  'reflections.shared': 'A reflection shared with you',
  'digests.month': 'Digest of a month',
  'conversations.announcement': 'Conversation announced',
  'conversations.seat-freed': 'A seat came free',
  'conversations.reminder-week': 'Reminder a week before',
  'conversations.reminder-day': 'Reminder a day before',
  'conversations.reminder-soon': 'Reminder shortly before',
  'conversations.host-briefing': 'Briefing for the host',
  'conversations.cancelled': 'Conversation cancelled',
  'matching.introduction': 'Introduction to your match',
  'matching.left-out': 'No match this time',
};

export function isMessageKind(kind: DeliveryKind): kind is MessageKind {
  return Object.hasOwn(messageKinds, kind);
}
