import type { Core } from '../core.ts';

/** What is written down of what was done: by this member, and to them. */
export interface HeldAudit {
  readonly audit: readonly HeldAct[];
}

export interface HeldAct {
  readonly at: Date;
  /** Such as 'member.exported'. */
  readonly action: string;
  readonly role: 'did' | 'was done to them';
}

export async function heldAudit({ db }: Core, memberId: string): Promise<HeldAudit> {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'action', 'actor_id'])
    .where((or) => or.or([or('actor_id', '=', memberId), or('subject', '=', memberId)]))
    .orderBy('id')
    .execute();
  return {
    audit: rows.map(({ at, action, actor_id: actor }) => ({
      at,
      action,
      role: actor === memberId ? 'did' : 'was done to them',
    })),
  };
}
