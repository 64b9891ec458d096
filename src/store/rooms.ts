import { randomUUID } from 'node:crypto';
import type { Address, Platform } from '../account.ts';
import type { Reader, Transaction } from './database.ts';
import type { RoomPurpose } from './schema.ts';

/**
 * A place in one workspace: one that many read; the home of someone who was erased, until it shows them no more; or the
 * private chat of someone who has our app and has not joined.
 */
export interface Room {
  readonly id: string;
  readonly platform: Platform;
  /** The workspace or tenant. */
  readonly space: string;
  readonly purpose: RoomPurpose;
  /** The platform's own id of a channel, or of a person; '' for a group, which is known by who is in it. */
  readonly room: string;
  /** What else its adapter needs to write there. */
  readonly address: Address;
  /** The match that an introduction is about; else ''. */
  readonly subject: string;
  /** The convener who chose it; null when nobody did, or they were erased. */
  readonly chosenBy: string | null;
  readonly createdAt: Date;
  /** Since when a channel is no longer chosen; the cards that stand there are still kept true. */
  readonly retiredAt: Date | null;
}

function roomRows(db: Reader) {
  return db
    .selectFrom('rooms')
    .select(['id', 'platform', 'space', 'purpose', 'room', 'address', 'subject'])
    .select(['chosen_by as chosenBy', 'created_at as createdAt', 'retired_at as retiredAt']);
}

export async function findRoom(db: Reader, id: string): Promise<Room | undefined> {
  return await roomRows(db).where('id', '=', id).executeTakeFirst();
}

/** Where conversations are announced, one channel in each workspace that chose one. */
export async function announcementRooms(db: Reader): Promise<readonly Room[]> {
  return await roomRows(db)
    .where('purpose', '=', 'announcements')
    .where('retired_at', 'is', null)
    .orderBy('id')
    .execute();
}

export type NewRoom = Omit<Room, 'id' | 'retiredAt'>;

/** @returns the new room's id */
export async function addRoom(tx: Transaction, { chosenBy, createdAt, address, ...room }: NewRoom): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('rooms')
    .values({ ...room, id, address: JSON.stringify(address), chosen_by: chosenBy, created_at: createdAt })
    .execute();
  return id;
}

/**
 * Makes a channel the chosen one of its workspace, where none is. One that was chosen before is taken up again, so that
 * it is known what stands there already.
 *
 * @returns the room's id
 */
export async function chooseChannel(tx: Transaction, room: NewRoom): Promise<string> {
  const known = await tx
    .updateTable('rooms')
    .set({ retired_at: null, chosen_by: room.chosenBy, address: JSON.stringify(room.address) })
    .where('purpose', '=', room.purpose)
    .where('platform', '=', room.platform)
    .where('space', '=', room.space)
    .where('room', '=', room.room)
    .returning('id')
    .executeTakeFirst();
  return known?.id ?? (await addRoom(tx, room));
}

/** Nothing new is put into this channel any more. @returns false when it was retired already */
export async function retireRoom(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rooms')
    .set({ retired_at: now })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
