import type { Reader, Transaction } from '../../store/database.ts';

/** What each of these members said that others can ask them about, by member id; of who said nothing, nothing. */
export async function experiencesOf(
  db: Reader,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (memberIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('experiences')
    .select(['member_id', 'experience'])
    .where('member_id', 'in', memberIds)
    .orderBy('experience')
    .execute();
  const byMember = Map.groupBy(rows, (row) => row.member_id);
  return new Map([...byMember].map(([id, own]) => [id, own.map(({ experience }) => experience)]));
}

export async function experiencesOfOne(db: Reader, memberId: string): Promise<readonly string[]> {
  return (await experiencesOf(db, [memberId])).get(memberId) ?? [];
}

/** What a member says now takes the place of all that they said before. The member must be held. */
export async function keepExperiences(tx: Transaction, memberId: string, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('experiences').where('member_id', '=', memberId).execute();
  const rows = ids.map((experience) => ({ member_id: memberId, experience }));
  if (rows.length > 0) await tx.insertInto('experiences').values(rows).execute();
}
