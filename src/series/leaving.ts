import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { askForDropped, chooseForAll, goOn, takeOutTopics } from './asking.ts';
import { holdSeries } from './hold.ts';
import { findSlot } from './slots.ts';

/**
 * Whoever leaves is asked to host nothing: the next host is asked in their place. What they suggested stays, and so does
 * their vote, which counts again once they are back. To be called when they count as left, and after their conversations.
 */
export async function leaveSeries(core: Core, tx: Transaction, memberId: string): Promise<void> {
  await holdSeries(tx);
  await passOn(core, tx, memberId);
  await askForDropped(core, tx);
}

/**
 * The same for whoever is erased, whose topics and votes go as well: a date for which a host was looked for gets another
 * topic. To be called after their conversations, and once no proposal takes up a topic of theirs: hosts who write about
 * one hold their draft, and then the series.
 */
export async function forgetSeries(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.selectFrom('topics').select('id').where('member_id', '=', memberId);
  await holdSeries(tx);
  const ids = (await theirs.execute()).map(({ id }) => id);
  await tx.deleteFrom('topic_votes').where('member_id', '=', memberId).execute();
  await removeTopics(core, tx, ids);
  await askForDropped(core, tx);
  // Last: until their row is gone, they may be asked by what comes before.
  await passOn(core, tx, memberId);
}

/** Takes topics away for good; a date for which a host was looked for gets another. To be called with the series held. */
export async function removeTopics(core: Core, tx: Transaction, topicIds: readonly string[]): Promise<void> {
  if (topicIds.length === 0) return;
  const without = await takeOutTopics(tx, topicIds);
  // What a host said yes to and conveners still look at goes on without one, for the same date.
  await tx.deleteFrom('topics').where('id', 'in', topicIds).execute();
  await chooseForAll(core, tx, without);
}

async function passOn(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const asked = await tx
    .updateTable('host_asks')
    .set({ answer: 'none' })
    .where('member_id', '=', memberId)
    .where('answer', 'is', null)
    .returning('slot_id')
    .execute();
  for (const { slot_id: id } of asked) {
    const slot = await findSlot(tx, id);
    if (slot !== undefined) await goOn(core, tx, slot);
  }
}
