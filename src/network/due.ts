import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';

/** A pause ends by itself, and the member is told. */
export async function networkDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const ended = await tx
    .updateTable('members')
    .set({ paused_until: null })
    .where('id', '=', due.subject)
    .where('paused_until', '<=', now)
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) return;
  const key = `network.resumed:${due.subject}:${due.at.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.resumed', subject: due.subject, memberId: due.subject }]);
}
