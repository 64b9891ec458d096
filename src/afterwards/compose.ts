import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { AfterwardsDelivery } from './model.ts';

export async function composeAfterwards(
  _core: Core,
  kind: AfterwardsDelivery,
  _delivery: Delivery,
  _member: Member,
): Promise<Composed> {
  throw new Error(`${kind} is not there yet`);
}
