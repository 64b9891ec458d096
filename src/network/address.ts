import { sql } from 'kysely';
import type { Account } from '../account.ts';
import type { Cipher } from '../store/cipher.ts';
import type { Transaction } from '../store/database.ts';

/** What moving an address needs to know and to hide. */
export interface Moving {
  readonly cipher: Cipher;
  readonly now: Date;
}

/** The account that somebody with this address has, if it is theirs. */
export function mailAccount(email: string): Account {
  return { platform: 'email', space: '', user: email };
}

/**
 * Gives a member another address, by which they sign in from now on: their account at the old one is at the new one. Whoever
 * still reads the old one has nothing of theirs from this moment: browsers are signed out, and links that were sent end.
 * What stands on others' lists by the old address holds for this member all the same. The caller holds the member.
 */
export async function moveAddress(
  { cipher, now }: Moving,
  tx: Transaction,
  memberId: string,
  to: string,
): Promise<void> {
  const held = tx.selectFrom('members').select('email').where('id', '=', memberId);
  const { email: from } = await held.executeTakeFirstOrThrow();
  if (from === to) return;
  await tx
    .updateTable('members')
    .set({ email: to, new_email: null, email_since: now })
    .where('id', '=', memberId)
    .execute();
  await moveAccount(tx, memberId, from, to);
  await tx
    .updateTable('web_sessions')
    .set({ expires_at: now })
    .where('member_id', '=', memberId)
    // Those of a tab are another account's, which signed them in.
    .where('account_id', 'is', null)
    .where('expires_at', '>', now)
    .execute();
  await carryMarks(cipher, tx, memberId, { from, to });
}

async function moveAccount(tx: Transaction, memberId: string, from: string, to: string): Promise<void> {
  const own = tx.selectFrom('accounts').select('platform_user').where('member_id', '=', memberId);
  const has = await own.where('platform', '=', 'email').where('platform_user', '=', to).executeTakeFirst();
  // An address that they had connected already stays, and the old one goes.
  if (has !== undefined) {
    const old = tx.deleteFrom('accounts').where('member_id', '=', memberId).where('platform', '=', 'email');
    await old.where('platform_user', '=', from).execute();
    return;
  }
  await tx
    .updateTable('accounts')
    .set({ platform_user: to, reachable: true })
    .where('member_id', '=', memberId)
    .where('platform', '=', 'email')
    .where('platform_user', '=', from)
    .execute();
}

/**
 * What stands on others' lists by an address that was this member's goes on holding for them: who never wants to meet them,
 * and who was matched with them before they were erased and came back.
 */
export async function carryMarks(
  cipher: Cipher,
  tx: Transaction,
  memberId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await tx
    .updateTable('do_not_match')
    .set({ other_id: memberId })
    .where('token', '=', cipher.token(from))
    .where('other_id', 'is', null)
    .where('member_id', '!=', memberId)
    .execute();
  await sql`
    with gone as (delete from past_matches where token = ${cipher.token(from)} returning member_id, matched_at)
    insert into past_matches (member_id, token, matched_at)
    select member_id, ${cipher.token(to)}, matched_at from gone
        on conflict (member_id, token) do update
       set matched_at = greatest(past_matches.matched_at, excluded.matched_at)`.execute(tx);
}
