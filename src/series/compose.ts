import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { SeriesDelivery } from './model.ts';

export async function composeSeries(
  _core: Core,
  kind: SeriesDelivery,
  _delivery: Delivery,
  _member: Member,
): Promise<Composed> {
  throw new Error(`${kind} is not there yet`);
}
