import type { Reader } from '../../store/database.ts';
import type { LockKind } from './lock-rules.ts';

/** What a convener fixed, with those who are still in the network. */
export interface StoredLock {
  readonly id: string;
  readonly kind: LockKind;
  readonly members: readonly string[];
  /** Their names, in the same order. */
  readonly people: readonly string[];
}

/** All that holds for the next round, the newest first. */
export async function readLocks(db: Reader): Promise<readonly StoredLock[]> {
  const rows = await db
    .selectFrom('round_locks')
    .innerJoin('round_lock_members', 'round_lock_members.lock_id', 'round_locks.id')
    .innerJoin('people', 'people.id', 'round_lock_members.member_id')
    .select(['round_locks.id', 'round_locks.kind', 'people.id as memberId', 'people.name'])
    .where('people.status', '=', 'active')
    .orderBy('round_locks.set_at', 'desc')
    .orderBy('round_locks.id')
    .orderBy('people.name')
    .orderBy('people.id')
    .execute();
  const ids = [...new Set(rows.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const own = rows.filter((row) => row.id === id);
    const [first] = own;
    if (first === undefined) return [];
    return [
      { id, kind: first.kind, members: own.map(({ memberId }) => memberId), people: own.map(({ name }) => name) },
    ];
  });
}
