import { sql } from 'kysely';
import type { Account } from '../account.ts';
import type { Transaction } from '../store/database.ts';
import { refresh } from '../store/outbox.ts';
import { addRoom } from '../store/rooms.ts';

/**
 * Before a member's accounts go: of each whose platform keeps a home for them, so much is handed on as is needed to
 * empty it. It is deleted as soon as that is settled, in whatever way: see {@link forgetFarewell}.
 */
export async function blankHomes(tx: Transaction, now: Date, memberId: string): Promise<void> {
  await blank(tx, now, await withHomes(tx).where('member_id', '=', memberId).orderBy('id').execute());
}

/** The same before one account alone goes. */
export async function blankHomeOf(tx: Transaction, now: Date, accountId: string): Promise<void> {
  await blank(tx, now, await withHomes(tx).where('id', '=', accountId).execute());
}

function withHomes(tx: Transaction) {
  return tx
    .selectFrom('accounts')
    .select(['platform', 'space', 'platform_user as user'])
    .where(sql<boolean>`jsonb_exists(address, 'home')`);
}

async function blank(tx: Transaction, now: Date, accounts: readonly Account[]): Promise<void> {
  for (const { platform, space, user } of accounts) {
    const place = { platform, space, purpose: 'farewell', room: user, address: {}, subject: '' } as const;
    const roomId = await addRoom(tx, { ...place, chosenBy: null, createdAt: now });
    // Later by a moment: a home that is on its way to the platform right now is not to arrive after this.
    await refresh(tx, now, { kind: 'network.blank-home', subject: roomId, roomId });
  }
}

/** Nothing that names them stays: the deliveries to the room go with it. */
export async function forgetFarewell(tx: Transaction, roomId: string): Promise<void> {
  await tx.deleteFrom('rooms').where('id', '=', roomId).where('purpose', '=', 'farewell').execute();
}

/** How long a platform may refuse to be asked before the last act is given up, in milliseconds. */
const patienceMs = 7 * 86_400_000;

/** Whether what we still hold of who was erased has been kept for too long. */
export function isFarewellOver(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() > patienceMs;
}
