import { randomUUID } from 'node:crypto';
import type { Core } from '../../core.ts';
import { schedule } from '../../store/agenda.ts';
import type { Transaction } from '../../store/database.ts';
import { standingMatchOf } from '../matches/standing.ts';
import type { PoolReason } from '../model.ts';
import { whyNotMatched } from '../people/outside.ts';
import { leaveEarlier, takeOut } from './ending.ts';

/*
 * The standing pool: who waits for a match between two rounds. Whoever is put into it is looked for in a transaction of
 * its own, right after: that one holds others too, and nobody who changes themselves has to wait for those.
 */

/** Puts somebody into the standing pool: they are matched at once where somebody there suits them well enough. */
export async function waitForMatch(core: Core, tx: Transaction, memberId: string, why: PoolReason): Promise<void> {
  const now = core.clock.now();
  await addToPool(tx, [memberId], why, now);
  await lookSoon(tx, now);
}

/**
 * Looks for somebody else for one whose match has ended because another is gone. Nobody is looked for where they take no part
 * in matching now: a match whose people have met stays with whoever pauses since, and may end only after that.
 */
export async function lookForOther(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const why = await whyNotMatched(tx, memberId, core.clock.now());
  if (why === undefined) await waitForMatch(core, tx, memberId, 'partner-gone');
}

/**
 * Those who wait are looked for as soon as this transaction has ended. Under a name of its own: who puts somebody into the
 * pool holds members, and must wait for nobody else who does. All that are due are done by one look.
 */
export async function lookSoon(tx: Transaction, now: Date): Promise<void> {
  const key = `matching.pool:${randomUUID()}`;
  await schedule(tx, [{ key, kind: 'matching.pool', subject: '', at: now }]);
}

/** Whoever waits already goes on waiting since they began. */
export async function addToPool(
  tx: Transaction,
  memberIds: readonly string[],
  why: PoolReason,
  now: Date,
): Promise<void> {
  if (memberIds.length === 0) return;
  await tx
    .insertInto('standing_pool')
    .values(memberIds.map((id) => ({ member_id: id, since: now, why })))
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .execute();
}

/** They wait no longer. @returns whether they did */
export async function leavePool(tx: Transaction, memberId: string): Promise<boolean> {
  const gone = tx.deleteFrom('standing_pool').where('member_id', '=', memberId).returning('member_id');
  return (await gone.executeTakeFirst()) !== undefined;
}

/**
 * They take part no more for now: out of the pool and out of their match, and whoever that leaves alone is matched anew;
 * out of a meeting too that was suggested or agreed in an earlier round and is still to come. A match whose people have met
 * is over, and stays as it was; only what they meet for next is called off. To be called by who holds the member.
 */
export async function dropOut(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const matchId = await standingMatchOf(tx, memberId);
  const others = await holdMeetingsOf(core, tx, memberId, matchId);
  // Not before their matches are held: whoever holds one of those may be putting them into the pool just now.
  await leavePool(tx, memberId);
  for (const earlier of others) await leaveEarlier(core, tx, earlier, memberId);
  if (matchId === undefined) return;
  const left = await takeOut(core, tx, matchId, memberId);
  if (left === undefined || left.stands) return;
  for (const other of left.others) await lookForOther(core, tx, other);
}

/**
 * Holds the match that they are in now, with every other for which a time is suggested or agreed and still to come: all at
 * once and in order, because somebody else of them may drop out just now.
 *
 * @returns those others, in order
 */
export async function holdMeetingsOf(
  { clock }: Core,
  tx: Transaction,
  memberId: string,
  present: string | undefined,
): Promise<readonly string[]> {
  const own = tx.selectFrom('match_members').select('match_id').where('member_id', '=', memberId);
  const held = await tx
    .selectFrom('matches')
    .select('id')
    .where('id', 'in', own.where('state', '!=', 'dropped'))
    .where('ended_at', 'is', null)
    .where((or) =>
      or.or([
        or('agreed_at', '>', clock.now()),
        or('suggested_at', '>', clock.now()),
        ...(present === undefined ? [] : [or('id', '=', present)]),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return held.map(({ id }) => id).filter((id) => id !== present);
}
