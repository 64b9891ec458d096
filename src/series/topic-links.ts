import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { askAgain, askForDropped, chooseForAll, takeOutTopics } from './asking.ts';
import { holdSeries } from './hold.ts';
import { tellWhoWantedIt } from './wanted.ts';

/**
 * Says that this conversation, which is announced, takes the topic up, and tells whoever wanted it, once. Of two hosts
 * who do so at once both conversations stand: neither has filled in the form for nothing, and the topic belongs to the
 * first. Where a host was looked for, for this topic at some date, that date gets another topic. The date for which its
 * host said yes, if it was for one, has its conversation now, whoever has the topic.
 *
 * @param topicId '' for none
 */
export async function linkTopic(core: Core, tx: Transaction, topicId: string, conversationId: string): Promise<void> {
  await holdSeries(tx);
  await tx
    .updateTable('series_slots')
    .set({ conversation_id: conversationId })
    .where('proposal_id', '=', conversationId)
    .where('state', '=', 'hosted')
    .execute();
  if (topicId === '') return;
  const linked = await tx
    .updateTable('topics')
    .set({ conversation_id: conversationId })
    .where('id', '=', topicId)
    .where('conversation_id', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (linked === undefined) return;
  await chooseForAll(core, tx, await takeOutTopics(tx, [topicId]));
  await tellWhoWantedIt(tx, core.clock.now(), topicId, conversationId);
}

/**
 * The conversation will not take place: another may take its topic up. Where it stood for a date of a series, another
 * host is looked for while there is time.
 */
export async function reopenTopic(core: Core, tx: Transaction, conversationId: string): Promise<void> {
  await holdSeries(tx);
  await tx
    .updateTable('topics')
    .set({ conversation_id: null, wanted_at: core.clock.now() })
    .where('conversation_id', '=', conversationId)
    .execute();
  await askAgain(core, tx, conversationId);
}

/** What was not announced yet is dropped or given back: where it stood for a date of a series, another host is looked for. */
export async function releaseSlots(core: Core, tx: Transaction): Promise<void> {
  await holdSeries(tx);
  await askForDropped(core, tx);
}
