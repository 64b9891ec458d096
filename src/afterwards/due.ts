import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';

export async function afterwardsDue(_core: Core, _tx: Transaction, due: Due): Promise<void> {
  throw new Error(`${due.kind} is not there yet`);
}
