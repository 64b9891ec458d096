import type { Core } from '../core.ts';
import type { DeliveryKind } from '../delivery/model.ts';
import { eraseMember, holdToErase } from '../network/erase.ts';
import { endMatches } from '../network/erase-matches.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Transaction } from '../store/database.ts';
import { oldPeople } from './old.ts';

/*
 * How what is old ends, with all that hangs on it. Rows that somebody holds just now are left for the next time.
 */

type Table =
  | 'reflections'
  | 'prompts'
  | 'topics'
  | 'series_slots'
  | 'rounds'
  | 'agenda'
  | 'audit'
  | 'rooms'
  | 'account_requests';

/** For rows on which nothing hangs but what goes with them. */
export async function endRows(tx: Transaction, table: Table, ids: readonly string[]): Promise<void> {
  const key = table === 'reflections' ? 'prompt_id' : 'id';
  const free = tx.selectFrom(table).select(key).where(key, 'in', ids).forUpdate().skipLocked();
  await tx.deleteFrom(table).where(key, 'in', free).execute();
}

export async function endDeliveries(tx: Transaction, ids: readonly string[]): Promise<void> {
  const free = tx.selectFrom('deliveries').select('id').where('id', 'in', ids).forUpdate().skipLocked();
  await tx.deleteFrom('deliveries').where('id', 'in', free).execute();
}

/** @returns those of them that nobody else holds, held until the transaction ends */
async function holdFree(
  tx: Transaction,
  table: 'proposals' | 'conversations',
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = tx.selectFrom(table).select('id').where('id', 'in', ids).orderBy('id').forUpdate().skipLocked();
  return (await rows.execute()).map(({ id }) => id);
}

const saidOfProposals: readonly DeliveryKind[] = [
  'proposals.wanted',
  'proposals.approved',
  'proposals.refused',
  'proposals.which-time',
  'proposals.dropped',
  'proposals.answers-in',
];

/** What was said of them goes too; what is said of the conversation that one became stays with that. */
export async function endProposals(tx: Transaction, ids: readonly string[]): Promise<void> {
  const held = await holdFree(tx, 'proposals', ids);
  if (held.length === 0) return;
  await tx.deleteFrom('deliveries').where('subject', 'in', held).where('kind', 'in', saidOfProposals).execute();
  await tx.deleteFrom('proposals').where('id', 'in', held).execute();
}

/**
 * With everybody's place in them. The conversation itself stays for as long as somebody keeps what they took away from it.
 * What stood on the agenda for them is held first, as it is by whatever falls due.
 */
export async function endConversations(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('agenda').where('subject', 'in', ids).execute();
  const held = await holdFree(tx, 'conversations', ids);
  if (held.length === 0) return;
  await tx.deleteFrom('deliveries').where('subject', 'in', held).execute();
  // Else the topic that became this conversation would be there to be taken up again.
  await tx.deleteFrom('topics').where('conversation_id', 'in', held).execute();
  await tx.deleteFrom('seats').where('conversation_id', 'in', held).execute();
  const kept = tx.selectFrom('takeaways').select('conversation_id').where('conversation_id', 'in', held);
  await tx.deleteFrom('conversations').where('id', 'in', held).where('id', 'not in', kept).execute();
}

export async function endOldMatches(core: Core, tx: Transaction, ids: readonly string[]): Promise<void> {
  const people = await tx
    .selectFrom('match_members')
    .select('member_id')
    .distinct()
    .where('match_id', 'in', ids)
    .orderBy('member_id')
    .execute();
  await endMatches(tx, ids, '');
  for (const { member_id: memberId } of people) await refreshHomes(tx, core.clock.now(), memberId);
}

export async function endJoinRequests(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('deliveries').where('subject', 'in', ids).execute();
  await tx.deleteFrom('join_requests').where('id', 'in', ids).execute();
}

/** As if they had asked, but that a roster may name them again: they never said that it must not. */
export async function endPeople(core: Core, tx: Transaction, ids: readonly string[], before: Date): Promise<void> {
  for (const id of ids) {
    await holdToErase(tx, id);
    // They may have joined, or been listed again, until this moment.
    const isOld = (await oldPeople(tx, before).where('id', '=', id).executeTakeFirst()) !== undefined;
    if (isOld) await eraseMember(core, tx, id, 'forgotten');
  }
}
