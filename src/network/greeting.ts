import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Account, Address } from '../account.ts';
import type { Core } from '../core.ts';
import { type Composed, drop } from '../delivery/model.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Room } from '../store/rooms.ts';
import { greeting } from './messages.ts';
import { findMemberByAccount } from './roster.ts';

/*
 * People who have our app and have not joined: where to write to them is kept so that they are greeted once, and until
 * they join, take the app out, or cannot be written to. It is all we keep of them.
 */

/**
 * Someone put our app into their private chat. A stranger is greeted once, whatever tells us of it and however often; a
 * member's account is open again.
 *
 * @param at by the platform's clock, as in the news of its being taken out
 */
export async function noteAppAdded(core: Core, account: Account, address: Address, at: Date): Promise<void> {
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    if (await refreshAccount(tx, account, address, openedBy(now, at))) return;
    const roomId = await keepStranger(tx, account, address, at);
    if (roomId === undefined) return;
    const kind = 'network.greeting';
    await post(tx, now, [{ key: `${kind}:${roomId}`, kind, subject: roomId, roomId }]);
  });
}

/** Our app is newer there than it was. Nobody is greeted: that was nothing they did. */
export async function noteAppRenewed(core: Core, account: Account, address: Address): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    if (await refreshAccount(tx, account, address, {})) return;
    const { platform, space, user } = account;
    await tx
      .updateTable('rooms')
      .set({ address: JSON.stringify(address) })
      .where('purpose', '=', 'greeting')
      .where('platform', '=', platform)
      .where('space', '=', space)
      .where('room', '=', user)
      .execute();
  });
}

/**
 * Nothing, where the news came late: after an account was closed by something newer. What is told of later is compared
 * with the platform's clock, which may be before ours.
 */
function openedBy(now: Date, at: Date) {
  const opens = sql<boolean>`(accounts.reachable or accounts.seen_at <= ${at}::timestamptz)`;
  const seen = sql<Date>`greatest(accounts.seen_at, ${now}::timestamptz, ${at}::timestamptz)`;
  return { reachable: opens, seen_at: sql<Date>`case when ${opens} then ${seen} else accounts.seen_at end` };
}

/** @returns false for an account that is nobody's */
async function refreshAccount(
  tx: Transaction,
  { platform, space, user }: Account,
  address: Address,
  seen: Partial<ReturnType<typeof openedBy>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('accounts')
    .set({ ...seen, address: sql<string>`accounts.address || ${JSON.stringify(address)}::jsonb` })
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @returns the id of what is kept from now on; `undefined` where the same was kept before */
async function keepStranger(
  tx: Transaction,
  account: Account,
  address: Address,
  at: Date,
): Promise<string | undefined> {
  const { id, isNew } = await keepWhereToWrite(tx, account, address, at);
  return isNew ? id : undefined;
}

/** Keeps where to write to somebody who has not joined: they are greeted there, or answered what they asked. */
export async function keepWhereToWrite(
  tx: Transaction,
  account: Account,
  address: Address,
  at: Date,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const id = randomUUID();
  const { platform, space, user: room } = account;
  const place = { id, platform, space, purpose: 'greeting', room, subject: '', chosen_by: null } as const;
  const kept = await tx
    .insertInto('rooms')
    .values({ ...place, address: JSON.stringify(address), created_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'space', 'room'])
        .where(sql<boolean>`purpose = 'greeting'`)
        .doUpdateSet((excluded) => ({
          address: excluded.ref('excluded.address'),
          created_at: sql<Date>`greatest(rooms.created_at, excluded.created_at)`,
        })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id: kept.id, isNew: kept.id === id };
}

export async function composeGreeting(core: Core, { platform, space, room: user }: Room): Promise<Composed> {
  if ((await findMemberByAccount(core.db, { platform, space, user })) !== undefined) {
    return drop('they have joined');
  }
  return { kind: 'say', message: greeting() };
}

function strangers(tx: Transaction) {
  return tx.deleteFrom('rooms').where('purpose', '=', 'greeting');
}

/**
 * @param until what was kept after this moment, by the platform's clock, is about a later installation and stays
 * @returns false when nothing was kept
 */
export async function forgetStranger(
  tx: Transaction,
  { platform, space, user }: Account,
  until: Date | 'always' = 'always',
): Promise<boolean> {
  const theirs = strangers(tx).where('platform', '=', platform).where('space', '=', space).where('room', '=', user);
  const those = until === 'always' ? theirs : theirs.where('created_at', '<=', until);
  return (await those.executeTakeFirst()).numDeletedRows > 0n;
}

/** Those who are this member: one who joined in the moment in which they were greeted. */
export async function forgetStrangersWho(tx: Transaction, memberId: string): Promise<void> {
  const theirs = sql<boolean>`exists (
    select from accounts where accounts.member_id = ${memberId} and accounts.platform = rooms.platform
      and accounts.space = rooms.space and accounts.platform_user = rooms.room)`;
  await strangers(tx).where(theirs).execute();
}

/** The greeting is settled: whoever has joined meanwhile is no stranger, and who cannot be written to has gone. */
export async function endGreeting(tx: Transaction, roomId: string, { hasGone }: { hasGone: boolean }): Promise<void> {
  const hasJoined = sql<boolean>`exists (
    select from accounts where accounts.platform = rooms.platform
      and accounts.space = rooms.space and accounts.platform_user = rooms.room)`;
  const one = strangers(tx).where('id', '=', roomId);
  await (hasGone ? one : one.where(hasJoined)).execute();
}
