import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import { writeLink } from '../store/links.ts';
import { findRoom } from '../store/rooms.ts';
import { announcementsFailed, announcementsHere } from './announcements-messages.ts';
import * as say from './messages.ts';
import type { Member, NetworkDelivery } from './model.ts';
import { isPaused } from './rules.ts';

/** How long a sign-in link works, in milliseconds. The words of the e-mail say the same. */
const signInMs = 30 * 60_000;

/** Every kind but the home, which is drawn from all capabilities, and what is composed elsewhere. */
type Said = Exclude<NetworkDelivery, 'network.home' | 'network.confirm-account'>;

export async function composeNetwork(core: Core, kind: Said, delivery: Delivery, member: Member): Promise<Composed> {
  switch (kind) {
    case 'network.welcome':
      return { kind: 'say', message: say.welcome(member) };
    case 'network.announcements-failed':
      return await composeAnnouncementsFailed(core, delivery.subject);
    case 'network.resumed':
      if (isPaused(member, core.clock.now())) return { kind: 'drop', reason: 'the member is paused again' };
      return { kind: 'say', message: say.resumed() };
    case 'network.sign-in': {
      const expires = core.clock.now().getTime() + signInMs;
      const link = { id: delivery.id, memberId: member.id, intent: { kind: 'network.home' } as const, expires };
      return { kind: 'say', message: say.signInLink(`${core.publicUrl}/sign-in/${writeLink(core.cipher, link)}`) };
    }
  }
}

export async function composeAnnouncementsHere(_core: Core): Promise<Composed> {
  return { kind: 'say', message: announcementsHere() };
}

async function composeAnnouncementsFailed(core: Core, roomId: string): Promise<Composed> {
  const room = await findRoom(core.db, roomId);
  if (room === undefined) return { kind: 'drop', reason: 'the channel is forgotten' };
  return { kind: 'say', message: announcementsFailed(room.platform) };
}
