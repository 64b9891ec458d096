import type { Reader } from '../../store/database.ts';

/** Somebody of a round, as conveners read of them. */
export interface RoundPerson {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly council: string;
}

/** Those of these who are still there, by id. */
export async function roundPeople(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, RoundPerson>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('people').select(['id', 'name', 'role', 'council']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}
