import { nameKey } from '../../network/comparing.ts';
import type { RosterRow } from '../../network/roster-row.ts';
import type { Held, HeldBack, HeldPerson, Warning } from './model.ts';
import { byText } from './names.ts';

/** A row of somebody on the roster already; under another address where theirs changed. */
interface Known {
  readonly row: RosterRow;
  readonly person: HeldPerson;
}

interface Sorted {
  readonly fresh: readonly RosterRow[];
  readonly known: readonly Known[];
  readonly heldBack: readonly HeldBack[];
  readonly oldUnknown: readonly Warning[];
}

type Place =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'known'; readonly person: HeldPerson }
  | { readonly kind: 'back'; readonly why: HeldBack['why']; readonly with: string };

/** Whose each row is: somebody's on the roster, a new person's, or to be asked about first. */
export function sortRows(rows: readonly RosterRow[], held: Held, includeErased: boolean): Sorted {
  const place = placing(rows, held, includeErased);
  const placed = rows.toSorted((a, b) => byText(a.email, b.email)).map((row) => ({ row, place: place(row) }));
  const sorted = onePersonEach(placed);
  const heldEmails = new Set(held.people.flatMap(({ email, newEmail }) => [email, newEmail]));
  return {
    fresh: sorted.filter((one) => one.place.kind === 'fresh').map(({ row }) => row),
    known: sorted.flatMap(({ row, place }) => (place.kind === 'known' ? [{ row, person: place.person }] : [])),
    heldBack: sorted.flatMap(({ row, place }) =>
      place.kind === 'back' ? [{ email: row.email, name: row.name, why: place.why, with: place.with }] : [],
    ),
    oldUnknown: sorted.flatMap(({ row, place }) =>
      place.kind === 'fresh' && givesOld(row) && !heldEmails.has(row.old_email)
        ? [{ kind: 'old-unknown', email: row.email, old: row.old_email } as const]
        : [],
    ),
  };
}

interface Placed {
  readonly row: RosterRow;
  readonly place: Place;
}

/** Several rows that name one person, by the address that they have and the one they are to confirm, are not guessed between. */
function onePersonEach(placed: readonly Placed[]): readonly Placed[] {
  const known = placed.flatMap(({ place }) => (place.kind === 'known' ? [place.person.id] : []));
  const times = Map.groupBy(known, (id) => id);
  const names = (row: RosterRow, email: string) => row.email === email || (givesOld(row) && row.old_email === email);
  const isNamedBeside = (own: RosterRow, email: string) =>
    email !== '' && own.email !== email && placed.some(({ row }) => row !== own && names(row, email));
  return placed.map((one) => {
    if (one.place.kind !== 'known') return one;
    const { id, email, newEmail } = one.place.person;
    if (times.get(id)?.length === 1 && !isNamedBeside(one.row, newEmail)) return one;
    return { row: one.row, place: { kind: 'back', why: 'claimed', with: email } };
  });
}

function givesOld(row: RosterRow): boolean {
  return row.old_email !== '' && row.old_email !== 'new' && row.old_email !== row.email;
}

function placing(rows: readonly RosterRow[], held: Held, includeErased: boolean): (row: RosterRow) => Place {
  const byNewEmail = held.people.map((person) => [person.newEmail, person] as const);
  const byEmail = new Map([...byNewEmail, ...held.people.map((person) => [person.email, person] as const)]);
  byEmail.delete('');
  const inFile = new Set(rows.map((row) => row.email));
  const claims = rows.filter(givesOld).map((row) => row.old_email);
  const isClaimedElsewhere = (old: string) => inFile.has(old) || claims.filter((one) => one === old).length > 1;
  const isNamed = (email: string) => inFile.has(email) || claims.includes(email);
  const namesake = namesakes(held.people.filter(({ email, newEmail }) => !isNamed(email) && !isNamed(newEmail)));
  return (row) => {
    const person = byEmail.get(row.email);
    const old = givesOld(row) ? byEmail.get(row.old_email) : undefined;
    if (givesOld(row) && isClaimedElsewhere(row.old_email))
      return { kind: 'back', why: 'claimed', with: row.old_email };
    if (person !== undefined && old !== undefined && person !== old)
      return { kind: 'back', why: 'both', with: row.old_email };
    if (person !== undefined) return { kind: 'known', person };
    const formerly = old === undefined && givesOld(row) ? held.erased.get(row.old_email) : undefined;
    const erasedOn = held.erased.get(row.email) ?? formerly;
    if (erasedOn !== undefined && !includeErased) return { kind: 'back', why: 'erased', with: erasedOn };
    if (old !== undefined) return { kind: 'known', person: old };
    const alike = row.old_email === 'new' ? undefined : namesake(row);
    return alike === undefined ? { kind: 'fresh' } : { kind: 'back', why: 'moved', with: alike.email };
  };
}

/** Of the same name and council, the first by address. */
function namesakes(people: readonly HeldPerson[]): (row: RosterRow) => HeldPerson | undefined {
  const key = ({ name, council }: { readonly name: string; readonly council: string }) =>
    JSON.stringify([nameKey(name), nameKey(council)]);
  const byKey = new Map(people.toSorted((a, b) => byText(b.email, a.email)).map((person) => [key(person), person]));
  return (row) => byKey.get(key(row));
}
