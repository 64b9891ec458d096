import type { Reader } from '../store/database.ts';

/** Pairs of council ids, the lesser first, whose people are kept apart. */
export async function councilsApart(db: Reader): Promise<readonly (readonly [string, string])[]> {
  const rows = await db
    .selectFrom('council_relations')
    .select(['council_id', 'other_id'])
    .where('rule', '=', 'apart')
    .orderBy('council_id')
    .orderBy('other_id')
    .execute();
  return rows.map((row) => [row.council_id, row.other_id] as const);
}
