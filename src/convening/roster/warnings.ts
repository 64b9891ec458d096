import type { RosterRow } from '../../network/roster-row.ts';
import { fewestInSet, mostInSet } from '../sets/sizes.ts';
import type { AddedPerson, ChangedPerson, ChangedPlace, Held, Warning } from './model.ts';
import { byText } from './names.ts';
import { isOfDomains } from './public-mail.ts';

interface Doing {
  readonly added: readonly AddedPerson[];
  readonly changed: readonly ChangedPerson[];
  readonly councils: readonly ChangedPlace[];
}

/** What a convener should look at in the people themselves, as they would be. */
export function peopleWarnings(rows: readonly RosterRow[], doing: Doing, held: Held): readonly Warning[] {
  return [...otherDomains(rows, doing, held), ...setSizes(rows, doing, held)];
}

function otherDomains(rows: readonly RosterRow[], { councils }: Doing, held: Held): readonly Warning[] {
  const more = new Map(councils.map(({ name, more }) => [name, more]));
  const domains = new Map(held.councils.map(({ name, domains }) => [name, domains]));
  return rows
    .toSorted((a, b) => byText(a.email, b.email))
    .flatMap(({ email, council }) => {
      const own = [...(domains.get(council) ?? []), ...(more.get(council) ?? [])];
      return own.length === 0 || isOfDomains(email, own) ? [] : [{ kind: 'other-domain', email, council } as const];
    });
}

interface Sitting {
  readonly cohort: string;
  readonly learningSet: string;
}

/** The sizes of the learning sets that the file names. Who left is not counted. */
function setSizes(rows: readonly RosterRow[], { added, changed }: Doing, held: Held): readonly Warning[] {
  const moved = new Map(changed.map(({ id, fields }) => [id, fields]));
  const to = (id: string, field: 'cohort' | 'learning set', otherwise: string) =>
    moved.get(id)?.find((one) => one.field === field)?.to ?? otherwise;
  const sitting: readonly Sitting[] = [
    ...added,
    ...held.people
      .filter(({ status }) => status !== 'left')
      .map(({ id, cohort, learningSet }) => ({
        cohort: to(id, 'cohort', cohort),
        learningSet: to(id, 'learning set', learningSet),
      })),
  ];
  const named = new Map(
    rows
      .filter((row) => row.learning_set !== '')
      .map((row) => [JSON.stringify([row.cohort, row.learning_set]), row] as const),
  );
  return [...named]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, row]) => ({
      kind: 'set-size' as const,
      cohort: row.cohort,
      set: row.learning_set,
      people: sitting.filter((one) => one.cohort === row.cohort && one.learningSet === row.learning_set).length,
    }))
    .filter(({ people }) => people < fewestInSet || people > mostInSet);
}
