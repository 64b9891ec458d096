import type { RosterRow } from '../../network/roster-row.ts';
import type { Held, Plan } from './model.ts';
import { byText, spelling } from './names.ts';
import { addition, changesOf, sayOf } from './people.ts';
import { planCohorts, planCouncils } from './places.ts';
import { sortRows } from './sorting.ts';
import { peopleWarnings } from './warnings.ts';

/**
 * What a roster file would change. The same whatever the order of its rows; carried out, it leaves nothing to do.
 *
 * @param includeErased whether those are added who once asked to be erased: only where they asked to come back
 */
export function planImport(rows: readonly RosterRow[], held: Held, includeErased: boolean): Plan {
  const spelt = respell(rows, held);
  const { fresh, known, heldBack, oldUnknown } = sortRows(spelt, held, includeErased);
  const acted = [...fresh, ...known.map(({ row }) => row)];
  const added = fresh.map((row) => addition(row, held.zone));
  const compared = known.map(({ row, person }) => ({ row, person, fields: changesOf(row, person) }));
  const changed = compared
    .filter(({ fields }) => fields.length > 0)
    .map(({ person, fields }) => ({ id: person.id, name: person.name, email: person.email, fields }));
  const named = new Set([...spelt.map((row) => row.email), ...known.map(({ person }) => person.email)]);
  const councils = planCouncils(acted, added, changed, held);
  const cohorts = planCohorts(acted, added, changed, held);
  return {
    added: added.toSorted((a, b) => byText(a.email, b.email)),
    changed: changed.toSorted((a, b) => byText(a.email, b.email)),
    unchanged: compared
      .filter(({ fields }) => fields.length === 0)
      .map(({ row }) => row.email)
      .toSorted(byText),
    heldBack,
    absent: held.people.filter(({ email }) => !named.has(email)).toSorted((a, b) => byText(a.email, b.email)),
    councils: councils.changed,
    cohorts: cohorts.changed,
    warnings: [
      ...oldUnknown,
      ...councils.warnings,
      ...cohorts.warnings,
      ...peopleWarnings(acted, { added, changed, councils: councils.changed }, held),
    ],
    listed: new Map(acted.map((row) => [row.email, sayOf(row)])),
  };
}

/** Whether carrying it out would do anything. */
export function changesNothing(plan: Plan): boolean {
  const { added, changed, councils, cohorts } = plan;
  return [added, changed, councils, cohorts].every((list) => list.length === 0);
}

function respell(rows: readonly RosterRow[], held: Held): readonly RosterRow[] {
  const council = spelling(
    held.councils.map(({ name }) => name),
    rows.map((row) => row.council),
  );
  const cohort = spelling(
    held.cohorts.map(({ name }) => name),
    rows.map((row) => row.cohort),
  );
  const setsOf = (name: string) =>
    spelling(
      held.cohorts.find((one) => one.name === name)?.sets ?? [],
      rows.filter((row) => cohort(row.cohort) === name).map((row) => row.learning_set),
    );
  const sets = new Map([...new Set(rows.map((row) => cohort(row.cohort)))].map((name) => [name, setsOf(name)]));
  return rows.map((row) => {
    const inCohort = cohort(row.cohort);
    const set = sets.get(inCohort)?.(row.learning_set) ?? row.learning_set;
    return { ...row, council: council(row.council), cohort: inCohort, learning_set: set };
  });
}
