import { composeAfterwards } from '../afterwards/compose.ts';
import { takesPart } from '../convening/taking-part.ts';
import { composeConversation, composeNotice } from '../conversations/compose.ts';
import type { Core } from '../core.ts';
import { composeDiary } from '../diary/compose.ts';
import { composeDigest } from '../digests/compose.ts';
import { home } from '../home.ts';
import { composeJoining, composeRefused } from '../joining/compose.ts';
import { composeMatching } from '../matching/compose.ts';
import { composeGroupIntroduction } from '../matching/introductions/compose.ts';
import { composeMembership } from '../membership/compose.ts';
import type { Button } from '../messages/message.ts';
import { composeConfirmAccount } from '../network/account-requests.ts';
import { composeAnnouncementsHere, composeNetwork } from '../network/compose.ts';
import { isFarewellOver } from '../network/farewell.ts';
import { composeGreeting } from '../network/greeting.ts';
import type { Member, MemberStatus } from '../network/model.ts';
import { objection } from '../network/permissions.ts';
import { findMember, findMemberByAccount } from '../network/roster.ts';
import { composeProposal } from '../proposals/compose.ts';
import { withHostLinks, withZone } from '../proposals/guest-messages.ts';
import { composeReflection } from '../reflections/compose.ts';
import { composeSeries } from '../series/compose.ts';
import { findRoom, type Room } from '../store/rooms.ts';
import {
  type Composed,
  type Delivery,
  drop,
  type MemberDelivery,
  type MemberDeliveryKind,
  type RoomDelivery,
} from './model.ts';
import { isChange } from './rules.ts';

/** What the person asked for just now, can see or must answer for themselves, member or not; all else is for those who joined. */
const forAnyone: ReadonlySet<MemberDeliveryKind> = new Set<MemberDeliveryKind>([
  'network.sign-in',
  'network.home',
  'network.confirm-account',
  'joining.approved',
  // What they agreed to before they left goes from their calendar.
  'matching.call-off',
  // The card of somebody who left is taken away.
  'conversations.card-update',
]);

/** What concerns what somebody hosts: guests are sent it, and those who were guests and have not joined. Nothing else is. */
const forHosts: ReadonlySet<MemberDeliveryKind> = new Set<MemberDeliveryKind>([
  'proposals.guest-welcome',
  'conversations.host-briefing',
  'conversations.too-few',
  'conversations.moved',
  'conversations.hand-over-answered',
  'conversations.hand-over-declined',
  'conversations.cancelled',
  'diary.invite',
  'diary.call-off',
  'afterwards.who-came',
  'afterwards.summary',
]);

/** Of those, what comes before it begins, of which each e-mail brings a guest all the links anew. */
const withLinks: ReadonlySet<MemberDeliveryKind> = new Set<MemberDeliveryKind>([
  'conversations.host-briefing',
  'conversations.moved',
  'conversations.too-few',
]);

/** What is new for those who take part: nobody is sent it whose council does not. What they have a place in goes on. */
const forTakingPart: ReadonlySet<MemberDeliveryKind> = new Set<MemberDeliveryKind>([
  'joining.path',
  'joining.buddy',
  'reflections.prompt',
  'reflections.prompt-again',
  'reflections.reminder',
  'reflections.rhythm-offer',
  'reflections.follow-up',
  'reflections.shared',
  'digests.month',
  'conversations.announcement',
  'proposals.which-time',
  'matching.introduction',
  'matching.left-out',
  'matching.before-round',
  'matching.email-introduction',
  'matching.half-way',
  'matching.question',
  'matching.time-suggested',
  'matching.time-agreed',
  'matching.time-kept',
  'matching.invite',
]);

/** Puts a delivery into words from what is true now, or says why there is nothing left to say. */
export async function compose(core: Core, delivery: Delivery): Promise<Composed> {
  if ('roomId' in delivery) return await toRoom(core, delivery);
  const member = await findMember(core.db, delivery.memberId);
  if (member === undefined) return drop('the member was erased');
  if (!mayBeSent(delivery.kind, member.status)) return drop('the member is not in the network');
  if (forTakingPart.has(delivery.kind) && !(await takesPart(core.db, member.councilId))) {
    return drop('the council takes no part');
  }
  const composed = forGuest(await toMember(core, delivery, member), delivery.kind, member);
  const hasLinks = member.status !== 'active' && withLinks.has(delivery.kind) && composed.kind === 'say';
  return hasLinks ? { kind: 'say', message: withHostLinks(composed.message, delivery.subject) } : composed;
}

/** A guest is offered nothing that they would be refused, and told in which zone the times are. */
function forGuest(composed: Composed, kind: MemberDeliveryKind, member: Member): Composed {
  const isSaid = composed.kind === 'say' || composed.kind === 'invite';
  if (member.status !== 'guest' || !isSaid) return composed;
  const may = (button: Button) => button.kind !== 'does' || objection(button.intent.kind, member, false) === undefined;
  const message = { ...composed.message, buttons: composed.message.buttons.filter(may) };
  const hasTimes = forHosts.has(kind) && !isOf('afterwards', kind);
  return { ...composed, message: hasTimes ? withZone(message, member.zone) : message };
}

function mayBeSent(kind: MemberDeliveryKind, status: MemberStatus): boolean {
  if (status === 'active') return true;
  return status === 'left' ? forAnyone.has(kind) : forAnyone.has(kind) || forHosts.has(kind);
}

async function toMember(core: Core, delivery: MemberDelivery, member: Member): Promise<Composed> {
  const { kind } = delivery;
  if (kind === 'network.home') return { kind: 'show-home', page: await home(core, member) };
  if (kind === 'network.confirm-account') return await composeConfirmAccount(core, delivery, member);
  if (isOf('network', kind)) return await composeNetwork(core, kind, delivery, member);
  if (isOf('joining', kind)) return await composeJoining(core, kind, delivery, member);
  if (isOf('membership', kind)) return await composeMembership(core, kind, delivery, member);
  if (isOf('reflections', kind)) return await composeReflection(core, kind, delivery, member);
  if (isOf('digests', kind)) return await composeDigest(core, delivery, member);
  if (isOf('conversations', kind)) return await composeConversation(core, kind, delivery, member);
  if (isOf('proposals', kind)) return await composeProposal(core, kind, delivery, member);
  if (isOf('series', kind)) return await composeSeries(core, kind, delivery, member);
  if (isOf('diary', kind)) return await composeDiary(core, kind, delivery, member);
  if (isOf('afterwards', kind)) return await composeAfterwards(core, kind, delivery, member);
  return await composeMatching(core, kind, delivery, member);
}

function isOf<Kind extends MemberDeliveryKind, Capability extends string>(
  capability: Capability,
  kind: Kind,
): kind is Extract<Kind, `${Capability}.${string}`> {
  return kind.startsWith(`${capability}.`);
}

async function toRoom(core: Core, delivery: RoomDelivery): Promise<Composed> {
  const room = await findRoom(core.db, delivery.roomId);
  if (room === undefined) return drop('the room is no longer there');
  // What stands there already is still kept true.
  const isRetired = room.retiredAt !== null && !isChange(delivery.kind);
  if (isRetired) return drop('the channel is no longer chosen');
  switch (delivery.kind) {
    case 'network.announcements-here':
      return await composeAnnouncementsHere(core);
    case 'conversations.notice':
    case 'conversations.notice-update':
      return await composeNotice(core, delivery.kind, delivery.subject);
    case 'matching.group-introduction':
      return await composeGroupIntroduction(core, delivery.subject);
    case 'joining.refused':
      return await composeRefused(core, delivery.subject);
    case 'network.greeting':
      return await composeGreeting(core, room);
    case 'network.blank-home':
      return await blankHome(core, room);
  }
}

/** A stranger's home; should they have come back meanwhile, it is theirs again. */
async function blankHome(core: Core, { platform, space, room: user, createdAt }: Room): Promise<Composed> {
  if (isFarewellOver(createdAt, core.clock.now())) return drop('the platform could not be asked');
  return { kind: 'show-home', page: await home(core, await findMemberByAccount(core.db, { platform, space, user })) };
}
