import { planPrompt } from '../calendar/planning.ts';
import type { Core } from '../core.ts';
import { beginMatching } from '../matching/pool/taking-part.ts';
import { refreshHomes } from '../network/homes.ts';
import { noPause } from '../network/pausing.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { schedulePath } from './due.ts';

/**
 * Makes them a member, with what they agreed to before. False when they had joined already: of several presses at once,
 * one finds them not yet joined.
 */
export async function activate(core: Core, tx: Transaction, memberId: string): Promise<boolean> {
  const now = core.clock.now();
  const activated = await tx
    .updateTable('members')
    .set({ status: 'active', joined_at: now, ...noPause })
    .where('id', '=', memberId)
    .where('status', '!=', 'active')
    .returning('id')
    .executeTakeFirst();
  if (activated === undefined) return false;
  await planPrompt(tx, memberId, now);
  await beginMatching(core, tx, memberId);
  await schedulePath(tx, memberId, now);
  const key = `network.welcome:${memberId}:${now.toISOString()}`;
  await post(tx, now, [{ key, kind: 'network.welcome', subject: memberId, memberId }]);
  await refreshHomes(tx, now, memberId);
  return true;
}
