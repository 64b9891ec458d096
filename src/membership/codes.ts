import { sql } from 'kysely';
import type { Account } from '../account.ts';
import { type Asker, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { mustBeTheirs } from '../network/linking.ts';
import { refusals as network } from '../network/messages.ts';
import type { Transaction } from '../store/database.ts';
import { bareCode, codeMs, makeCode, mostWrong, wrongMs } from './code.ts';
import * as say from './connecting-messages.ts';

/** Only this is kept: keyed, because there are few enough codes to try them all. */
function markOf({ cipher }: Core, code: string): Buffer {
  return cipher.token(`link code: ${bareCode(code)}`);
}

/**
 * Shows a new code; the one before it works no more. It is on this page, and nowhere else.
 *
 * @throws Refusal for who holds no more than a link in an e-mail: a code gives all that the member can do
 */
export async function showCode(core: Core, { member, sender }: Asker): Promise<Reply> {
  if (!readsPrivately(sender)) throw new Refusal(say.refusals.signIn);
  const code = makeCode();
  const now = core.clock.now();
  await core.db.transaction().execute(async (tx) => {
    const own = tx.selectFrom('members').select('id').where('id', '=', member.id).where('status', '=', 'active');
    if ((await own.forNoKeyUpdate().executeTakeFirst()) === undefined) throw new Refusal(network.notJoined);
    await mustBeTheirs(tx, member, sender);
    await forgetCodes(tx, member.id);
    await tx
      .insertInto('link_codes')
      .values({
        fingerprint: markOf(core, code),
        member_id: member.id,
        expires_at: new Date(now.getTime() + codeMs),
        used_at: null,
      })
      .execute();
  });
  return { kind: 'page', page: say.codePage(code) };
}

export async function forgetCodes(tx: Transaction, memberId: string): Promise<void> {
  await tx.deleteFrom('link_codes').where('member_id', '=', memberId).execute();
}

/**
 * Whose code this is, held until the transaction ends; `undefined` for one that is wrong, was used or has ended: nobody
 * is told which.
 */
export async function ownerOf(core: Core, tx: Transaction, code: string): Promise<string | undefined> {
  const mark = markOf(core, code);
  const now = core.clock.now();
  const good = tx
    .selectFrom('link_codes')
    .select('member_id')
    .where('fingerprint', '=', mark)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
  const found = await good.executeTakeFirst();
  if (found === undefined) return undefined;
  // The member first, as whoever erases them does.
  const owner = tx.selectFrom('members').select('id').where('id', '=', found.member_id).where('status', '=', 'active');
  if ((await owner.forNoKeyUpdate().executeTakeFirst()) === undefined) return undefined;
  return (await good.forUpdate().executeTakeFirst())?.member_id;
}

export async function useUp(core: Core, tx: Transaction, code: string): Promise<void> {
  const used = tx.updateTable('link_codes').set({ used_at: core.clock.now() });
  await used.where('fingerprint', '=', markOf(core, code)).execute();
}

/**
 * Holds the count of what this account typed wrong, so that guesses made at once are counted one after the other.
 *
 * @returns false when it has typed too many within the hour
 */
export async function mayTry(core: Core, tx: Transaction, { platform, space, user }: Account): Promise<boolean> {
  const now = core.clock.now();
  const since = new Date(now.getTime() - wrongMs);
  const { count } = await tx
    .insertInto('wrong_codes')
    .values({ platform, space, platform_user: user, count: 0, since: now })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'space', 'platform_user']).doUpdateSet({
        // What is more than an hour ago is over.
        count: sql<number>`case when wrong_codes.since <= ${since} then 0 else wrong_codes.count end`,
        since: sql<Date>`case when wrong_codes.since <= ${since} then ${now} else wrong_codes.since end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return count < mostWrong;
}

export async function countWrong(tx: Transaction, { platform, space, user }: Account): Promise<void> {
  await tx
    .updateTable('wrong_codes')
    .set((set) => ({ count: set('count', '+', 1) }))
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .execute();
}

/**
 * Keeps nothing of who typed no wrong one. What was wrong stays counted, also for who typed the right one in the end:
 * else a code of their own would give them more guesses at those of others.
 */
export async function forgetRight(tx: Transaction, { platform, space, user }: Account): Promise<void> {
  await tx
    .deleteFrom('wrong_codes')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('count', '=', 0)
    .execute();
}
