import type { Reader, Transaction } from '../store/database.ts';

/**
 * Makes sure that these stay in the network as they are until the transaction ends; whoever has left is not held. Before
 * proposals and conversations are.
 */
export async function holdMembers(tx: Transaction, memberIds: readonly string[]): Promise<void> {
  await tx.selectFrom('members').select('id').where('id', 'in', memberIds).orderBy('id').forShare().execute();
}

/** Members who wait for a seat in a conversation, in order; none where there is no conversation. */
export async function waitingFor(db: Reader, conversationId: string | null): Promise<readonly string[]> {
  if (conversationId === null) return [];
  const rows = await db
    .selectFrom('seats')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .select('member_id')
    .where('conversation_id', '=', conversationId)
    .where('state', '=', 'waiting')
    .where('members.status', '=', 'active')
    .orderBy('place')
    .execute();
  return rows.map((row) => row.member_id);
}
