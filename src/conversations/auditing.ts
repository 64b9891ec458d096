import { type AuditAction, writeAudit } from '../convening/audit.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import type { Conversation } from './model.ts';

/** Writes down what a convener did to a conversation that somebody else hosts: not what hosts do to their own. */
export async function auditIfOthers(
  tx: Transaction,
  now: Date,
  member: Member,
  { id, host }: Conversation,
  action: AuditAction,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  if (host?.id === member.id) return;
  await writeAudit(tx, { by: 'convener', actorId: member.id, action, subject: id, detail }, now);
}
