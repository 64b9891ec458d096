import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { ProposalDelivery } from './model.ts';

export async function composeProposal(
  _core: Core,
  kind: ProposalDelivery,
  _delivery: Delivery,
  _member: Member,
): Promise<Composed> {
  throw new Error(`${kind} is not there yet`);
}
