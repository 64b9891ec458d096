import { randomUUID } from 'node:crypto';
import { type Account, type Sender, withChannels } from '../account.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { announcementRooms, chooseChannel, type Room, retireRoom } from '../store/rooms.ts';
import * as say from './announcements-messages.ts';
import { holdActive } from './hold.ts';
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
  return mustHaveChannels(sender) === 'from-a-list'
    ? { kind: 'form', form: say.announcementsForm() }
    : { kind: 'page', page: say.howToChoose() };
}

/**
 * Makes this the channel where conversations are announced in the workspace asked from, and says so in it. The one
 * chosen before is retired: the cards there are still kept true, and no more are posted.
 *
 * @throws Refusal for what is no channel, and, where a channel is chosen in itself, for every other than that
 */
export async function chooseAnnouncements(core: Core, member: Member, sender: Sender, room: string): Promise<Reply> {
  const isThere = sender.channel?.room === room;
  if (mustHaveChannels(sender) === 'in-the-channel' && !isThere) throw new Refusal(say.refusals.notHere);
  // Any id that a platform may give a channel; its own adapter knows more.
  if (!/^[\w.:@-]{1,100}$/.test(room)) {
    throw new Refusal(say.problems.room, [{ field: 'room', text: say.problems.room }]);
  }
  const now = core.clock.now();
  const { platform, space } = sender.account;
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const before = await holdChosen(tx, sender.account);
    const channel = { platform, space, room, address: sender.channel?.address ?? {}, createdAt: now } as const;
    const chosen = { ...channel, purpose: 'announcements', subject: '', chosenBy: member.id } as const;
    if (before?.room === room) {
      // Where its platform answers for it may have changed.
      await chooseChannel(tx, { ...chosen, chosenBy: (await findChooser(tx, before.id)) ?? member.id });
      return { kind: 'message', message: say.announcementsChosenAlready() };
    }
    if (before !== undefined) await retireRoom(tx, before.id, now);
    const roomId = await chooseChannel(tx, chosen);
    const kind = 'network.announcements-here';
    await post(tx, now, [{ key: `${kind}:${randomUUID()}`, kind, subject: roomId, roomId }]);
    return { kind: 'message', message: say.announcementsChosen(platform) };
  });
}

export async function stopAnnouncements(core: Core, sender: Sender): Promise<Reply> {
  mustHaveChannels(sender);
  await core.db.transaction().execute(async (tx) => {
    const before = await holdChosen(tx, sender.account);
    if (before !== undefined) await retireRoom(tx, before.id, core.clock.now());
  });
  return { kind: 'replace', message: say.announcementsStopped(sender.account.platform) };
}

/** @returns how one is chosen */
function mustHaveChannels({ account }: Sender): 'from-a-list' | 'in-the-channel' {
  const way = withChannels.get(account.platform);
  if (way === undefined) throw new Refusal(say.refusals.noChannels);
  return way;
}

/** What is chosen, held until the transaction ends: of two conveners who choose at once, the later one's stands. */
async function holdChosen(tx: Transaction, place: Place): Promise<Room | undefined> {
  await tx.selectFrom('network').select('id').forUpdate().execute();
  return await announcementRoom(tx, place);
}

/** The convener who chose it, while they are one: somebody must hear when nothing can be posted there. */
async function findChooser(tx: Transaction, roomId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('rooms')
    .innerJoin('members', 'members.id', 'rooms.chosen_by')
    .select('members.id')
    .where('rooms.id', '=', roomId)
    .where('members.status', '=', 'active')
    .where('members.permission', '=', 'convener')
    // Whoever erases them meanwhile takes their name off the room first.
    .forUpdate('rooms')
    .executeTakeFirst();
  return row?.id;
}
