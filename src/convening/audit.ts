import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import type { AuditAction, AuditBy } from './model.ts';

export type { AuditAction, AuditBy };

export interface Audited {
  readonly by: AuditBy;
  /** The member who did it; null for the operator. */
  readonly actorId: string | null;
  readonly action: AuditAction;
  /** The id of what it was done to; '' for the network. */
  readonly subject: string;
  /** Ids, kinds and counts: no names, and no words of members. */
  readonly detail: Readonly<Record<string, string>>;
}

/** Writes down what a convener or the operator did, in the transaction that does it. */
export async function writeAudit(tx: Transaction, audited: Audited, now: Date): Promise<void> {
  const { by, actorId, action, subject, detail } = audited;
  await tx
    .insertInto('audit')
    .values({ at: now, actor_id: actorId, by, action, subject, detail: JSON.stringify(detail) })
    .execute();
}

/** The same for what the operator did on the command line, once it is done. */
export async function noteOperator({ db, clock }: Core, action: AuditAction, subject: string): Promise<void> {
  const audited = { by: 'operator', actorId: null, action, subject, detail: {} } as const;
  await db.transaction().execute(async (tx) => await writeAudit(tx, audited, clock.now()));
}
