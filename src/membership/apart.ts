import type { Core } from '../core.ts';
import type { Reader } from '../store/database.ts';
import { pairsApart } from './avoid-rules.ts';

/**
 * Every two members who are never to be brought together, whoever of the two said so; the lesser id first. For whoever
 * brings people together, and for nobody's eyes.
 */
export async function mayNotMeet(
  { cipher }: Pick<Core, 'cipher'>,
  db: Reader,
): Promise<readonly (readonly [string, string])[]> {
  const rows = await db
    .selectFrom('do_not_match')
    .select(['member_id as memberId', 'other_id as otherId', 'token'])
    .orderBy('id')
    .execute();
  const entries = rows.map((row) => ({ ...row, token: row.token?.toString('hex') ?? null }));
  const isNeeded = entries.some(({ token }) => token !== null);
  return pairsApart(entries, isNeeded ? await idsByToken({ cipher }, db) : new Map());
}

/** The ids of all members by the keyed tokens of their addresses: those of the roster, and any other they write from. */
export async function idsByToken(
  { cipher }: Pick<Core, 'cipher'>,
  db: Reader,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const listed = await db.selectFrom('members').select(['id', 'email']).execute();
  const written = await db
    .selectFrom('accounts')
    .select(['member_id as id', 'platform_user as email'])
    .where('platform', '=', 'email')
    .execute();
  const asked = await db
    .selectFrom('members')
    .select(({ ref }) => ['id', ref('new_email').$notNull().as('email')])
    .where('new_email', 'is not', null)
    .execute();
  const byToken = new Map<string, string[]>();
  for (const { id, email } of [...listed, ...written, ...asked]) {
    const token = cipher.token(email).toString('hex');
    const ids = byToken.get(token) ?? [];
    if (!ids.includes(id)) byToken.set(token, [...ids, id]);
  }
  return byToken;
}
