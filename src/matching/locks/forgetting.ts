import type { Transaction } from '../../store/database.ts';

/** What conveners fixed for them and one other holds nobody any more; of more, it holds the rest. */
export async function forgetLocksOf(tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.selectFrom('round_lock_members').select('lock_id').where('member_id', '=', memberId);
  const small = tx
    .selectFrom('round_lock_members')
    .select('lock_id')
    .where('lock_id', 'in', theirs)
    .groupBy('lock_id')
    .having((having) => having.fn.countAll(), '<=', 2);
  await tx.deleteFrom('round_locks').where('id', 'in', small).execute();
}
