import type { Account, Address } from '../account.ts';
import type { Reader } from '../store/database.ts';

/** Where someone is reached in private on this platform; `undefined` for an account that is nobody's or takes nothing. */
export async function privateAddress(db: Reader, { platform, space, user }: Account): Promise<Address | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select('address')
    .where('platform', '=', platform)
    .where('space', '=', space)
    .where('platform_user', '=', user)
    .where('reachable', '=', true)
    .executeTakeFirst();
  return row?.address;
}
