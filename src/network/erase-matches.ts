import type { Core } from '../core.ts';
import { withdrawFromMatches } from '../reflections/unsharing.ts';
import type { Transaction } from '../store/database.ts';
import { refreshHomes } from './homes.ts';

/**
 * A match is between its people: without one of them there is none, on anybody's home or in anybody's inbox. What stays
 * is when each of the others was matched, and a keyed token in place of whom with: so nobody is introduced twice, and
 * nobody is named.
 */
export async function forgetMatchesOf(core: Core, tx: Transaction, memberId: string, token: Buffer): Promise<void> {
  const mine = await tx.selectFrom('match_members').select('match_id').where('member_id', '=', memberId).execute();
  const ids = mine.map((row) => row.match_id);
  if (ids.length === 0) return;
  const others = await matchedWith(tx, memberId, ids);
  await keepTokens(tx, others, token);
  await endMatches(tx, ids, memberId);
  for (const other of new Set(others.map((each) => each.memberId))) await refreshHomes(tx, core.clock.now(), other);
}

interface Matched {
  readonly memberId: string;
  readonly at: Date;
}

/** Each of the others once, with when they were matched last. */
async function matchedWith(tx: Transaction, memberId: string, ids: readonly string[]): Promise<readonly Matched[]> {
  const rows = await tx
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select((select) => ['match_members.member_id as memberId', select.fn.max('rounds.published_at').as('at')])
    .where('match_members.match_id', 'in', ids)
    .where('match_members.member_id', '!=', memberId)
    .groupBy('match_members.member_id')
    .orderBy('match_members.member_id')
    .execute();
  return rows;
}

async function keepTokens(tx: Transaction, others: readonly Matched[], token: Buffer): Promise<void> {
  if (others.length === 0) return;
  await tx
    .insertInto('past_matches')
    .values(others.map(({ memberId, at }) => ({ member_id: memberId, token, matched_at: at })))
    .onConflict((conflict) =>
      conflict.columns(['member_id', 'token']).doUpdateSet((row) => ({ matched_at: row.ref('excluded.matched_at') })),
    )
    .execute();
}

/**
 * Takes matches away with all that hangs on them.
 *
 * @param but the member whose own deliveries go with them in a moment; '' for nobody
 */
export async function endMatches(tx: Transaction, ids: readonly string[], but: string): Promise<void> {
  if (ids.length === 0) return;
  await withdrawFromMatches(tx, ids);
  // In the order in which a delivery that ends just now locks: the room before its deliveries, the member before theirs,
  // which go with them.
  await tx.deleteFrom('rooms').where('purpose', '=', 'introduction').where('subject', 'in', ids).execute();
  const theirs = tx.deleteFrom('deliveries').where('subject', 'in', ids);
  await (but === '' ? theirs : theirs.where('member_id', 'is distinct from', but)).execute();
  await tx.deleteFrom('matches').where('id', 'in', ids).execute();
}
