import fc from 'fast-check';
import type { Held, HeldCohort, HeldCouncil, HeldPerson, Plan } from '../../src/convening/roster/model.ts';
import { Level, Permission } from '../../src/network/model.ts';
import type { RosterRow } from '../../src/network/roster-row.ts';

/** A row as a roster file gives it. */
export function rowOf(given: Partial<RosterRow> = {}): RosterRow {
  return {
    name: 'Asha Rahman',
    email: 'asha@leeds.example',
    old_email: '',
    council: 'Leeds City Council',
    council_type: '',
    nation: '',
    region: '',
    domains: [],
    role: 'Director of Place',
    level: 'director',
    cohort: '',
    programme: '',
    year: '',
    learning_set: '',
    zone: '',
    permission: '',
    ...given,
  };
}

export function personOf(given: Partial<HeldPerson> = {}): HeldPerson {
  const { name, email, council, role, level } = rowOf();
  const place = { cohort: '', learningSet: '', zone: 'Europe/London' };
  return {
    id: email,
    name,
    email,
    council,
    role,
    level,
    ...place,
    permission: 'member',
    status: 'active',
    newEmail: '',
    listed: {},
    ...given,
  };
}

export function heldOf(given: Partial<Held> = {}): Held {
  return { people: [], councils: [], cohorts: [], erased: new Map(), zone: 'Europe/London', ...given };
}

/** What would be held once a plan is carried out: the same that the database would hold. */
export function afterPlan(held: Held, plan: Plan): Held {
  const changed = new Map(plan.changed.map((person) => [person.id, person.fields]));
  const people = held.people.map((person): HeldPerson => {
    const to = new Map(changed.get(person.id)?.map((one) => [one.field, one.to]));
    return {
      ...person,
      email: to.get('email') ?? person.email,
      newEmail: to.get('email to confirm') ?? person.newEmail,
      name: to.get('name') ?? person.name,
      council: to.get('council') ?? person.council,
      role: to.get('role') ?? person.role,
      level: Level.parse(to.get('level') ?? person.level),
      cohort: to.get('cohort') ?? person.cohort,
      learningSet: to.get('learning set') ?? person.learningSet,
      zone: to.get('zone') ?? person.zone,
      permission: Permission.parse(to.get('permission') ?? person.permission),
    };
  });
  const added = plan.added.map(
    (person): HeldPerson => ({
      ...person,
      id: person.email,
      newEmail: '',
      status: 'invited',
      listed: {},
    }),
  );
  const erased = new Map([...held.erased].filter(([email]) => !plan.added.some((person) => person.email === email)));
  const listed = (person: HeldPerson) => ({
    ...person,
    listed: plan.listed.get(person.email) ?? plan.listed.get(person.newEmail) ?? person.listed,
  });
  return { ...held, ...placesAfter(held, plan), people: [...people, ...added].map(listed), erased };
}

function placesAfter(held: Held, plan: Plan): Pick<Held, 'councils' | 'cohorts'> {
  const councils = new Map<string, HeldCouncil>(held.councils.map((one) => [one.name, one]));
  for (const { name, fields, more } of plan.councils) {
    const before = councils.get(name) ?? { name, type: '', nation: '', region: '', domains: [] };
    const said = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
    councils.set(name, { ...before, ...said, domains: [...before.domains, ...more] });
  }
  const cohorts = new Map<string, HeldCohort>(held.cohorts.map((one) => [one.name, one]));
  for (const { name, fields, more } of plan.cohorts) {
    const before = cohorts.get(name) ?? { name, programme: '', year: '', sets: [] };
    const said = Object.fromEntries(fields.map(({ field, to }) => [field, to]));
    cohorts.set(name, { ...before, ...said, sets: [...before.sets, ...more] });
  }
  return { councils: [...councils.values()], cohorts: [...cohorts.values()] };
}

const few = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const emails = ['a@x.example', 'b@x.example', 'c@y.example', 'd@y.example', 'e@z.example', 'f@gmail.com'];
const domains = ['x.example', 'y.example', 'z.example', 'gmail.com'];
const councils = ['Leeds', 'LEEDS', 'York', 'Hull'];

const anyRow = fc
  .record({
    name: few('Ann', 'ann', 'Bo', 'Cy'),
    email: few(...emails),
    old_email: few('', '', '', 'new', ...emails),
    council: few(...councils),
    council_type: few('', 'county', 'unitary'),
    nation: few('', 'England', 'Wales'),
    region: few('', 'North'),
    domains: fc.uniqueArray(few(...domains), { maxLength: 2 }),
    role: few('Head', 'Chief'),
    level: few(...Level.options),
    cohort: few('', 'One', 'one', 'Two'),
    programme: few('', 'Top'),
    year: few('', '2025', '2026'),
    learning_set: few('', 'Set 1', 'set 1', 'Set 2'),
    zone: few('', 'Europe/Paris'),
    permission: few<RosterRow['permission']>('', ...Permission.options),
  })
  .map((row): RosterRow => (row.cohort === '' ? { ...row, programme: '', year: '', learning_set: '' } : row));

/** Rows of one file: each address once. */
export const anyRows = fc.uniqueArray(anyRow, { selector: (row) => row.email, maxLength: 6 });

const anyPerson = fc
  .record({
    name: few('Ann', 'Bo', 'Cy'),
    email: few(...emails),
    council: few('Leeds', 'York'),
    role: few('Head', 'Chief'),
    level: few(...Level.options),
    cohort: few('', 'One'),
    set: few('', 'Set 1'),
    zone: few('Europe/London', 'Europe/Paris'),
    permission: few(...Permission.options),
    status: few('invited' as const, 'active' as const, 'left' as const),
    listed: few({}, { council: 'Leeds', role: 'Head', level: 'manager' }),
  })
  .map(
    ({ set, ...person }): HeldPerson => ({
      ...person,
      id: person.email,
      newEmail: '',
      learningSet: person.cohort === '' ? '' : set,
    }),
  );

/** What a network may hold. */
export const anyHeld = fc
  .record({
    people: fc.uniqueArray(anyPerson, { selector: (person) => person.email, maxLength: 5 }),
    leedsDomains: fc.uniqueArray(few('x.example', 'y.example'), { maxLength: 2 }),
    erased: fc.uniqueArray(few(...emails), { maxLength: 2 }),
    newEmails: fc.uniqueArray(few(...emails), { maxLength: 3 }),
  })
  .map(({ people: listed, leedsDomains, erased, newEmails }): Held => {
    const others = newEmails.filter((email) => !listed.some((person) => person.email === email));
    const people = listed.map((person, index) =>
      person.status === 'invited' ? person : { ...person, newEmail: others[index] ?? '' },
    );
    const leeds = { name: 'Leeds', type: 'county', nation: '', region: '', domains: leedsDomains };
    const held = new Set(people.map(({ email }) => email));
    return heldOf({
      people,
      councils: [leeds, { name: 'York', type: '', nation: 'England', region: '', domains: [] }],
      cohorts: [{ name: 'One', programme: '', year: '', sets: ['Set 1'] }],
      erased: new Map(erased.filter((email) => !held.has(email)).map((email) => [email, '2027-01-05'])),
    });
  });
