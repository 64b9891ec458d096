import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { refusals } from '../network/messages.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import { type AuditAction, writeAudit } from './audit.ts';

/** What was done, for the record; `undefined` where nothing came of it. */
export type Done = { readonly action: AuditAction; readonly subject: string; readonly detail: Record<string, string> };

/**
 * Lets a convener act, and writes down what they did, in one transaction. They are held first: an import holds all
 * members before it touches councils and cohorts, and so does this.
 *
 * @param holdFirst for what changes other members: holds them and the convener, all in the order of their ids
 * @throws Refusal for somebody who is a convener no longer
 */
export async function actAs(
  core: Core,
  convener: Member,
  act: (tx: Transaction) => Promise<readonly Done[]>,
  holdFirst: (tx: Transaction) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly Done[]> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    await holdFirst(tx);
    const held = await tx
      .selectFrom('members')
      .select('id')
      .where('id', '=', convener.id)
      .where('status', '=', 'active')
      .where('permission', '=', 'convener')
      .forShare()
      .executeTakeFirst();
    if (held === undefined) throw new Refusal(refusals.notConvener);
    const done = await act(tx);
    for (const one of done) await writeAudit(tx, { by: 'convener', actorId: convener.id, ...one }, now);
    return done;
  });
}
