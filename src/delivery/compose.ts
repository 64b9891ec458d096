import { takesPart } from '../convening/taking-part.ts';
import { composeConversation, composeNotice } from '../conversations/compose.ts';
import type { Core } from '../core.ts';
import { composeDigest } from '../digests/compose.ts';
import { home } from '../home.ts';
import { composeJoining, composeRefused } from '../joining/compose.ts';
import { composeGroupIntroduction, composeMatching } from '../matching/compose.ts';
import { composeMembership } from '../membership/compose.ts';
import { composeConfirmAccount } from '../network/account-requests.ts';
import { composeAnnouncementsHere, composeNetwork } from '../network/compose.ts';
import { isFarewellOver } from '../network/farewell.ts';
import { composeGreeting } from '../network/greeting.ts';
import type { Member } from '../network/model.ts';
import { findMember, findMemberByAccount } from '../network/roster.ts';
import { composeReflection } from '../reflections/compose.ts';
import { findRoom, type Room } from '../store/rooms.ts';
import type { Composed, Delivery, MemberDelivery, MemberDeliveryKind, RoomDelivery } from './model.ts';
import { isChange } from './rules.ts';

/** What the person asked for just now, can see or must answer for themselves, member or not; all else is for those who joined. */
const forAnyone: ReadonlySet<MemberDeliveryKind> = new Set<MemberDeliveryKind>([
  'network.sign-in',
  'network.home',
  'network.confirm-account',
  'joining.approved',
  // The card of somebody who left is taken away.
  'conversations.card-update',
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
  'conversations.seat-freed',
  'matching.introduction',
  'matching.left-out',
]);

/** Puts a delivery into words from what is true now, or says why there is nothing left to say. */
export async function compose(core: Core, delivery: Delivery): Promise<Composed> {
  if ('roomId' in delivery) return await toRoom(core, delivery);
  const member = await findMember(core.db, delivery.memberId);
  if (member === undefined) return { kind: 'drop', reason: 'the member was erased' };
  if (!forAnyone.has(delivery.kind) && member.status !== 'active') {
    return { kind: 'drop', reason: 'the member is not in the network' };
  }
  if (forTakingPart.has(delivery.kind) && !(await takesPart(core.db, member.councilId))) {
    return { kind: 'drop', reason: 'the council takes no part' };
  }
  return await toMember(core, delivery, member);
}

async function toMember(core: Core, delivery: MemberDelivery, member: Member): Promise<Composed> {
  switch (delivery.kind) {
    case 'network.home':
      return { kind: 'show-home', page: await home(core, member) };
    case 'network.welcome':
    case 'network.sign-in':
    case 'network.resumed':
    case 'network.announcements-failed':
      return await composeNetwork(core, delivery.kind, delivery, member);
    case 'network.confirm-account':
      return await composeConfirmAccount(core, delivery, member);
    case 'joining.requested':
    case 'joining.approved':
    case 'joining.path':
    case 'joining.buddy':
      return await composeJoining(core, delivery.kind, delivery, member);
    case 'membership.connected':
      return await composeMembership(core, delivery.kind, delivery, member);
    case 'reflections.prompt':
    case 'reflections.prompt-again':
    case 'reflections.reminder':
    case 'reflections.rhythm-offer':
    case 'reflections.follow-up':
    case 'reflections.shared':
      return await composeReflection(core, delivery.kind, delivery, member);
    case 'digests.month':
      return await composeDigest(core, delivery, member);
    case 'conversations.announcement':
    case 'conversations.card-update':
    case 'conversations.seat-freed':
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
    case 'conversations.host-briefing':
    case 'conversations.cancelled':
      return await composeConversation(core, delivery.kind, delivery, member);
    case 'matching.introduction':
    case 'matching.left-out':
      return await composeMatching(core, delivery.kind, delivery, member);
  }
}

async function toRoom(core: Core, delivery: RoomDelivery): Promise<Composed> {
  const room = await findRoom(core.db, delivery.roomId);
  if (room === undefined) return { kind: 'drop', reason: 'the room is no longer there' };
  // What stands there already is still kept true.
  const isRetired = room.retiredAt !== null && !isChange(delivery.kind);
  if (isRetired) return { kind: 'drop', reason: 'the channel is no longer chosen' };
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
  if (isFarewellOver(createdAt, core.clock.now())) return { kind: 'drop', reason: 'the platform could not be asked' };
  return { kind: 'show-home', page: await home(core, await findMemberByAccount(core.db, { platform, space, user })) };
}
