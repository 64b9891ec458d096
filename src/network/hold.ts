import { sql } from 'kysely';
import { Refusal } from '../errors.ts';
import type { Transaction } from '../store/database.ts';
import { refusals } from './messages.ts';

/**
 * Waits until nobody else has a turn with this member, and has it until the transaction ends. To be called before
 * anything is held, by who holds what is on the agenda for their prompts or puts something there: whoever has waited
 * would else not have seen it when they held the rest, and would want it when somebody after them holds it already.
 */
export async function takeTurn(tx: Transaction, memberId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`network.turn:${memberId}`}))`.execute(tx);
}

/**
 * Holds a member until the transaction ends, for what changes them. What is on the agenda for them is held first, as it
 * is by whatever falls due: in the other order the two would wait for each other.
 *
 * @returns false for someone who has been erased
 */
export async function holdWithAgenda(tx: Transaction, memberId: string): Promise<boolean> {
  await tx
    .selectFrom('agenda')
    .select('id')
    .where('subject', '=', memberId)
    .where('done_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  const row = tx.selectFrom('members').select('id').where('id', '=', memberId).forNoKeyUpdate();
  return (await row.executeTakeFirst()) !== undefined;
}

/**
 * Makes sure that a member stays in the network until the transaction ends. To be called before anything else is held:
 * whoever leaves is held first, and then what they have a place in.
 *
 * @throws Refusal for someone who has just left, or been erased
 */
export async function holdActive(tx: Transaction, memberId: string): Promise<void> {
  const row = tx
    .selectFrom('members')
    .select('id')
    .where('id', '=', memberId)
    .where('status', '=', 'active')
    .forShare();
  if ((await row.executeTakeFirst()) === undefined) throw new Refusal(refusals.notJoined);
}

/**
 * The same as {@link holdActive} for what changes something of their own: of two such at once the later one waits.
 *
 * @throws Refusal for someone who has just left, or been erased
 */
export async function holdToChange(tx: Transaction, memberId: string): Promise<void> {
  const own = tx.selectFrom('members').select('id').where('id', '=', memberId).where('status', '=', 'active');
  if ((await own.forNoKeyUpdate().executeTakeFirst()) === undefined) throw new Refusal(refusals.notJoined);
}

/**
 * Makes sure that those to whom something is posted are not erased until the transaction ends. One statement holds them
 * all, in order; whoever is being erased at this moment is waited for, and is not among them then.
 *
 * @returns who of them is there
 */
export async function holdToTell(tx: Transaction, memberIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = tx
    .selectFrom('members')
    .select('id')
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`);
  return new Set((await rows.orderBy('id').forKeyShare().execute()).map(({ id }) => id));
}

/**
 * Those who run the network, to post something to each: none of them is erased until the transaction ends.
 *
 * @returns their ids, in order
 */
export async function holdConveners(tx: Transaction): Promise<readonly string[]> {
  const active = tx.selectFrom('members').select('id').where('status', '=', 'active');
  const rows = await active.where('permission', '=', 'convener').orderBy('id').forKeyShare().execute();
  return rows.map(({ id }) => id);
}

/**
 * The same as {@link holdActive} for somebody who may be a guest, or is on the roster and hosts what they were invited to host.
 *
 * @throws Refusal for someone who has just left, or been erased
 */
export async function holdHosting(tx: Transaction, memberId: string): Promise<void> {
  const row = tx.selectFrom('members').select('id').where('id', '=', memberId).where('status', '!=', 'left').forShare();
  if ((await row.executeTakeFirst()) === undefined) throw new Refusal(refusals.notJoined);
}
