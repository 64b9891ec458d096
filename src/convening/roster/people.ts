import type { RosterRow } from '../../network/roster-row.ts';
import type { AddedPerson, ChangedPerson, HeldPerson, PersonField } from './model.ts';

export function addition(row: RosterRow, zone: string): AddedPerson {
  const { email, name, council, role, level, cohort, learning_set: learningSet } = row;
  const permission = row.permission === '' ? 'member' : row.permission;
  return {
    email,
    oldEmail: row.old_email === 'new' ? '' : row.old_email,
    name,
    council,
    role,
    level,
    cohort,
    learningSet,
    permission,
    zone: row.zone === '' ? zone : row.zone,
  };
}

/** What the roster says of somebody that they may say otherwise of themselves. */
export function sayOf({ council, role, level }: RosterRow): Readonly<Record<string, string>> {
  return { council, role, level };
}

/** What a row would change of the person it is about: an empty value changes nothing. */
export function changesOf(row: RosterRow, person: HeldPerson): ChangedPerson['fields'] {
  const cohort = row.cohort === '' ? person.cohort : row.cohort;
  const wanted: readonly (readonly [PersonField, from: string, to: string])[] = [
    address(row.email, person),
    ['name', person.name, row.name],
    ['council', person.council, news(row.council, person.council, person.listed['council'])],
    ['role', person.role, news(row.role, person.role, person.listed['role'])],
    ['level', person.level, news(row.level, person.level, person.listed['level'])],
    ['cohort', person.cohort, cohort],
    ['learning set', person.learningSet, learningSet(row, person, cohort)],
    ['zone', person.zone, row.zone === '' ? person.zone : row.zone],
    ['permission', person.permission, row.permission === '' ? person.permission : row.permission],
    ['status', person.status, person.status === 'guest' ? 'invited' : person.status],
  ];
  return wanted.filter(([, from, to]) => from !== to).map(([field, from, to]) => ({ field, from, to }));
}

/** Whoever ever joined keeps the address by which they sign in, until they say themselves that it is another. */
function address(to: string, { status, email, newEmail }: HeldPerson): readonly [PersonField, string, string] {
  if (status === 'invited') return ['email', email, to];
  return ['email to confirm', newEmail, to === email ? '' : to];
}

/** Where the roster says what it said before, what the person has said of themselves since stands. */
function news(says: string, now: string, saidBefore: string | undefined): string {
  return says === saidBefore ? now : says;
}

/** A learning set is one of its cohort: whoever goes to another cohort leaves theirs. */
function learningSet(row: RosterRow, person: HeldPerson, cohort: string): string {
  if (row.learning_set !== '') return row.learning_set;
  return cohort === person.cohort ? person.learningSet : '';
}
