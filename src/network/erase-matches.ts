import type { Core } from '../core.ts';
import { callOffsWithout } from '../matching/calling-off.ts';
import { staying } from '../matching/following-up-rules.ts';
import { isOfNewestRound } from '../matching/history.ts';
import { introduceAll } from '../matching/introducing.ts';
import { waitForMatch } from '../matching/pool.ts';
import { forgetInRecords } from '../matching/record.ts';
import { findMatch, type StandingMatch, standingMatchOf } from '../matching/standing.ts';
import { withdrawFromMatches } from '../reflections/unsharing.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { refreshHomes } from './homes.ts';

/**
 * A match is between its people: without one of two there is none, on anybody's home or in anybody's inbox. What stays is
 * when the other was matched, and a keyed token in place of whom with: so nobody is introduced twice, and nobody is named.
 * Of three or four the others stay together: nothing that was said of their match is left, so they are introduced anew.
 * Whoever is left alone is told, and matched anew.
 */
export async function forgetMatchesOf(core: Core, tx: Transaction, memberId: string, token: Buffer): Promise<void> {
  const now = core.clock.now();
  await forgetInRecords(core, tx, memberId);
  const mine = await matchesOf(tx, memberId);
  if (mine.length === 0) return;
  const ids = mine.map(({ id }) => id);
  const others = await matchedWith(tx, memberId, ids);
  await keepTokens(tx, others, token);
  const alone = await whoIsAlone(tx, memberId);
  const callOffs = await callOffsWithout(tx, now, ids, memberId);
  const isPair = ({ people }: StandingMatch) => people.length <= 2;
  await endMatches(
    tx,
    mine.filter(isPair).map(({ id }) => id),
    memberId,
  );
  for (const match of mine) if (!isPair(match)) await leaveGroup(core, tx, match, memberId);
  await post(tx, now, callOffs);
  if (alone !== undefined) await tellAlone(core, tx, alone);
  for (const other of new Set(others.map((each) => each.memberId))) await refreshHomes(tx, now, other);
}

/** All that they were ever in, with everybody else who was and has not been erased. */
async function matchesOf(tx: Transaction, memberId: string): Promise<readonly StandingMatch[]> {
  const own = tx.selectFrom('match_members').select('match_id').where('member_id', '=', memberId);
  const rows = tx.selectFrom('matches').select('id').where('id', 'in', own).orderBy('id').forUpdate();
  const found: StandingMatch[] = [];
  for (const { id } of await rows.execute()) {
    const match = await findMatch(tx, id);
    if (match !== undefined) found.push(match);
  }
  return found;
}

/** A match that cannot take place any more, and the one who was to meet somebody in it. */
interface Alone {
  readonly matchId: string;
  readonly memberId: string;
}

/** `undefined` where their match goes on, has ended, or its people have met. */
async function whoIsAlone(tx: Transaction, memberId: string): Promise<Alone | undefined> {
  const matchId = await standingMatchOf(tx, memberId);
  const match = matchId === undefined ? undefined : await findMatch(tx, matchId);
  if (match === undefined || match.people.some(({ state }) => state === 'met')) return undefined;
  const [other, ...more] = staying(match).filter(({ id }) => id !== memberId);
  return other === undefined || more.length > 0 ? undefined : { matchId: match.id, memberId: other.id };
}

async function tellAlone(core: Core, tx: Transaction, { matchId, memberId }: Alone): Promise<void> {
  const kind = 'matching.partner-gone';
  await post(tx, core.clock.now(), [{ key: `${kind}:${matchId}:${memberId}`, kind, subject: matchId, memberId }]);
  await waitForMatch(core, tx, memberId, 'partner-gone');
}

/** What speaks for the match, and a time for it, may name them, and what was said of it does. */
async function leaveGroup(core: Core, tx: Transaction, match: StandingMatch, memberId: string): Promise<void> {
  const now = core.clock.now();
  const { id, endedAt, agreedAt } = match;
  await forgetSaid(tx, [id], memberId);
  const others = staying(match).filter((one) => one.id !== memberId);
  const isOver = endedAt === null && others.length < 2;
  const unsaid = { reasons: '[]', starter: '', suggested_at: null, suggested_by: null, is_agreed: false };
  await tx
    .updateTable('matches')
    .set({ ...unsaid, ended_at: isOver ? now : endedAt })
    .where('id', '=', id)
    .execute();
  await tx.deleteFrom('match_members').where('match_id', '=', id).where('member_id', '=', memberId).execute();
  await tx.updateTable('match_members').set({ says_yes: false }).where('match_id', '=', id).execute();
  if (isOver || endedAt !== null) return;
  // A time that has passed was theirs to meet at, whoever is gone since.
  if (agreedAt === undefined || agreedAt > now) await undate(tx, id);
  const haveMet = others.some(({ state }) => state === 'met');
  if (haveMet || !(await isOfNewestRound(tx, id))) return;
  await introduceAll(core, tx, [{ id, members: others.map((one) => one.id) }]);
}

/** They have no date any more. */
async function undate(tx: Transaction, matchId: string): Promise<void> {
  const dated = tx.updateTable('match_members').set({ state: 'open' }).where('match_id', '=', matchId);
  await dated.where('state', '=', 'dated').execute();
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
  await forgetSaid(tx, ids, but);
  await tx.deleteFrom('matches').where('id', 'in', ids).execute();
}

/** What was said of these matches, or was to be, and the groups in which it was. */
async function forgetSaid(tx: Transaction, ids: readonly string[], but: string): Promise<void> {
  // In the order in which a delivery that ends just now locks: the room before its deliveries, the member before theirs,
  // which go with them.
  await tx.deleteFrom('rooms').where('purpose', '=', 'introduction').where('subject', 'in', ids).execute();
  const theirs = tx.deleteFrom('deliveries').where('subject', 'in', ids);
  await (but === '' ? theirs : theirs.where('member_id', 'is distinct from', but)).execute();
}
