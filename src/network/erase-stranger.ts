import type { Account } from '../account.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { forgetStranger } from './greeting.ts';

/** What we held about somebody who is no member. */
export interface HeldOfStranger {
  /** Where to greet them, because they have our app. */
  readonly greeting: boolean;
  /** That they asked to connect the account to a membership. */
  readonly request: boolean;
}

/** Erases everything we hold about the person behind an account that is no member's. @returns what that was */
export async function eraseStranger(core: Core, account: Account): Promise<HeldOfStranger> {
  return await core.db.transaction().execute(async (tx) => {
    const greeting = await forgetStranger(tx, account);
    return { greeting, request: await forgetRequest(tx, account) };
  });
}

async function forgetRequest(tx: Transaction, { platform, space, user }: Account): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('account_requests')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
