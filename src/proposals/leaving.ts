import type { Transaction } from '../store/database.ts';
import { drop } from './dropping.ts';
import { lockProposal, openProposalsOf } from './reading.ts';

/**
 * Ends what somebody who leaves, or is erased, has proposed and not announced: whoever said when they could come is told
 * that nothing comes of it. When they themselves could come to what others propose is forgotten. To be called while they
 * are held, before conversations are.
 */
export async function endProposalsOf(tx: Transaction, now: Date, memberId: string): Promise<void> {
  const own = (await openProposalsOf(tx, memberId)).map(({ id }) => id);
  for (const id of own.toSorted()) {
    const proposal = await lockProposal(tx, id);
    if (proposal !== undefined) await drop(tx, now, proposal);
  }
  await tx.deleteFrom('time_ticks').where('member_id', '=', memberId).execute();
  await tx.deleteFrom('time_answers').where('member_id', '=', memberId).execute();
}

/**
 * The same for whoever is erased. What others write about a topic of theirs goes on without it: held at once with what
 * they propose themselves, and before the series is, as by a host who announces it.
 */
export async function forgetProposalsOf(tx: Transaction, now: Date, memberId: string): Promise<void> {
  const topics = tx.selectFrom('topics').select('id').where('member_id', '=', memberId);
  await tx
    .selectFrom('proposals')
    .select('id')
    .where((or) => or.or([or('host_id', '=', memberId), or('topic_id', 'in', topics)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  await tx.updateTable('proposals').set({ topic_id: null }).where('topic_id', 'in', topics).execute();
  await endProposalsOf(tx, now, memberId);
}
