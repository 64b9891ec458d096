import type { Reader } from '../store/database.ts';
import type { ShownCohort, Sitting } from './model.ts';

/** Every cohort: those that still learn first, each kind from the newest year to the oldest. */
export async function readCohorts(db: Reader): Promise<readonly ShownCohort[]> {
  const rows = await db
    .selectFrom('cohorts')
    .select(['id', 'name', 'programme', 'year', 'graduated_at as graduatedAt'])
    .select((select) => [
      select
        .selectFrom('members')
        .select(({ fn }) => fn.countAll<string>().as('people'))
        .whereRef('members.cohort_id', '=', 'cohorts.id')
        .where('members.status', 'in', ['invited', 'active'])
        .as('people'),
      select
        .selectFrom('learning_sets')
        .select(({ fn }) => fn.countAll<string>().as('sets'))
        .whereRef('learning_sets.cohort_id', '=', 'cohorts.id')
        .as('sets'),
    ])
    .orderBy((order) => order('graduated_at', 'is not', null))
    .orderBy('year', (order) => order.desc().nullsLast())
    .orderBy('name')
    .execute();
  return rows.map(({ year, people, sets, ...row }) => ({
    ...row,
    year: year === null ? '' : String(year),
    people: Number(people),
    sets: Number(sets),
  }));
}

export async function readCohort(db: Reader, id: string): Promise<ShownCohort | undefined> {
  return (await readCohorts(db)).find((cohort) => cohort.id === id);
}

/** Who is of a cohort and has not left, by name. */
export async function readSittings(db: Reader, cohortId: string): Promise<readonly Sitting[]> {
  const rows = await db
    .selectFrom('people')
    .innerJoin('members', 'members.id', 'people.id')
    .leftJoin('learning_sets', 'learning_sets.id', 'members.learning_set_id')
    .select(['people.id', 'people.name', 'people.council', 'people.council_id as councilId', 'people.level'])
    .select('learning_sets.name as set')
    .where('people.cohort_id', '=', cohortId)
    .where('people.status', 'in', ['invited', 'active'])
    .execute();
  return rows
    .map((row) => ({ ...row, set: row.set ?? '' }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.id < b.id ? -1 : 1));
}
