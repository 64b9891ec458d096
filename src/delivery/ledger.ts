import { type Selectable, sql } from 'kysely';
import type { Platform } from '../account.ts';
import type { Database, Reader, Transaction } from '../store/database.ts';
import type { DeliveryStatus, Schema } from '../store/schema.ts';
import type { Delivery, DeliveryKind, MemberDeliveryKind, Receipt, RoomDeliveryKind } from './model.ts';
import { findAccount, type Reached } from './reach.ts';

/** A delivery that this run, and no other, may send. */
export type Claimed = Delivery & {
  readonly attempts: number;
  /** How many of the attempts the platform put off. */
  readonly putOff: number;
  readonly via: Platform | null;
  readonly createdAt: Date;
  /** The line it stood in, as lanes.ts names it; null when nobody has put it into one. */
  readonly stream: string | null;
};

/** pending → sending. `undefined` when it is not this run's to send. */
export async function claim(db: Database, id: string, now: Date): Promise<Claimed | undefined> {
  const row = await db
    .updateTable('deliveries')
    .set((set) => ({
      status: 'sending',
      sending_at: now,
      checked_at: null,
      attempts: set('attempts', '+', 1),
      account_id: null,
    }))
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('not_before', '<=', now)
    .returning(claimedColumns)
    .executeTakeFirst();
  return row === undefined ? undefined : readClaimed(row);
}

const claimedColumns = [
  'deliveries.id',
  'deliveries.kind',
  'deliveries.subject',
  'deliveries.member_id',
  'deliveries.room_id',
  'deliveries.attempts',
  'deliveries.put_off',
  'deliveries.via',
  'deliveries.stream',
  'deliveries.created_at',
] as const;

type Bare<Column> = Column extends `deliveries.${infer Name}` ? Name : never;
type ClaimedRow = Pick<Selectable<Schema['deliveries']>, Bare<(typeof claimedColumns)[number]>>;

function readClaimed({ id, kind, subject, member_id: memberId, room_id: roomId, ...row }: ClaimedRow): Claimed {
  const { attempts, put_off: putOff, via, stream, created_at: createdAt } = row;
  const common = { id, subject, attempts, putOff, via, stream, createdAt };
  // The table holds exactly one of the two, and `post` writes each kind with its own.
  if (memberId !== null) return { ...common, kind: kind as MemberDeliveryKind, memberId };
  if (roomId !== null) return { ...common, kind: kind as RoomDeliveryKind, roomId };
  throw new Error('A delivery goes to nobody');
}

/** This attempt at a delivery, for as long as it is this run's: neither taken from it by a look-up, nor erased. */
function mine(db: Reader, { id, attempts }: Pick<Claimed, 'id' | 'attempts'>) {
  return db
    .updateTable('deliveries')
    .where('id', '=', id)
    .where('status', '=', 'sending')
    .where('attempts', '=', attempts);
}

/**
 * Commits where a delivery is about to go: after a crash, that is where to look for it.
 *
 * @param accountId null for a room
 * @returns false when it is no longer this run's to send
 */
export async function recordAccount(db: Database, claimed: Claimed, accountId: string | null): Promise<boolean> {
  const going = mine(db, claimed).set({ account_id: accountId });
  if (accountId === null) return (await going.executeTakeFirst()).numUpdatedRows > 0n;
  // The account is locked before the delivery, as by whoever erases both.
  const { numUpdatedRows } = await going
    .from((from) =>
      from.selectFrom('accounts').select('id as way').where('id', '=', accountId).forKeyShare().as('account'),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It may have arrived, and this run has ended: it is looked up in due time. */
export async function markDoubtful(db: Database, claimed: Claimed, now: Date): Promise<void> {
  await mine(db, claimed).set({ checked_at: now }).execute();
}

export type Settlement =
  | { readonly status: 'sent'; readonly receipt: Receipt }
  /** `turnedAway`: the platform itself will not take it there; else it was not even asked, or did not answer. */
  | { readonly status: 'dropped' | 'failed'; readonly reason: string; readonly turnedAway: boolean }
  | Postponement;

/** Back into the line. */
export interface Postponement {
  readonly status: 'pending';
  readonly afterMs: number;
  readonly reason: string;
  /** The platform would not hear of it yet, so the attempt does not count. */
  readonly putOff: boolean;
  /** The line it is put into; null when nobody has chosen one yet. */
  readonly stream: string | null;
}

/**
 * Locks whom or what a delivery is for. To be done before {@link settle}: whoever erases a member or deletes a room locks
 * that first, and what hangs on it after.
 */
export async function holdPlace(tx: Transaction, claimed: Claimed): Promise<void> {
  if ('memberId' in claimed) {
    await tx.selectFrom('members').select('id').where('id', '=', claimed.memberId).forKeyShare().execute();
    return;
  }
  // It may be deleted in this same transaction, and a lesser lock could not be raised by two at once.
  await tx.selectFrom('rooms').select('id').where('id', '=', claimed.roomId).forUpdate().execute();
}

/**
 * sending → sent, dropped, failed, or back to pending with a time before which it is not tried.
 *
 * @returns false when it was no longer this run's to settle
 */
export async function settle(db: Reader, now: Date, claimed: Claimed, settlement: Settlement): Promise<boolean> {
  const { numUpdatedRows } = await mine(db, claimed)
    .set(changesOf(now, claimed, settlement))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function changesOf(now: Date, { putOff }: Claimed, settlement: Settlement) {
  switch (settlement.status) {
    case 'sent': {
      const receipt = JSON.stringify(settlement.receipt);
      return { status: settlement.status, settled_at: now, receipt, reason: '' };
    }
    case 'dropped':
    case 'failed':
      return { status: settlement.status, settled_at: now, reason: settlement.reason };
    case 'pending': {
      const { status, reason, stream } = settlement;
      const notBefore = new Date(now.getTime() + settlement.afterMs);
      const put_off = putOff + (settlement.putOff ? 1 : 0);
      return { status, reason, stream, put_off, not_before: notBefore, queued_at: null };
    }
  }
}

/**
 * sending → failed, without knowing whether it arrived. Nothing else is said in its place.
 *
 * @param stream the line of the way it went; null where that is no longer known
 * @returns false when it was no longer this run's to settle
 */
export async function giveUpInDoubt(
  db: Database,
  now: Date,
  claimed: Claimed,
  stream: string | null,
  reason: string,
): Promise<boolean> {
  const { numUpdatedRows } = await mine(db, claimed)
    .set({ status: 'failed', settled_at: now, reason, in_doubt: true, stream })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What became of a delivery that said something, what the platform calls it, and which account has it. */
export interface Posted {
  readonly status: DeliveryStatus;
  readonly receipt: Receipt;
  /** Null for a room, for what has not gone yet, and once that account is no longer there. */
  readonly accountId: string | null;
}

/** The delivery of kind `kind` on the same subject to the same reader. */
export async function findPosted(db: Reader, to: Delivery, kind: DeliveryKind): Promise<Posted | undefined> {
  const row = await db
    .selectFrom('deliveries')
    .select(['status', 'receipt', 'account_id'])
    .where((is) => ('roomId' in to ? is('room_id', '=', to.roomId) : is('member_id', '=', to.memberId)))
    .where('kind', '=', kind)
    .where('subject', '=', to.subject)
    .executeTakeFirst();
  return row === undefined ? undefined : { status: row.status, receipt: row.receipt ?? {}, accountId: row.account_id };
}

/** A delivery that stood in `sending` too long, and the account it was going to, if it had got so far. */
export interface Stuck {
  readonly delivery: Claimed;
  readonly account: Reached | undefined;
  /** When it was given to the platform, or just before. */
  readonly since: Date;
}

/** So many of each line are looked up at a time; the next look finds the rest. */
const stuckAtOnce = 50;

/** What has been `sending` since before `cutOff`, and not asked about since; what was not asked about longest first. */
export async function findStuck(db: Database, cutOff: Date): Promise<readonly Stuck[]> {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('deliveries')
        .select([...claimedColumns, 'deliveries.account_id', 'deliveries.sending_at', 'deliveries.checked_at'])
        .select(
          sql<string>`row_number() over (partition by stream order by coalesce(checked_at, sending_at), id)`.as('turn'),
        )
        .where('status', '=', 'sending')
        .where('sending_at', '<', cutOff)
        .where((or) => or.or([or('checked_at', 'is', null), or('checked_at', '<', cutOff)]))
        .as('deliveries'),
    )
    .selectAll()
    .where('turn', '<=', String(stuckAtOnce))
    .orderBy((order) => order.fn.coalesce('checked_at', 'sending_at'))
    .orderBy('id')
    .execute();
  const stuck = rows.map(async (row): Promise<Stuck> => {
    const account = row.account_id === null ? undefined : await findAccount(db, row.account_id);
    return { delivery: readClaimed(row), account, since: row.sending_at ?? cutOff };
  });
  return await Promise.all(stuck);
}

/** Marks it as asked about now. @returns false when another has just asked, or it is settled */
export async function takeStuck(db: Database, claimed: Claimed, cutOff: Date, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await mine(db, claimed)
    .where((or) => or.or([or('checked_at', 'is', null), or('checked_at', '<', cutOff)]))
    .set({ checked_at: now })
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
