import type { Selectable } from 'kysely';
import type { Account, Address, Platform } from '../account.ts';
import type { Core } from '../core.ts';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Delivery } from './model.ts';
import type { Reachable } from './rules.ts';

/** A delivery that this run, and no other, may send. */
export interface Claimed extends Delivery {
  readonly attempts: number;
  readonly via: Platform | null;
}

/** One of a member's accounts, as the sender needs it. */
export interface Reached extends Reachable {
  readonly id: string;
  readonly account: Account;
  readonly address: Address;
}

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
  'deliveries.attempts',
  'deliveries.via',
] as const;

type ClaimedRow = Pick<Selectable<Schema['deliveries']>, 'id' | 'kind' | 'subject' | 'member_id' | 'attempts' | 'via'>;

function readClaimed({ id, kind, subject, member_id: memberId, attempts, via }: ClaimedRow): Claimed {
  return { id, kind, subject, memberId, attempts, via };
}

export async function reachableAccounts(db: Database, memberId: string): Promise<readonly Reached[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('reachable', '=', true)
    .execute();
  return rows.map(readAccount);
}

/** Commits where a delivery is about to go: after a crash, that is where to look for it. */
export async function recordAccount(db: Database, deliveryId: string, accountId: string): Promise<void> {
  await db.updateTable('deliveries').set({ account_id: accountId }).where('id', '=', deliveryId).execute();
}

export type Settlement =
  | { readonly status: 'sent'; readonly receipt: Readonly<Record<string, string>> }
  | { readonly status: 'dropped' | 'failed'; readonly reason: string }
  | { readonly status: 'pending'; readonly afterMs: number; readonly reason: string };

/** sending → sent, dropped, failed, or back to pending with a time before which it is not tried. */
export async function settle(
  core: Core,
  id: string,
  settlement: Settlement,
): Promise<'sent' | 'dropped' | 'failed' | 'later'> {
  const now = core.clock.now();
  const update = core.db.updateTable('deliveries').where('id', '=', id).where('status', '=', 'sending');
  switch (settlement.status) {
    case 'sent': {
      const receipt = JSON.stringify(settlement.receipt);
      await update.set({ status: 'sent', settled_at: now, receipt, reason: '' }).execute();
      return 'sent';
    }
    case 'dropped':
    case 'failed':
      await update.set({ status: settlement.status, settled_at: now, reason: settlement.reason }).execute();
      return settlement.status;
    case 'pending': {
      const notBefore = new Date(now.getTime() + settlement.afterMs);
      await update
        .set({ status: 'pending', not_before: notBefore, queued_at: null, reason: settlement.reason })
        .execute();
      return 'later';
    }
  }
}

/** A delivery that stood in `sending` too long, and the account it was going to, if it had got so far. */
export interface Stuck {
  readonly delivery: Claimed;
  readonly account: Reached | undefined;
  /** When it was given to the platform, or just before. */
  readonly since: Date;
}

/** Takes what has been `sending` since before `cutOff`; each is given to one caller only. */
export async function takeStuck(core: Core, cutOff: Date): Promise<readonly Stuck[]> {
  const rows = await core.db
    .updateTable('deliveries')
    .from((from) =>
      from
        .selectFrom('deliveries as old')
        .select(['old.id as old_id', 'old.sending_at as since'])
        .where('old.status', '=', 'sending')
        .where('old.sending_at', '<', cutOff)
        .where((or) => or.or([or('old.checked_at', 'is', null), or('old.checked_at', '<', cutOff)]))
        .forUpdate()
        .skipLocked()
        .as('stuck'),
    )
    .whereRef('deliveries.id', '=', 'stuck.old_id')
    .set({ checked_at: core.clock.now() })
    .returning([...claimedColumns, 'deliveries.account_id', 'stuck.since'])
    .execute();
  const stuck = rows.map(async (row): Promise<Stuck> => {
    const account = row.account_id === null ? undefined : await findAccount(core.db, row.account_id);
    return { delivery: readClaimed(row), account, since: row.since ?? cutOff };
  });
  return await Promise.all(stuck);
}

async function findAccount(db: Database, id: string): Promise<Reached | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readAccount(row);
}

interface AccountRow {
  readonly id: string;
  readonly platform: Platform;
  readonly space: string;
  readonly platform_user: string;
  readonly address: Address;
  readonly seen_at: Date;
}

function readAccount(row: AccountRow): Reached {
  return {
    id: row.id,
    platform: row.platform,
    account: { platform: row.platform, space: row.space, user: row.platform_user },
    address: row.address,
    seenAt: row.seen_at,
  };
}
