import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { DiaryDelivery } from './model.ts';

export async function composeDiary(
  _core: Core,
  kind: DiaryDelivery,
  _delivery: Delivery,
  _member: Member,
): Promise<Composed> {
  throw new Error(`${kind} is not there yet`);
}
