import type { DeliveryKind } from '../delivery/model.ts';

/**
 * When the row of a delivery may go, once it is settled and older than its period. Its key is what keeps the same thing
 * from being said twice, so each kind has its reason:
 *
 * `after its period`: nothing posts the key again by then. It holds a moment, a day or an id of its own; or what posts it
 * is done once in one transaction with its place on the agenda; or what it is about is over, which is looked at.
 * `with its matter`: it goes when that goes, because it tells what was shown, or what is asked once of a member.
 * `as a change`: a day after it was settled, by `delivery/forget-changes.ts`.
 */
type Ends = 'after its period' | 'with its matter' | 'as a change';

/** A new kind does not compile until it stands here. */
const ends: Readonly<Record<DeliveryKind, Ends>> = {
  'network.welcome': 'after its period',
  'network.sign-in': 'after its period',
  'network.confirm-account': 'after its period',
  'network.resumed': 'after its period',
  'network.home': 'as a change',
  'network.announcements-failed': 'after its period',
  'network.announcements-here': 'after its period',
  'network.blank-home': 'as a change',
  'network.greeting': 'after its period',
  'joining.requested': 'after its period',
  'joining.refused': 'after its period',
  'joining.approved': 'after its period',
  'joining.path': 'after its period',
  'joining.buddy': 'after its period',
  'membership.connected': 'after its period',
  'reflections.prompt': 'after its period',
  'reflections.prompt-again': 'after its period',
  'reflections.reminder': 'after its period',
  'reflections.rhythm-offer': 'with its matter',
  'reflections.follow-up': 'after its period',
  'reflections.shared': 'after its period',
  'digests.month': 'after its period',
  'conversations.announcement': 'after its period',
  'conversations.card-update': 'as a change',
  'conversations.notice': 'after its period',
  'conversations.notice-update': 'as a change',
  'conversations.seat-freed': 'after its period',
  'conversations.reminder-week': 'after its period',
  'conversations.reminder-day': 'after its period',
  'conversations.reminder-soon': 'after its period',
  'conversations.host-briefing': 'after its period',
  'conversations.cancelled': 'after its period',
  'conversations.seat-offered': 'after its period',
  'conversations.offer-ended': 'after its period',
  'conversations.moved': 'after its period',
  'conversations.hand-over-asked': 'after its period',
  'conversations.hand-over-answered': 'after its period',
  'conversations.hand-over-declined': 'after its period',
  'conversations.new-host': 'after its period',
  'conversations.too-few': 'after its period',
  'proposals.wanted': 'after its period',
  'proposals.approved': 'after its period',
  'proposals.refused': 'after its period',
  'proposals.which-time': 'after its period',
  'proposals.dropped': 'after its period',
  'proposals.answers-in': 'after its period',
  'proposals.guest-welcome': 'after its period',
  'series.ask-host': 'after its period',
  'series.no-host': 'after its period',
  'series.topic-hosted': 'after its period',
  'diary.invite': 'after its period',
  'diary.call-off': 'after its period',
  'afterwards.who-came': 'after its period',
  'afterwards.takeaway': 'after its period',
  'afterwards.summary': 'after its period',
  'matching.introduction': 'with its matter',
  'matching.group-introduction': 'with its matter',
  'matching.left-out': 'after its period',
  'matching.before-round': 'after its period',
  'matching.email-introduction': 'with its matter',
  'matching.half-way': 'after its period',
  'matching.question': 'after its period',
  'matching.partner-gone': 'after its period',
  'matching.time-suggested': 'after its period',
  'matching.time-agreed': 'after its period',
  'matching.time-kept': 'after its period',
  'matching.invite': 'after its period',
  'matching.call-off': 'after its period',
  'matching.meeting-off': 'after its period',
  'matching.ready': 'after its period',
};

function isKind(kind: string): kind is DeliveryKind {
  return Object.hasOwn(ends, kind);
}

export const settledKinds: readonly DeliveryKind[] = Object.keys(ends)
  .filter(isKind)
  .filter((kind) => ends[kind] === 'after its period');
