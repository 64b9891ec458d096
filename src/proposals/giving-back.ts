import type { Core } from '../core.ts';
import { releaseSlots } from '../series/topic-links.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Proposal } from './model.ts';

/**
 * Makes it a draft again, and tells its host. Where it stood for a date of a series, another host is looked for. The
 * proposal is held.
 *
 * @param reason '' where its time has passed
 */
export async function giveBack(core: Core, tx: Transaction, proposal: Proposal, reason: string): Promise<void> {
  const changed = { state: 'draft', refusal: reason, revision: proposal.revision + 1 } as const;
  await tx
    .updateTable('proposals')
    .set({ ...changed, changed_at: core.clock.now() })
    .where('id', '=', proposal.id)
    .execute();
  await releaseSlots(core, tx);
  await tellHost(core, tx, 'proposals.refused', proposal);
}

export async function tellHost(
  core: Core,
  tx: Transaction,
  kind: 'proposals.approved' | 'proposals.refused',
  { id, revision, hostId: memberId }: Proposal,
): Promise<void> {
  await post(tx, core.clock.now(), [{ key: `${kind}:${id}:${revision}`, kind, subject: id, memberId }]);
}
