import type { Reader } from '../store/database.ts';

/** In which month's digest each of a member's answers stands, by the id of its prompt. */
export async function digestsWith(db: Reader, memberId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('digest_reflections')
    .innerJoin('reflections', 'reflections.prompt_id', 'digest_reflections.prompt_id')
    .select(['digest_reflections.prompt_id as promptId', 'digest_reflections.month'])
    .where('reflections.member_id', '=', memberId)
    .execute();
  return new Map(rows.map(({ promptId, month }) => [promptId, month]));
}
