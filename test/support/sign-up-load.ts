import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { readSeats, type SeatRow } from '../../src/conversations/seats.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { ask, textOf } from './people.ts';

/*
 * Many people who sign up at once, and what that costs.
 */

export interface Load {
  readonly people: number;
  readonly conversations: number;
  /** How many are asking at any moment, each by a connection of their own. */
  readonly connections: number;
}

export interface Figures {
  readonly perSecond: number;
  /** Of one sign-up, in milliseconds, from asking until the answer. */
  readonly median: number;
  readonly p99: number;
  /** How many connections waited for a lock, as looked at every few milliseconds: the mean, and the most. */
  readonly meanWaiting: number;
  readonly mostWaiting: number;
  readonly deadlocks: number;
  /** What is wrong afterwards; nothing, it is hoped. */
  readonly faults: readonly string[];
}

const capacity = 8;
const perCouncil = 2;
const councils = 40;

/** Members who joined, of forty councils, each with an account on the web. */
export async function addCrowd(core: Core, count: number): Promise<readonly Member[]> {
  const now = core.clock.now();
  const councilIds = Array.from({ length: councils }, () => randomUUID());
  await core.db
    .insertInto('councils')
    .values(councilIds.map((id) => ({ id, name: `Council ${id}`, type: 'Metropolitan district', nation: 'England' })))
    .execute();
  const ids = Array.from({ length: count }, () => randomUUID());
  const joined = { permission: 'member', status: 'active', joined_at: now, level: 'director' } as const;
  const members = ids.map((id, index) => ({
    ...{ id, council_id: councilIds[index % councils] ?? '', name: `Person ${index}`, email: `${id}@council.example` },
    ...{ role: 'Director of Place', cohort_id: null, cohort_since: null, zone: 'Europe/London' },
    ...joined,
  }));
  await core.db.insertInto('members').values(members).execute();
  const onWeb = { platform: 'web', space: '', address: '{}', seen_at: now } as const;
  const accounts = ids.map((id) => ({ id: randomUUID(), member_id: id, platform_user: id, ...onWeb }));
  await core.db.insertInto('accounts').values(accounts).execute();
  return await Promise.all(ids.map((id) => mustFind(core, id)));
}

async function mustFind(core: Core, id: string): Promise<Member> {
  const member = await findMember(core.db, id);
  if (member === undefined) throw new Error('The member was not stored');
  return member;
}

async function addConversations(core: Core, hostId: string, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const startsAt = new Date(core.clock.now().getTime() + 14 * 86_400_000);
  const rows = ids.map((id) => ({
    ...{
      id,
      host_id: hostId,
      theme: 'collective-leadership/inclusive-leadership',
      title: 'Making room',
      about: 'Who?',
    },
    ...{ zone: 'Europe/London', minutes: 60, link: 'https://meet.example/room', created_at: core.clock.now() },
    ...{ starts_at: startsAt, capacity, per_council: perCouncil },
  }));
  await core.db.insertInto('conversations').values(rows).execute();
  return ids;
}

/** Each of these people signs up for one conversation, spread over all of them, as fast as the connections go. */
export async function signUpAll(
  core: Core,
  connection: pg.PoolConfig,
  [host, ...people]: readonly Member[],
  load: Load,
): Promise<Figures> {
  if (host === undefined) throw new Error('There is no host');
  const ids = await addConversations(core, host.id, load.conversations);
  const asked = people.slice(0, load.people).map((member, index) => ({ member, id: ids[index % ids.length] ?? '' }));
  const pools = Array.from({ length: load.connections }, () => new pg.Pool({ ...connection, max: 1 }));
  const cores = pools.map((pool) => ({ ...core, db: openDatabase(pool) }));
  await Promise.all(cores.map(({ db }) => sql`select 1`.execute(db)));
  const before = await deadlocksIn(core.db);
  const watch = watchLocks(core.db);
  const latencies: number[] = [];
  const answers = new Map<string, string>();
  const queue = asked.values();
  const began = performance.now();
  await Promise.all(
    cores.map(async (own) => {
      for (const { member, id } of queue) {
        const from = performance.now();
        const reply = await ask(own, member, { kind: 'conversations.sign-up', conversation: id });
        latencies.push(performance.now() - from);
        answers.set(member.id, textOf(reply));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const waiting = await watch.end();
  for (const pool of pools) await pool.end();
  const faults = await Promise.all(ids.map((id) => faultsOf(core, id, answers)));
  const seats = await core.db.selectFrom('seats').select('member_id').where('conversation_id', 'in', ids).execute();
  return {
    ...{ perSecond: asked.length / seconds, median: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
    ...{ meanWaiting: waiting.mean, mostWaiting: waiting.most, deadlocks: (await deadlocksIn(core.db)) - before },
    faults: [
      ...faults.flat(),
      ...(seats.length === asked.length ? [] : [`${asked.length - seats.length} are missing`]),
    ],
  };
}

/** Looks at who waits for a lock until it is ended. */
function watchLocks(db: Database): { end(): Promise<{ readonly mean: number; readonly most: number }> } {
  const seen: number[] = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from pg_stat_activity
         where wait_event_type = 'Lock' and datname = current_database()`.execute(db);
      seen.push(rows[0]?.waiting ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  return {
    async end() {
      isOver = true;
      await looking;
      const sum = seen.reduce((total, waiting) => total + waiting, 0);
      return { mean: sum / Math.max(1, seen.length), most: Math.max(0, ...seen) };
    },
  };
}

async function deadlocksIn(db: Database): Promise<number> {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks::int from pg_stat_database where datname = current_database()`.execute(db);
  return rows[0]?.deadlocks ?? 0;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Overfilled, somebody passed, or an answer that was not what holds. */
async function faultsOf(core: Core, id: string, answers: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const seats = await readSeats(core.db, id);
  const faults: string[] = [];
  const seated = seats.filter(({ state }) => state === 'seated').length;
  if (seated > capacity) faults.push(`${seated} have one of ${capacity} seats`);
  const passed = seats.filter(({ state, councilId }) => state === 'waiting' && hasRoom(seats, councilId));
  if (seated < capacity && passed.length > 0) faults.push(`${passed.length} wait beside a free seat`);
  for (const [council, theirs] of Map.groupBy(seats, ({ councilId }) => councilId)) {
    if (theirs.filter(({ state }) => state === 'seated').length > perCouncil) faults.push(`too many of ${council}`);
  }
  let position = 0;
  for (const { memberId, state } of seats) {
    const words = state === 'seated' ? 'You have a seat: ' : `You are number ${++position} on the waiting list: `;
    if (!(answers.get(memberId) ?? '').includes(words)) faults.push(`an answer was not “${words.trim()}”`);
  }
  return faults;
}

function hasRoom(seats: readonly SeatRow[], councilId: string): boolean {
  return seats.filter((seat) => seat.state === 'seated' && seat.councilId === councilId).length < perCouncil;
}
