import { randomUUID } from 'node:crypto';
import { type Account, type Sender, sociable } from '../account.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { announcementRooms, chooseChannel, type Room, retireRoom } from '../store/rooms.ts';
import * as say from './announcements-messages.ts';
import type { Member } from './model.ts';

/** Where a person stands on a platform. */
type Place = Pick<Account, 'platform' | 'space'>;

/** The channel where conversations are announced in this workspace. */
export async function announcementRoom(db: Reader, { platform, space }: Place): Promise<Room | undefined> {
  const rooms = await announcementRooms(db);
  return rooms.find((room) => room.platform === platform && room.space === space);
}

/** @throws Refusal where there are no channels to choose from */
export async function openAnnouncements(_core: Core, sender: Sender): Promise<Reply> {
  mustHaveChannels(sender);
  return { kind: 'form', form: say.announcementsForm() };
}

/**
 * Makes this the channel where conversations are announced in the workspace asked from, and says so in it. The one
 * chosen before is retired: the cards there are still kept true, and no more are posted.
 */
export async function chooseAnnouncements(core: Core, member: Member, sender: Sender, room: string): Promise<Reply> {
  mustHaveChannels(sender);
  // Any id that a platform may give a channel; its own adapter knows more.
  if (!/^[\w.:@-]{1,100}$/.test(room)) {
    throw new Refusal(say.problems.room, [{ field: 'room', text: say.problems.room }]);
  }
  const now = core.clock.now();
  const { platform, space } = sender.account;
  return await core.db.transaction().execute(async (tx) => {
    const before = await holdChosen(tx, sender.account);
    if (before?.room === room) return { kind: 'message', message: say.announcementsChosenAlready() };
    if (before !== undefined) await retireRoom(tx, before.id, now);
    const purpose = 'announcements';
    const roomId = await chooseChannel(tx, {
      platform,
      space,
      purpose,
      room,
      subject: '',
      chosenBy: member.id,
      createdAt: now,
    });
    const kind = 'network.announcements-here';
    await post(tx, now, [{ key: `${kind}:${randomUUID()}`, kind, subject: roomId, roomId }]);
    return { kind: 'message', message: say.announcementsChosen() };
  });
}

export async function stopAnnouncements(core: Core, sender: Sender): Promise<Reply> {
  mustHaveChannels(sender);
  await core.db.transaction().execute(async (tx) => {
    const before = await holdChosen(tx, sender.account);
    if (before !== undefined) await retireRoom(tx, before.id, core.clock.now());
  });
  return { kind: 'replace', message: say.announcementsStopped() };
}

function mustHaveChannels({ account }: Sender): void {
  if (!sociable.has(account.platform)) throw new Refusal(say.refusals.noChannels);
}

/** What is chosen, held until the transaction ends: of two conveners who choose at once, the later one's stands. */
async function holdChosen(tx: Transaction, place: Place): Promise<Room | undefined> {
  await tx.selectFrom('network').select('id').forUpdate().execute();
  return await announcementRoom(tx, place);
}
