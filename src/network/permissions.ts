import type { Intent } from '../intents.ts';
import type { Member, Permission } from './model.ts';
import type { Needs } from './needs.ts';
import { needsOfMeeting } from './needs-of-meeting.ts';

const rank: Readonly<Record<Permission, number>> = { member: 1, host: 2, convener: 3 };

/** What each intent needs; {@link needsOfMeeting} has those about members meeting. A new one does not compile until it stands here. */
const needs: Readonly<Record<Intent['kind'], Needs>> = {
  ...needsOfMeeting,
  'network.help': 'anyone',
  'network.home': 'anyone',
  'network.join': 'anyone',
  'network.sign-in': 'anyone',
  'network.profile': 'member',
  'network.open-pause': 'member',
  'network.pause': 'member',
  'network.resume': 'member',
  'network.leave': 'member',
  'network.confirm-leave': 'member',
  'network.settings': 'known',
  'network.open-preferences': 'member',
  'network.preferences': 'member',
  'network.open-find': 'member',
  'network.find': 'member',
  'network.export': 'known',
  // Of somebody who has not joined we may keep where to greet them.
  'network.erase': 'anyone',
  // And of somebody on the roster, their row.
  'network.confirm-erase': 'anyone',
  'network.confirm-account': 'known',
  'network.open-announcements': 'convener',
  'network.choose-announcements': 'convener',
  'network.stop-announcements': 'convener',
  'reflections.open': 'member',
  'reflections.answer': 'member',
  'reflections.journal': 'member',
  'joining.open-about': 'known',
  'joining.about': 'known',
  'joining.open-interests': 'known',
  'joining.interests': 'known',
  'joining.open-hours': 'known',
  'joining.hours': 'known',
  'joining.open-agreements': 'known',
  'joining.agreements': 'known',
  'joining.open-request': 'anyone',
  'joining.request': 'anyone',
  'joining.requests': 'convener',
  'joining.open-approval': 'convener',
  'joining.approve': 'convener',
  'joining.open-refusal': 'convener',
  'joining.refuse': 'convener',
  'joining.who-is-who': 'member',
  'membership.skip-round': 'member',
  'membership.take-round': 'member',
  'membership.avoiding': 'member',
  'membership.open-avoid': 'member',
  'membership.avoid': 'member',
  'membership.stop-avoiding': 'member',
  'membership.accounts': 'member',
  'membership.prefer': 'member',
  'membership.show-code': 'member',
  'membership.open-connect': 'anyone',
  'membership.connect': 'anyone',
  'membership.disconnect': 'known',
  'convening.console': 'convener',
  'convening.councils': 'convener',
  'convening.open-find-council': 'convener',
  'convening.find-council': 'convener',
  'convening.open-council': 'convener',
  'convening.council': 'convener',
  'convening.open-relation': 'convener',
  'convening.relation': 'convener',
  'convening.end-relation': 'convener',
  'convening.cohorts': 'convener',
  'convening.open-cohort': 'convener',
  'convening.cohort': 'convener',
  'convening.graduate': 'convener',
  'convening.learning-sets': 'convener',
  'convening.open-divide': 'convener',
  'convening.divide': 'convener',
  'convening.audit': 'convener',
  'convening.roster': 'convener',
  'convening.must-agree': 'convener',
  'convening.open-find-member': 'convener',
  'convening.find-member': 'convener',
  'convening.open-role': 'convener',
  'convening.role': 'convener',
  'calendar.open-rhythm': 'convener',
  'calendar.rhythm': 'convener',
  'calendar.breaks': 'convener',
  'calendar.open-break': 'convener',
  'calendar.break': 'convener',
  'calendar.end-break': 'convener',
  'calendar.cohort-prompts': 'convener',
  'calendar.open-cohort-prompt': 'convener',
  'calendar.cohort-prompt': 'convener',
  'calendar.drop-cohort-prompt': 'convener',
  'digests.latest': 'member',
  'digests.month': 'member',
  'digests.theme': 'member',
  'reflections.swap': 'member',
  'reflections.later': 'member',
  'reflections.skip': 'member',
  'reflections.why': 'member',
  'reflections.open-rhythm': 'member',
  'reflections.rhythm': 'member',
  'reflections.open-follow-up': 'member',
  'reflections.follow-up': 'member',
  'reflections.delete': 'member',
  'reflections.confirm-delete': 'member',
  'reflections.open-share': 'member',
  'reflections.share': 'member',
  'reflections.shared': 'member',
  'reflections.shared-from': 'member',
  'reflections.journal-by': 'member',
  'reflections.journal-part': 'member',
  'reflections.map': 'member',
  'reflections.open-document': 'member',
  'reflections.document': 'member',
  'reflections.open-search': 'member',
  'reflections.search': 'member',
};

/** What a guest may do beside hosting: read what we hold about them, and have it erased. */
const forGuests: ReadonlySet<Intent['kind']> = new Set<Intent['kind']>([
  'network.home',
  'network.export',
  'network.erase',
  'network.confirm-erase',
]);

/** What stands in the way of someone who asks. */
export type Objection = 'not-joined' | 'not-host' | 'not-convener' | 'not-signed-in' | 'guest';

/**
 * Why this person may not ask for this, or `undefined` when they may. What conveners do is never done by a link in an
 * e-mail, which whoever it was forwarded to may press.
 *
 * @param member absent for someone unknown to us
 * @param isSignedIn whether they hold more than a link that was sent to them
 */
export function objection(
  kind: Intent['kind'],
  member: Member | undefined,
  isSignedIn: boolean,
): Objection | undefined {
  const need = needs[kind];
  if (member?.status === 'guest') return need === 'hosting' || forGuests.has(kind) ? undefined : 'guest';
  if (need === 'anyone') return undefined;
  if (member === undefined) return 'not-joined';
  if (need === 'known') return undefined;
  // A guest may be on the roster by now, or have joined, or a host may be one no longer: what they host is theirs still.
  if (need === 'hosting' && member.status !== 'left') return undefined;
  if (need === 'hosting' || member.status !== 'active') return 'not-joined';
  if (rank[member.permission] >= rank[need]) {
    return need === 'convener' && !isSignedIn ? 'not-signed-in' : undefined;
  }
  return need === 'convener' ? 'not-convener' : 'not-host';
}
