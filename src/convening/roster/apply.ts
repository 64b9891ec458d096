import { randomUUID } from 'node:crypto';
import { requestAccount } from '../../network/account-requests.ts';
import { carryMarks, mailAccount, moveAddress } from '../../network/address.ts';
import { inviteGuest } from '../../network/guests.ts';
import { Level, Permission } from '../../network/model.ts';
import { shiftPauses } from '../../network/pausing.ts';
import type { Cipher } from '../../store/cipher.ts';
import type { Transaction } from '../../store/database.ts';
import type { AuditAction } from '../audit.ts';
import { putCohorts, putCouncils } from './apply-places.ts';
import type { AddedPerson, ChangedPerson, PersonField, Plan } from './model.ts';

/** Where each council, cohort and learning set is, by name. */
interface Places {
  readonly councils: ReadonlyMap<string, string>;
  readonly cohorts: ReadonlyMap<string, string>;
  /** By the cohort's id, and then by name. */
  readonly sets: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What was done to one person that others have to be able to look up. */
export interface PersonalAct {
  readonly action: AuditAction;
  readonly subject: string;
  /** Ids. */
  readonly detail: Readonly<Record<string, string>>;
}

interface Carrying {
  readonly cipher: Cipher;
  readonly now: Date;
  readonly onProgress: (done: number, total: number) => void;
}

/** Does what a plan says; the roster is held. @returns what is to be written down, person by person */
export async function applyPlan(tx: Transaction, plan: Plan, carrying: Carrying): Promise<readonly PersonalAct[]> {
  const { onProgress } = carrying;
  await putCouncils(tx, plan.councils);
  await putCohorts(tx, plan.cohorts);
  const places = await readPlaces(tx);
  const total = plan.added.length + plan.changed.length;
  const acts: PersonalAct[] = [];
  let done = 0;
  for (const person of plan.changed) {
    acts.push(...(await change(tx, carrying, person, places)));
    onProgress(++done, total);
  }
  for (const person of plan.added) {
    await add(tx, carrying, person, places);
    onProgress(++done, total);
  }
  for (const [email, listed] of plan.listed) {
    const said = { listed: JSON.stringify(listed), listed_at: carrying.now };
    const theirs = tx.updateTable('members').set(said);
    await theirs.where((or) => or.or([or('email', '=', email), or('new_email', '=', email)])).execute();
  }
  return acts;
}

async function readPlaces(tx: Transaction): Promise<Places> {
  const byName = (rows: readonly { readonly id: string; readonly name: string }[]) =>
    new Map(rows.map(({ id, name }) => [name, id]));
  const sets = await tx.selectFrom('learning_sets').select(['id', 'name', 'cohort_id']).execute();
  return {
    councils: byName(await tx.selectFrom('councils').select(['id', 'name']).execute()),
    cohorts: byName(await tx.selectFrom('cohorts').select(['id', 'name']).execute()),
    sets: new Map([...Map.groupBy(sets, (set) => set.cohort_id)].map(([cohort, those]) => [cohort, byName(those)])),
  };
}

async function add(
  tx: Transaction,
  { cipher, now }: Pick<Carrying, 'cipher' | 'now'>,
  person: AddedPerson,
  places: Places,
): Promise<void> {
  const { email, oldEmail, name, role, level, zone, permission } = person;
  const id = randomUUID();
  const place = {
    council_id: idOf(places.councils, person.council),
    ...seat(places, person.cohort, person.learningSet, now),
  };
  await tx
    .insertInto('members')
    .values({ id, email, name, role, level, zone, permission, status: 'invited', ...place })
    .execute();
  const account = { member_id: id, space: '', address: '{}', seen_at: now };
  await tx
    .insertInto('accounts')
    .values([
      { ...account, id: randomUUID(), platform: 'email', platform_user: email },
      { ...account, id: randomUUID(), platform: 'web', platform_user: id },
    ])
    .execute();
  // Whoever is back on the roster is no longer among those who may not be brought back.
  const tokens = [email, ...(oldEmail === '' ? [] : [oldEmail])].map((address) => cipher.token(address));
  await tx.deleteFrom('erased_people').where('token', 'in', tokens).execute();
  if (oldEmail === '') return;
  await carryMarks(cipher, tx, id, { from: oldEmail, to: email });
}

async function change(
  tx: Transaction,
  carrying: Carrying,
  { id, fields }: ChangedPerson,
  places: Places,
): Promise<readonly PersonalAct[]> {
  const said = new Map(fields.map(({ field, to }) => [field, to]));
  const zone = said.has('zone') ? await zoneOf(tx, id) : undefined;
  for (const [field, to] of said) await set(tx, id, field, to, places);
  if (said.has('status')) await inviteGuest(tx, id, carrying.now);
  if (zone !== undefined) await shiftPauses(tx, id, zone, await zoneOf(tx, id));
  return [...(await readdress(tx, carrying, id, said)), ...(await reseat(tx, carrying.now, id, said, places))];
}

/** As they have it themselves: the roster's may stand below another. */
async function zoneOf(tx: Transaction, id: string): Promise<string> {
  return (await tx.selectFrom('people').select('zone').where('id', '=', id).executeTakeFirstOrThrow()).zone;
}

type Said = ReadonlyMap<PersonField, string>;

/** Where somebody signs in changes at once as long as they have nothing here; after that only by their own word. */
async function readdress(
  tx: Transaction,
  { cipher, now }: Carrying,
  id: string,
  said: Said,
): Promise<readonly PersonalAct[]> {
  const [moved, asked] = [said.get('email'), said.get('email to confirm')];
  if (moved !== undefined) {
    await moveAddress({ cipher, now }, tx, id, moved);
    return [{ action: 'member.address', subject: id, detail: {} }];
  }
  if (asked === undefined) return [];
  const pending = tx.deleteFrom('account_requests').where('member_id', '=', id).where('platform', '=', 'email');
  await pending.execute();
  await tx
    .updateTable('members')
    .set({ new_email: asked === '' ? null : asked })
    .where('id', '=', id)
    .execute();
  if (asked === '') return [];
  await requestAccount({ clock: { now: () => now } }, tx, id, { account: mailAccount(asked), address: {} });
  return [{ action: 'member.address-asked', subject: id, detail: {} }];
}

async function set(tx: Transaction, id: string, field: PersonField, to: string, places: Places): Promise<void> {
  const row = columns(field, to, places);
  if (row !== undefined) await tx.updateTable('members').set(row).where('id', '=', id).execute();
}

/** `undefined` for where they sit and sign in, and what they are: with those, more changes than a column. */
function columns(field: PersonField, to: string, places: Places) {
  switch (field) {
    case 'name':
      return { name: to };
    case 'role':
      return { role: to };
    case 'zone':
      return { zone: to };
    case 'level':
      return { level: Level.parse(to) };
    case 'permission':
      return { permission: Permission.parse(to) };
    case 'council':
      return { council_id: idOf(places.councils, to) };
    case 'status':
    case 'email':
    case 'email to confirm':
    case 'cohort':
    case 'learning set':
      return undefined;
  }
}

async function reseat(
  tx: Transaction,
  now: Date,
  id: string,
  said: Said,
  places: Places,
): Promise<readonly PersonalAct[]> {
  const [cohort, set] = [said.get('cohort'), said.get('learning set')];
  if (cohort === undefined && set === undefined) return [];
  const held = await tx.selectFrom('members').select('cohort_id').where('id', '=', id).executeTakeFirstOrThrow();
  const cohortId = cohort === undefined ? held.cohort_id : cohortOf(places, cohort);
  const moved = cohortId === held.cohort_id ? {} : { cohort_id: cohortId, cohort_since: now };
  const row = { ...moved, ...(set === undefined ? {} : setIn(places, cohortId, set)) };
  await tx.updateTable('members').set(row).where('id', '=', id).execute();
  if (cohortId === held.cohort_id) return [];
  return [{ action: 'member.cohort', subject: id, detail: { from: held.cohort_id ?? '', other: cohortId ?? '' } }];
}

function seat(places: Places, cohort: string, set: string, now: Date) {
  const cohortId = cohortOf(places, cohort);
  return { cohort_id: cohortId, cohort_since: cohortId === null ? null : now, ...setIn(places, cohortId, set) };
}

function cohortOf(places: Places, name: string): string | null {
  return name === '' ? null : idOf(places.cohorts, name);
}

function setIn(places: Places, cohortId: string | null, name: string): { readonly learning_set_id: string | null } {
  if (name === '' || cohortId === null) return { learning_set_id: null };
  return { learning_set_id: idOf(places.sets.get(cohortId) ?? new Map<string, string>(), name) };
}

function idOf(places: ReadonlyMap<string, string>, name: string): string {
  const id = places.get(name);
  if (id === undefined) throw new Error('The plan puts somebody where nothing was made');
  return id;
}
