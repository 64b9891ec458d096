import { format } from 'date-fns/format';
import { parseISO } from 'date-fns/parseISO';
import type { BadRow } from '../../network/roster-file.ts';
import type { ChangedPlace, FieldChange, HeldBack, Plan, Warning } from './model.ts';

/** One part of what is told of a roster file: a table, with its rows in order. */
export interface Section {
  readonly heading: string;
  /** What the reader should know of it, or can do; '' for nothing. */
  readonly lead: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All that there is to tell of a plan, what needs somebody first; nothing of what is empty. */
export function reportPlan(plan: Plan, bad: readonly BadRow[]): readonly Section[] {
  return [...needsSomebody(plan, bad), ...wouldChange(plan)].filter(({ rows }) => rows.length > 0);
}

/** @example '3 added, 1 changed, 60 unchanged' */
export function countPlan({ added, changed, unchanged }: Plan): string {
  return `${added.length} added, ${changed.length} changed, ${unchanged.length} unchanged`;
}

function needsSomebody(plan: Plan, bad: readonly BadRow[]): readonly Section[] {
  return [
    {
      heading: 'Rows that cannot be imported',
      lead: '',
      columns: ['Line', 'Why'],
      rows: bad.map(({ line, reason }) => [`line ${line}`, reason]),
    },
    {
      heading: 'Rows that are left out',
      lead: '',
      columns: ['Name', 'Email', 'Why'],
      rows: plan.heldBack.map((row) => [row.name, row.email, whyHeldBack(row)]),
    },
    {
      heading: 'To look at',
      lead: '',
      columns: ['What'],
      rows: plan.warnings.map((warning) => [warningText(warning)]),
    },
  ];
}

function wouldChange(plan: Plan): readonly Section[] {
  return [
    {
      heading: 'People added',
      lead: '',
      columns: ['Name', 'Email', 'Council', 'Role', 'Cohort'],
      rows: plan.added.map((one) => [
        one.name,
        one.email,
        one.council,
        one.permission === 'member' ? `${one.role} (${one.level})` : `${one.role} (${one.level}, ${one.permission})`,
        seat(one.cohort, one.learningSet),
      ]),
    },
    {
      heading: 'People changed',
      lead:
        'A name or a time zone that people chose for themselves stays above what the roster says. Whoever has joined is ' +
        'asked to confirm a new email address, and signs in with the old one until then.',
      columns: ['Name', 'Email', 'What'],
      rows: plan.changed.map(({ name, email, fields }) => [name, email, fieldsText(fields)]),
    },
    places('Councils', plan.councils, 'domain'),
    places('Cohorts', plan.cohorts, 'learning set'),
    {
      heading: 'On the roster, and not in the file',
      lead: 'They stay as they are. An import takes nobody off the roster.',
      columns: ['Name', 'Email', 'Council', 'State'],
      rows: plan.absent.map(({ name, email, council, status }) => [name, email, council, status]),
    },
  ];
}

function places(heading: string, changed: readonly ChangedPlace[], more: string): Section {
  const what = (place: ChangedPlace) =>
    [
      ...(place.isNew ? ['new'] : []),
      ...(place.fields.length > 0 ? [fieldsText(place.fields)] : []),
      ...place.more.map((one) => `${more} ${one}`),
    ].join('; ');
  return { heading, lead: '', columns: ['Name', 'What'], rows: changed.map((place) => [place.name, what(place)]) };
}

function seat(cohort: string, set: string): string {
  return set === '' ? cohort : `${cohort}, ${set}`;
}

function fieldsText(fields: readonly FieldChange[]): string {
  const value = (text: string) => (text === '' ? 'nothing' : text);
  return fields.map(({ field, from, to }) => `${field}: ${value(from)} → ${value(to)}`).join('; ');
}

function whyHeldBack({ why, with: other }: HeldBack): string {
  switch (why) {
    case 'erased':
      return `asked to be erased on ${format(parseISO(other), 'd MMMM yyyy')}; not added`;
    case 'moved':
      return (
        `${other} on the roster has the same name and council, and is not in the file; not added. ` +
        `If this is that person’s new address, put ${other} in the column old_email. If this is somebody else, put new there`
      );
    case 'both':
      return `this address and its old_email, ${other}, are both on the roster, as two people; not changed`;
    case 'claimed':
      return `its person, ${other}, stands in the file more than once; not changed`;
  }
}

function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'other-domain':
      return `${warning.email} is not an address of a domain of ${warning.council}`;
    case 'rows-differ':
      return `${warning.place}: the rows give more than one ${warning.field} (${warning.values.join(', ')}), so it stays as it is`;
    case 'domain-public':
      return `${warning.domain} is open to anybody, so it cannot be a domain of ${warning.council}`;
    case 'domain-taken':
      return `${warning.domain} is said to be of ${warning.council} and of ${warning.holder}, so it stays as it is`;
    case 'set-size':
      return `${warning.set} of ${warning.cohort} would have ${people(warning.people)}; a learning set should have 12 to 15`;
    case 'old-unknown':
      return `${warning.old}, the old_email of ${warning.email}, is not on the roster: they are added as somebody new`;
  }
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
