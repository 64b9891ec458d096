import { type SelectQueryBuilder, sql } from 'kysely';
import type { Core } from '../core.ts';
import type { Reader, Transaction } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import * as end from './end.ts';
import * as old from './old.ts';
import type { Periods } from './periods.ts';

/** One kind of thing that is kept for a while. */
export interface Kind {
  readonly name: string;
  /** Its setting, or, for what is of no use after it has ended, so many days. */
  readonly period: keyof Periods | number;
  /** How many rows are older. */
  count(db: Reader, before: Date): Promise<number>;
  /** Deletes some of what is older. @returns how many, and whether there may be more */
  end(core: Core, tx: Transaction, before: Date): Promise<Ended>;
}

export interface Ended {
  readonly rows: number;
  readonly more: boolean;
}

type Old<Tables extends keyof Schema> = (
  db: Reader,
  before: Date,
) => SelectQueryBuilder<Schema, Tables, { id: string }>;

interface How {
  /** So many at a time, in one transaction. */
  readonly atOnce?: number;
  end(core: Core, tx: Transaction, ids: readonly string[], before: Date): Promise<void>;
}

/** Nobody who is served waits for longer than it takes to delete so many. */
const rowsAtOnce = 2_000;

function kind<Tables extends keyof Schema>(
  name: string,
  period: Kind['period'],
  find: Old<Tables>,
  { atOnce = rowsAtOnce, end }: How,
): Kind {
  return {
    name,
    period,
    async count(db, before) {
      const { rows } = await db
        .selectFrom(find(db, before).as('old'))
        .select((select) => select.fn.countAll<string>().as('rows'))
        .executeTakeFirstOrThrow();
      return Number(rows);
    },
    async end(core, tx, before) {
      const rows = await find(tx, before).limit(atOnce).execute();
      if (rows.length > 0)
        await end(
          core,
          tx,
          rows.map(({ id }) => id),
          before,
        );
      return { rows: rows.length, more: rows.length === atOnce };
    },
  };
}

/** What a host has not touched for so long is given up. */
const proposalDays = 90;

/** In the order in which they end: what others hang on comes after those. */
export const kinds: readonly Kind[] = [
  kind('Reflections', 'reflections', old.oldReflections, { end: (_, tx, ids) => end.endRows(tx, 'reflections', ids) }),
  kind('Prompts', 'reflections', old.oldPrompts, { end: (_, tx, ids) => end.endRows(tx, 'prompts', ids) }),
  plain('What people took away from conversations', 'reflections', 'takeaways', 'written_at'),
  kind('Conversations', 'conversations', old.oldConversations, {
    atOnce: 200,
    end: (_, tx, ids) => end.endConversations(tx, ids),
  }),
  kind('Topics', 'conversations', old.oldTopics, { end: (_, tx, ids) => end.endRows(tx, 'topics', ids) }),
  kind('Conversations that were never announced', proposalDays, old.oldProposals, {
    end: (_, tx, ids) => end.endProposals(tx, ids),
  }),
  kind('Dates of series, and who was asked to host', 'conversations', old.oldSlots, {
    end: (_, tx, ids) => end.endRows(tx, 'series_slots', ids),
  }),
  plain('Programme events', 'conversations', 'programme_events', 'starts_at'),
  kind('Matches', 'matches', old.oldMatches, { atOnce: 500, end: end.endOldMatches }),
  kind('Rounds', 'matches', old.oldRounds, { end: (_, tx, ids) => end.endRows(tx, 'rounds', ids) }),
  plain('Matches with people who were erased', 'matches', 'past_matches', 'matched_at'),
  kind('Messages', 'messages', old.oldDeliveries, { end: (_, tx, ids) => end.endDeliveries(tx, ids) }),
  kind('What fell due', 'messages', old.oldAppointments, { end: (_, tx, ids) => end.endRows(tx, 'agenda', ids) }),
  kind('Record of what was done', 'audit', old.oldAudit, { end: (_, tx, ids) => end.endRows(tx, 'audit', ids) }),
  kind('Requests to join', 'requests', old.oldJoinRequests, { end: (_, tx, ids) => end.endJoinRequests(tx, ids) }),
  // One at a time: two erasures in one transaction could wait for somebody who waits for them.
  kind('People who never joined, or left', 'people', old.oldPeople, { atOnce: 1, end: end.endPeople }),
  kind('People who have our app and never joined', 'people', old.oldStrangers, {
    end: (_, tx, ids) => end.endRows(tx, 'rooms', ids),
  }),
  kind('Requests to connect an account', 1, old.oldAccountRequests, {
    end: (_, tx, ids) => end.endRows(tx, 'account_requests', ids),
  }),
  plain('Codes to connect an account', 1, 'link_codes', 'expires_at'),
  plain('Wrong codes', 1, 'wrong_codes', 'since'),
  plain('Counts of requests to join', 1, 'join_request_counts', 'since'),
  plain('Browsers signed in', 1, 'web_sessions', 'expires_at'),
  plain('What platforms told us', 2, 'received_events', 'received_at'),
];

/** For what nothing hangs on, and of which there is never much. */
function plain<
  Table extends
    | 'past_matches'
    | 'takeaways'
    | 'programme_events'
    | 'link_codes'
    | 'wrong_codes'
    | 'join_request_counts'
    | 'web_sessions'
    | 'received_events',
>(name: string, period: Kind['period'], table: Table, column: string): Kind {
  const isOld = (before: Date) => sql<boolean>`${sql.ref(column)} < ${before}::timestamptz`;
  return {
    name,
    period,
    async count(db, before) {
      const { rows } = await sql<{ rows: string }>`
        select count(*) as rows from ${sql.table(table)} where ${isOld(before)}`.execute(db);
      return Number(rows[0]?.rows ?? 0);
    },
    async end(_, tx, before) {
      const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${isOld(before)}`.execute(tx);
      return { rows: Number(numAffectedRows ?? 0), more: false };
    },
  };
}

const dayMs = 86_400_000;

/** What is from before this moment is older than its period. */
export function endOfPeriod({ period }: Kind, periods: Periods, now: Date): Date {
  return new Date(now.getTime() - daysOf({ period }, periods) * dayMs);
}

export function daysOf({ period }: Pick<Kind, 'period'>, periods: Periods): number {
  return typeof period === 'number' ? period : periods[period];
}
