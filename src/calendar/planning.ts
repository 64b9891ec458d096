import { sql } from 'kysely';
import type { Core } from '../core.ts';
import { holdWithAgenda } from '../network/hold.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { type PromptReader, promptKey, readCalendar, readReaders } from './reading.ts';
import { promptMoment } from './rules.ts';

/*
 * Where each member's next prompt stands on the agenda. Whoever plans one member holds what is on the agenda for them,
 * then them, and then shares the calendar. Whoever plans many has the calendar alone, and so everybody else who plans
 * waits for them, or has ended: they wait for nobody, because they take only appointments that nobody holds.
 */

/** PostgreSQL takes 65,535 parameters in one statement: https://www.postgresql.org/docs/current/limits.html */
const atOnce = 5_000;

/** Keeps the calendar as it is until the transaction ends; the row of the network stands for all of it. */
export async function holdCalendar(tx: Transaction, use: 'to plan' | 'to change'): Promise<void> {
  const row = tx.selectFrom('network').select('id');
  await (use === 'to plan' ? row.forShare() : row.forNoKeyUpdate()).execute();
}

/**
 * Puts the next prompt of each of these members where it belongs now, whatever it was that moved it, and takes away that
 * of those who get none. What was sent already is not sent again.
 *
 * @returns those for whom somebody else is doing something at this moment: most of those plan them too, see {@link planLater}
 */
export async function replan(
  tx: Transaction,
  who: readonly string[] | 'everybody',
  now: Date,
): Promise<readonly string[]> {
  await holdCalendar(tx, 'to change');
  const free = await standing(tx, who, 'free');
  const readers = await readReaders(tx, who);
  const isFree = ({ id, appointments }: PromptReader) => (free.get(id)?.length ?? 0) === appointments;
  const ready = readers.filter(isFree);
  for (let first = 0; first < ready.length; first += atOnce) {
    await planSome(tx, ready.slice(first, first + atOnce), free, now);
  }
  return readers.filter((reader) => !isFree(reader)).map(({ id }) => id);
}

/** For those whom {@link replan} left out, after its transaction: each is waited for. */
export async function planLater(core: Pick<Core, 'db' | 'clock'>, memberIds: readonly string[]): Promise<void> {
  for (const memberId of memberIds) {
    await core.db.transaction().execute(async (tx) => {
      if (await holdWithAgenda(tx, memberId)) await planPrompt(tx, memberId, core.clock.now());
    });
  }
}

/** For one member who is held already, or whom nobody else can change yet. @returns when their next prompt comes */
export async function planPrompt(tx: Transaction, memberId: string, now: Date): Promise<Date | undefined> {
  await holdCalendar(tx, 'to plan');
  const theirs = await standing(tx, [memberId], 'all');
  const planned = await planSome(tx, await readReaders(tx, [memberId]), theirs, now);
  return planned.get(memberId);
}

async function planSome(
  tx: Transaction,
  readers: readonly PromptReader[],
  before: ReadonlyMap<string, readonly Standing[]>,
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const calendar = await readCalendar(tx, now);
  const appointments = readers
    .filter(({ getsPrompts }) => getsPrompts)
    .map((reader) => {
      const { week, at } = promptMoment(reader, calendar, now);
      return { key: promptKey(reader.id, week), kind: 'reflections.prompt' as const, subject: reader.id, at };
    });
  const present = readers.flatMap(({ id }) => before.get(id) ?? []);
  const moments = new Map(present.map(({ key, due_at }) => [key, due_at.getTime()]));
  const changed = appointments.filter(({ key, at }) => moments.get(key) !== at.getTime());
  await schedule(tx, changed);
  const kept = new Set(appointments.map(({ key }) => key));
  const gone = present.filter(({ key }) => !kept.has(key));
  await takeAway(tx, gone);
  await refreshManyHomes(
    tx,
    now,
    [...changed, ...gone].map(({ subject }) => subject),
  );
  return new Map(appointments.map(({ subject, at }) => [subject, at]));
}

async function takeAway(tx: Transaction, gone: readonly Standing[]): Promise<void> {
  if (gone.length === 0) return;
  await sql`delete from agenda where id = any(${gone.map(({ id }) => id)}::uuid[]) and done_at is null`.execute(tx);
}

interface Standing {
  readonly id: string;
  readonly key: string;
  readonly subject: string;
  readonly due_at: Date;
}

/** What is planned for these members, by member, and held until the transaction ends: all of it, or what is free. */
async function standing(tx: Transaction, who: readonly string[] | 'everybody', which: 'all' | 'free') {
  const theirs = who === 'everybody' ? sql`true` : sql`subject = any(${[...who]})`;
  const wait = which === 'all' ? sql`` : sql`skip locked`;
  const { rows } = await sql<Standing>`
    select id, key, subject, due_at from agenda
     where kind = 'reflections.prompt' and done_at is null and ${theirs}
     order by id for update ${wait}`.execute(tx);
  return Map.groupBy(rows, ({ subject }) => subject);
}
