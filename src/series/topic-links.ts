import type { Transaction } from '../store/database.ts';

/**
 * Says that this conversation takes the topic up. Of two hosts who do so at once both conversations stand: neither has
 * filled in the form for nothing, and the topic belongs to the first.
 *
 * @param topicId '' for none
 */
export async function linkTopic(tx: Transaction, topicId: string, conversationId: string): Promise<void> {
  if (topicId === '') return;
  await tx
    .updateTable('topics')
    .set({ conversation_id: conversationId })
    .where('id', '=', topicId)
    .where('conversation_id', 'is', null)
    .execute();
}

/** The conversation will not take place: another may take its topic up. */
export async function reopenTopic(tx: Transaction, conversationId: string): Promise<void> {
  await tx.updateTable('topics').set({ conversation_id: null }).where('conversation_id', '=', conversationId).execute();
}
