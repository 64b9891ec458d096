import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { askDue, overDue } from './asking.ts';

export async function afterwardsDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  if (due.kind === 'afterwards.ask') await askDue(core, tx, due.subject);
  else await overDue(core, tx, due.subject);
}
