import { sql } from 'kysely';
import { readSettings } from '../../network/roster.ts';
import type { RosterRow } from '../../network/roster-row.ts';
import type { Cipher } from '../../store/cipher.ts';
import type { Reader } from '../../store/database.ts';
import { dayOf } from '../../time/days.ts';
import type { Held, HeldCohort, HeldCouncil, HeldPerson } from './model.ts';

/** All that these rows are compared with. */
export async function readHeld(db: Reader, cipher: Cipher, rows: readonly RosterRow[]): Promise<Held> {
  const { zone } = await readSettings(db);
  return {
    people: await people(
      db,
      rows.map(({ email }) => email),
    ),
    councils: await councils(db),
    cohorts: await cohorts(db),
    erased: await erased(db, cipher, rows, zone),
    zone,
  };
}

/** Everybody on the roster, and the guests whom it names by now. @param emails all those in the file */
async function people(db: Reader, emails: readonly string[]): Promise<readonly HeldPerson[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('councils', 'councils.id', 'members.council_id')
    .leftJoin('cohorts', 'cohorts.id', 'members.cohort_id')
    .leftJoin('learning_sets', 'learning_sets.id', 'members.learning_set_id')
    .select(['members.id', 'members.email', 'members.name', 'members.role', 'members.level', 'members.zone'])
    .select(['members.permission', 'members.status', 'members.listed', 'councils.name as council', 'new_email'])
    .select(['cohorts.name as cohort', 'learning_sets.name as learningSet'])
    .where((or) => or.or([or('members.status', '!=', 'guest'), or('members.email', '=', sql<string>`any(${emails})`)]))
    .orderBy('members.email')
    .execute();
  return rows.map(({ new_email: newEmail, ...row }) => ({
    ...row,
    newEmail: newEmail ?? '',
    cohort: row.cohort ?? '',
    learningSet: row.learningSet ?? '',
  }));
}

async function councils(db: Reader): Promise<readonly HeldCouncil[]> {
  const rows = await db.selectFrom('councils').select(['id', 'name', 'type', 'nation', 'region']).execute();
  const domains = await db.selectFrom('council_domains').selectAll().orderBy('domain').execute();
  const domainsOf = Map.groupBy(domains, (row) => row.council_id);
  return rows.map(({ id, ...council }) => ({ ...council, domains: domainsOf.get(id)?.map((row) => row.domain) ?? [] }));
}

async function cohorts(db: Reader): Promise<readonly HeldCohort[]> {
  const rows = await db.selectFrom('cohorts').select(['id', 'name', 'programme', 'year']).execute();
  const sets = await db.selectFrom('learning_sets').select(['cohort_id', 'name']).orderBy('name').execute();
  const setsOf = Map.groupBy(sets, (row) => row.cohort_id);
  return rows.map(({ id, name, programme, year }) => ({
    name,
    programme,
    year: year === null ? '' : String(year),
    sets: setsOf.get(id)?.map((set) => set.name) ?? [],
  }));
}

/** Of the addresses in the file, those whose people asked to be erased: only a keyed token is held of them. */
async function erased(
  db: Reader,
  cipher: Cipher,
  rows: readonly RosterRow[],
  zone: string,
): Promise<ReadonlyMap<string, string>> {
  const found = await db.selectFrom('erased_people').selectAll().execute();
  const days = new Map(found.map(({ token, erased_at }) => [token.toString('hex'), dayOf(erased_at, zone)]));
  return new Map(
    rows
      .flatMap(({ email, old_email }) => [email, old_email])
      .flatMap((email) => {
        const day = days.get(cipher.token(email).toString('hex'));
        return day === undefined ? [] : [[email, day] as const];
      }),
  );
}
