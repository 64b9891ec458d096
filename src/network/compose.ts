import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import { readValues } from '../messages/form.ts';
import { writeLink } from '../store/links.ts';
import { findRoom } from '../store/rooms.ts';
import { announcementsFailed, announcementsHere } from './announcements-messages.ts';
import * as say from './messages.ts';
import { type Member, type NetworkDelivery, programmes } from './model.ts';
import { pauseEnded, resumed } from './pause-messages.ts';
import { readSettings } from './roster.ts';
import { isPaused } from './rules.ts';

/** How long a sign-in link works, in milliseconds. The words of the e-mail say the same. */
const signInMs = 30 * 60_000;

/** Every kind but the home, which is drawn from all capabilities, and what is composed elsewhere. */
type Said = Exclude<NetworkDelivery, 'network.home' | 'network.confirm-account'>;

export async function composeNetwork(core: Core, kind: Said, delivery: Delivery, member: Member): Promise<Composed> {
  switch (kind) {
    case 'network.welcome':
      return { kind: 'say', message: say.welcome(member, await readSettings(core.db)) };
    case 'network.announcements-failed':
      return await composeAnnouncementsFailed(core, delivery.subject);
    case 'network.resumed':
      return composeResumed(core, readValues(delivery.subject), member);
    case 'network.sign-in': {
      const expires = core.clock.now().getTime() + signInMs;
      const link = { id: delivery.id, memberId: member.id, intent: { kind: 'network.home' } as const, expires };
      return { kind: 'say', message: say.signInLink(`${core.publicUrl}/sign-in/${writeLink(core.cipher, link)}`) };
    }
  }
}

/** Names what is still on again; everything, in a notice of the time when all was paused together. */
function composeResumed(core: Core, named: readonly string[], member: Member): Composed {
  const ended = programmes.filter((programme) => named.includes(programme));
  const now = core.clock.now();
  const on = (ended.length === 0 ? programmes : ended).filter((programme) => !isPaused(member, programme, now));
  if (on.length === 0) return drop('the member is paused again');
  return { kind: 'say', message: ended.length === 0 ? resumed() : pauseEnded(on) };
}

export async function composeAnnouncementsHere(_core: Core): Promise<Composed> {
  return { kind: 'say', message: announcementsHere() };
}

async function composeAnnouncementsFailed(core: Core, roomId: string): Promise<Composed> {
  const room = await findRoom(core.db, roomId);
  if (room === undefined) return drop('the channel is forgotten');
  return { kind: 'say', message: announcementsFailed(room.platform) };
}
