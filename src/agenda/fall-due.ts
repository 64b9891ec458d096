import { afterwardsDue } from '../afterwards/due.ts';
import { conversationDue } from '../conversations/due.ts';
import type { Core } from '../core.ts';
import { digestDue } from '../digests/due.ts';
import { joiningDue } from '../joining/due.ts';
import { matchingDue } from '../matching/due.ts';
import { networkDue } from '../network/due.ts';
import { proposalDue } from '../proposals/due.ts';
import { reflectionDue } from '../reflections/due.ts';
import { retentionDue } from '../retention/due.ts';
import { seriesDue } from '../series/due.ts';
import type { Transaction } from '../store/database.ts';
import type { Due } from './model.ts';

/**
 * Does one thing that has fallen due, and marks it done, in one transaction: a second run of the same job finds it
 * done and does nothing.
 *
 * @returns false when there was nothing (left) to do
 */
export async function fallDue(core: Core, agendaId: string): Promise<boolean> {
  return await core.db.transaction().execute(async (tx) => {
    const now = core.clock.now();
    const row = await tx
      .selectFrom('agenda')
      .select(['kind', 'subject', 'due_at'])
      .where('id', '=', agendaId)
      .where('done_at', 'is', null)
      .where('due_at', '<=', now)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return false;
    // Marked first, so that what it schedules next under the same key would be seen as a mistake, not as a move.
    await tx.updateTable('agenda').set({ done_at: now }).where('id', '=', agendaId).execute();
    await dispatch(core, tx, { kind: row.kind, subject: row.subject, at: row.due_at });
    return true;
  });
}

async function dispatch(core: Core, tx: Transaction, due: Due): Promise<void> {
  switch (due.kind) {
    case 'network.pause-ends':
    case 'network.freshen':
    case 'network.takes-part':
      return await networkDue(core, tx, { ...due, kind: due.kind });
    case 'joining.path':
      return await joiningDue(core, tx, due);
    case 'digests.month':
      return await digestDue(core, tx, due);
    case 'retention.night':
      return await retentionDue(core, tx, due);
    case 'reflections.prompt':
    case 'reflections.later':
    case 'reflections.remind':
    case 'reflections.follow-up':
      return await reflectionDue(core, tx, { ...due, kind: due.kind });
    case 'conversations.remind-week':
    case 'conversations.remind-day':
    case 'conversations.remind-soon':
    case 'conversations.begins':
    case 'conversations.offer-ends':
    case 'conversations.count':
    case 'conversations.cards':
      return await conversationDue(core, tx, due);
    case 'proposals.time-passed':
    case 'proposals.answers-due':
      return await proposalDue(core, tx, due);
    case 'series.choose':
    case 'series.ask-ends':
    case 'series.plan':
      return await seriesDue(core, tx, due);
    case 'afterwards.over':
    case 'afterwards.ask':
      return await afterwardsDue(core, tx, due);
    case 'matching.round':
    case 'matching.opening':
    case 'matching.waiting':
    case 'matching.half-way':
    case 'matching.question':
    case 'matching.pool':
      return await matchingDue(core, tx, { ...due, kind: due.kind });
  }
}
