import type { Transaction } from '../store/database.ts';
import { post, refresh } from '../store/outbox.ts';
import { announcementRooms } from '../store/rooms.ts';

const notice = 'conversations.notice';

/** Puts a conversation's card into every channel that announces conversations. */
export async function postNotices(tx: Transaction, now: Date, conversationId: string): Promise<void> {
  const chosen = (await announcementRooms(tx)).map((room) => room.id);
  if (chosen.length === 0) return;
  // Held until this transaction ends: a delivery cannot be written for a room that another one is taking away.
  const rooms = await tx.selectFrom('rooms').select('id').where('id', 'in', chosen).forKeyShare().execute();
  await post(
    tx,
    now,
    rooms.map(
      ({ id }) =>
        ({ key: `${notice}:${conversationId}:${id}`, kind: notice, subject: conversationId, roomId: id }) as const,
    ),
  );
}

/** Marks a conversation's cards in channels as out of date: a part of `refreshCards`, and called by nobody else. */
export async function refreshNotices(tx: Transaction, now: Date, conversationId: string): Promise<void> {
  // One that is still to be posted counts too: it may be on its way, in the words of before this change.
  const rooms = await tx
    .selectFrom('rooms')
    .innerJoin('deliveries', 'deliveries.room_id', 'rooms.id')
    .select('rooms.id')
    .where('deliveries.kind', '=', notice)
    .where('deliveries.subject', '=', conversationId)
    .where('deliveries.status', 'in', ['pending', 'sending', 'sent'])
    .orderBy('rooms.id')
    .forKeyShare('rooms')
    .execute();
  for (const { id } of rooms) {
    await refresh(tx, now, { kind: 'conversations.notice-update', subject: conversationId, roomId: id });
  }
}
