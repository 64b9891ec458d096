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
  'conversations.reminder-week': 'First reminder',
  'conversations.reminder-day': 'Second reminder',
  'conversations.reminder-soon': 'Last reminder',
  'conversations.host-briefing': 'Briefing for the host',
  'conversations.cancelled': 'Conversation cancelled',
  'conversations.seat-offered': 'A seat offered to you',
  'conversations.offer-ended': 'The time for an offered seat has passed',
  'conversations.moved': 'Conversation moved',
  'conversations.hand-over-asked': 'Request to take over as host',
  'conversations.hand-over-answered': 'Answer to a request to take over',
  'conversations.hand-over-declined': 'Answer to a request to take over',
  'conversations.new-host': 'A new host',
  'conversations.too-few': 'Question what to do with few people',
  'proposals.wanted': 'A conversation that waits for approval',
  'proposals.approved': 'Your conversation was approved',
  'proposals.refused': 'Your conversation was refused',
  'proposals.answers-in': 'When people can come to your conversation',
  'proposals.which-time': 'Question when you could come',
  'proposals.dropped': 'A conversation that will not take place',
  'proposals.guest-welcome': 'Links to host a conversation',
  'series.ask-host': 'Question whether you would host',
  'series.no-host': 'A conversation without a host',
  'series.topic-hosted': 'Your topic has a host',
  'diary.invite': 'Calendar invitation',
  'diary.call-off': 'Calendar invitation taken back',
  'afterwards.who-came': 'Question who came',
  'afterwards.takeaway': 'Question what you take away',
  'afterwards.summary': 'Summary of a conversation',
  'matching.introduction': 'Introduction to your match',
  'matching.left-out': 'No match this time',
};

export function isMessageKind(kind: DeliveryKind): kind is MessageKind {
  return Object.hasOwn(messageKinds, kind);
}
