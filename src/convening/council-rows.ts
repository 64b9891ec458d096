import { isOfMembers } from '../network/guest-organisations.ts';
import type { Reader } from '../store/database.ts';
import type { ShownCouncil, ShownRelation } from './model.ts';

/** Every council, by name, with what conveners see of it. A network is small enough to be read through. */
export async function readCouncils(db: Reader): Promise<readonly ShownCouncil[]> {
  const rows = await db.selectFrom('councils').select('id').where(isOfMembers).execute();
  const ids = new Set(rows.map(({ id }) => id));
  return (await readCouncilsAndGuests(db)).filter(({ id }) => ids.has(id));
}

/** The same with the organisations that only guests are from: their names are taken, too. */
export async function readCouncilsAndGuests(db: Reader): Promise<readonly ShownCouncil[]> {
  const rows = await db
    .selectFrom('councils')
    .select(['id', 'name', 'type', 'nation', 'region', 'consent', 'consent_at as consentAt'])
    .execute();
  const domains = Map.groupBy(
    await db.selectFrom('council_domains').selectAll().orderBy('domain').execute(),
    (row) => row.council_id,
  );
  const relations = await readRelations(db, new Map(rows.map(({ id, name }) => [id, name])));
  const joined = await db
    .selectFrom('members')
    .select(['council_id', ({ fn }) => fn.countAll<string>().as('people')])
    .where('status', '=', 'active')
    .groupBy('council_id')
    .execute();
  const counts = new Map(joined.map((row) => [row.council_id, Number(row.people)]));
  return rows
    .map((row) => ({
      ...row,
      domains: domains.get(row.id)?.map(({ domain }) => domain) ?? [],
      joined: counts.get(row.id) ?? 0,
      relations: relations.get(row.id) ?? [],
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

/** By council, each relation from both its sides. */
async function readRelations(
  db: Reader,
  names: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, readonly ShownRelation[]>> {
  const rows = await db.selectFrom('council_relations').selectAll().execute();
  const sides = rows.flatMap(({ council_id: one, other_id: other, relation, rule }) => [
    { of: one, otherId: other, other: names.get(other) ?? '', relation, rule },
    { of: other, otherId: one, other: names.get(one) ?? '', relation, rule },
  ]);
  const sorted = sides.toSorted((a, b) => a.other.localeCompare(b.other, 'en-GB'));
  return Map.groupBy(sorted, ({ of }) => of);
}
