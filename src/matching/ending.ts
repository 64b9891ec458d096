import type { Core } from '../core.ts';
import { holdToTell } from '../network/hold.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { callOffMeeting } from './calling-off.ts';
import { staying } from './following-up-rules.ts';
import { findMatch } from './standing.ts';
import { meetWithout } from './times.ts';

/** What became of a match that somebody was taken out of. */
export interface Left {
  /** Whether the others still meet. */
  readonly stands: boolean;
  /** Who is left in it, by id, and was told. */
  readonly others: readonly string[];
}

/**
 * Takes somebody out of a match, and tells the others. It stands while two are left in it. To be called by who holds the
 * member; the others are held after the match, so that whoever is erased at this moment is not waited for by those they
 * wait for.
 *
 * @returns `undefined` where it is over already, or they are not in it: nothing is done then
 */
export async function takeOut(
  core: Core,
  tx: Transaction,
  matchId: string,
  memberId: string,
): Promise<Left | undefined> {
  const now = core.clock.now();
  await tx.selectFrom('matches').select('id').where('id', '=', matchId).forNoKeyUpdate().execute();
  const match = await findMatch(tx, matchId);
  if (match === undefined || match.endedAt !== null) return undefined;
  const people = staying(match);
  if (!people.some(({ id }) => id === memberId)) return undefined;
  await tx
    .updateTable('match_members')
    .set({ state: 'dropped' })
    .where('match_id', '=', matchId)
    .where('member_id', '=', memberId)
    .execute();
  const others = people.map(({ id }) => id).filter((id) => id !== memberId);
  const stands = others.length >= 2;
  if (!stands) await tx.updateTable('matches').set({ ended_at: now }).where('id', '=', matchId).execute();
  if (stands) await meetWithout(core, tx, matchId, memberId);
  else await callOffMeeting(tx, now, matchId);
  const told = [...(await holdToTell(tx, others))];
  const kind = 'matching.partner-gone';
  const key = `${kind}:${matchId}:${memberId}`;
  await post(
    tx,
    now,
    told.map((id) => ({ key: `${key}:${id}`, kind, subject: matchId, memberId: id }) as const),
  );
  for (const id of told) await refreshHomes(tx, now, id);
  return { stands, others: told };
}
