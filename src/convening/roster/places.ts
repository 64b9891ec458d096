import type { RosterRow } from '../../network/roster-row.ts';
import type { AddedPerson, ChangedPerson, ChangedPlace, FieldChange, Held, HeldCouncil, Warning } from './model.ts';
import { byText } from './names.ts';
import { isPublicMail } from './public-mail.ts';

interface Planned {
  readonly changed: readonly ChangedPlace[];
  readonly warnings: readonly Warning[];
}

type Added = readonly AddedPerson[];
type Changed = readonly ChangedPerson[];

/** What the rows say of councils; one is made when somebody is put into it. */
export function planCouncils(rows: readonly RosterRow[], added: Added, changed: Changed, held: Held): Planned {
  const needed = [...added.map(({ council }) => council), ...goingTo(changed, 'council')];
  const names = namesOf([...needed, ...rows.map((row) => row.council)]);
  const owners = new Map(held.councils.flatMap(({ name, domains }) => domains.map((domain) => [domain, name])));
  const claims = domainClaims(rows, owners);
  const planned = names.flatMap((name) => {
    const before = held.councils.find((council) => council.name === name);
    if (before === undefined && !needed.includes(name)) return [];
    const about = rows.filter((row) => row.council === name);
    const said = [
      merged(
        name,
        'type',
        before?.type ?? '',
        about.map((row) => row.council_type),
      ),
      merged(
        name,
        'nation',
        before?.nation ?? '',
        about.map((row) => row.nation),
      ),
      merged(
        name,
        'region',
        before?.region ?? '',
        about.map((row) => row.region),
      ),
    ];
    return [place(name, before === undefined, said, claims.given(name, before))];
  });
  return joined(planned, claims.warnings);
}

/** What the rows say of cohorts and their learning sets. */
export function planCohorts(rows: readonly RosterRow[], added: Added, changed: Changed, held: Held): Planned {
  const needed = [...added.map(({ cohort }) => cohort), ...goingTo(changed, 'cohort')];
  const names = namesOf([...needed, ...rows.map((row) => row.cohort)].filter((name) => name !== ''));
  const planned = names.flatMap((name) => {
    const before = held.cohorts.find((cohort) => cohort.name === name);
    if (before === undefined && !needed.includes(name)) return [];
    const about = rows.filter((row) => row.cohort === name);
    const said = [
      merged(
        name,
        'programme',
        before?.programme ?? '',
        about.map((row) => row.programme),
      ),
      merged(
        name,
        'year',
        before?.year ?? '',
        about.map((row) => row.year),
      ),
    ];
    const sets = namesOf(about.map((row) => row.learning_set).filter((set) => set !== ''));
    return [
      place(
        name,
        before === undefined,
        said,
        sets.filter((set) => !before?.sets.includes(set)),
      ),
    ];
  });
  return joined(planned, []);
}

function goingTo(changed: Changed, field: 'council' | 'cohort'): readonly string[] {
  return changed.flatMap(({ fields }) => fields.filter((one) => one.field === field).map(({ to }) => to));
}

function namesOf(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted(byText);
}

interface Merged {
  readonly change: readonly FieldChange[];
  readonly warning: readonly Warning[];
}

/** What the rows agree on; where they differ, what is held stays. */
function merged(name: string, field: string, from: string, given: readonly string[]): Merged {
  const values = namesOf(given.filter((value) => value !== ''));
  const [to, ...others] = values;
  if (to === undefined) return { change: [], warning: [] };
  if (others.length > 0) return { change: [], warning: [{ kind: 'rows-differ', place: name, field, values }] };
  return { change: from === to ? [] : [{ field, from, to }], warning: [] };
}

interface Place {
  readonly changed: ChangedPlace;
  readonly warnings: readonly Warning[];
}

function place(name: string, isNew: boolean, said: readonly Merged[], more: readonly string[]): Place {
  return {
    changed: { name, isNew, fields: said.flatMap(({ change }) => change), more },
    warnings: said.flatMap(({ warning }) => warning),
  };
}

function joined(planned: readonly Place[], warnings: readonly Warning[]): Planned {
  const changed = planned.map((one) => one.changed);
  return {
    changed: changed.filter(({ isNew, fields, more }) => isNew || fields.length > 0 || more.length > 0),
    warnings: [...planned.flatMap((one) => one.warnings), ...warnings],
  };
}

interface Claims {
  given(council: string, before: HeldCouncil | undefined): readonly string[];
  readonly warnings: readonly Warning[];
}

/** A domain is one council's: whose it is keeps it, and where two claim one that is nobody's, neither gets it. */
function domainClaims(rows: readonly RosterRow[], owners: ReadonlyMap<string, string>): Claims {
  const claims = new Map<string, string>();
  for (const { council, domains } of rows) {
    for (const domain of domains) claims.set(JSON.stringify([domain, council]), domain);
  }
  const said = [...claims]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([key, domain]) => ({ domain, council: councilIn(key) }));
  const holderOf = (domain: string, council: string) =>
    owners.get(domain) ?? said.find((one) => one.domain === domain && one.council !== council)?.council ?? council;
  const isGood = ({ domain, council }: { readonly domain: string; readonly council: string }) =>
    !isPublicMail(domain) && holderOf(domain, council) === council;
  const refused = said.filter((claim) => !isGood(claim));
  return {
    given: (council, before) =>
      said
        .filter((claim) => claim.council === council && isGood(claim) && !before?.domains.includes(claim.domain))
        .map(({ domain }) => domain),
    warnings: refused.map(({ domain, council }) =>
      isPublicMail(domain)
        ? { kind: 'domain-public', domain, council }
        : { kind: 'domain-taken', domain, council, holder: holderOf(domain, council) },
    ),
  };
}

function councilIn(key: string): string {
  const parsed: unknown = JSON.parse(key);
  return Array.isArray(parsed) && typeof parsed[1] === 'string' ? parsed[1] : '';
}
