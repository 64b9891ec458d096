import { sql } from 'kysely';
import type { Core } from '../core.ts';
import type { Database, Transaction } from '../store/database.ts';
import { writeLaneTimes } from './lane-times.ts';
import { streamsBeside } from './lanes.ts';
import { type Plan, planDispatch } from './pace.ts';
import type { Outbounds } from './route.ts';
import { assignStreams } from './streams.ts';
import { type Candidate, readTraffic, readWaiting, waitingStreams } from './traffic.ts';

/** A delivery on its way to the queue; each attempt has its own job. */
export interface Dispatch {
  readonly id: string;
  readonly attempt: number;
}

export interface Taken {
  readonly dispatches: readonly Dispatch[];
  /** Whether there may be more to take at once. */
  readonly more: boolean;
  /** In how many milliseconds more may go; `undefined` when nothing is known of. */
  readonly nextInMs: number | undefined;
}

/** One relay plans at a time, in all processes together: two at once would each use up the same pace. */
const planningLock = 'colloquy_planning';
/** Soon after, another process has ended its plan, or a use case its transaction. */
const soonMs = 50;
/** How many deliveries are given their place in line at a time. */
const assignedAtOnce = 2_000;

/**
 * Takes what may go now, at each platform's pace and fairly between workspaces, and marks it as queued. One whose job
 * was lost (Redis emptied, say) is taken again after `leaseMs`.
 */
export async function takeForQueue(core: Core, outbounds: Outbounds, leaseMs: number): Promise<Taken> {
  const now = core.clock.now();
  const paces = new Map([...outbounds].map(([platform, { pace }]) => [platform, pace]));
  return await core.db.transaction().execute(async (tx) => {
    if (!(await lockPlanning(tx))) return { dispatches: [], more: false, nextInMs: soonMs };
    const assigned = await assignStreams(tx, outbounds, now, assignedAtOnce);
    const traffic = await readTraffic(tx, now, leaseMs, paces);
    const streams = await waitingStreams(tx);
    const waiting = await readWaiting(tx, traffic, leaseMs, streams);
    const plan = planDispatch(traffic, streams, waiting);
    await writeLaneTimes(tx, plan.freeAt);
    const dispatches = await markQueued(tx, now, plan.go);
    const isHeldUp = dispatches.length < plan.go.length;
    const nextInMs = isHeldUp ? soonMs : await untilNext(tx, now, plan);
    return { dispatches, more: assigned === assignedAtOnce, nextInMs };
  });
}

async function lockPlanning(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtext(${planningLock})) as locked`.execute(tx);
  return rows[0]?.locked === true;
}

/** A row that a use case has locked just now is left for the next plan: waiting for it would hold up everybody's. */
async function markQueued(tx: Transaction, now: Date, go: readonly Candidate[]): Promise<readonly Dispatch[]> {
  if (go.length === 0) return [];
  const ids = go.map(({ id }) => id);
  const free = tx
    .selectFrom('deliveries')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .forUpdate()
    .skipLocked();
  const rows = await tx
    .updateTable('deliveries')
    .set({ queued_at: now })
    .where('id', 'in', free)
    .returning('id')
    .execute();
  const queued = new Set(rows.map(({ id }) => id));
  return go.flatMap(({ id, attempt }) => (queued.has(id) ? [{ id, attempt }] : []));
}

/** By the lanes' times, or because a delivery's own time comes. */
async function untilNext(tx: Transaction, now: Date, plan: Plan<Candidate>): Promise<number | undefined> {
  const due = await tx
    .selectFrom('deliveries')
    .select((select) => select.fn.min('not_before').as('at'))
    .where('status', '=', 'pending')
    .where('not_before', '>', now)
    .executeTakeFirst();
  const times = [plan.next, due?.at].flatMap((time) => (time instanceof Date ? [time.getTime()] : []));
  return times.length === 0 ? undefined : Math.min(...times) - now.getTime();
}

/** Undoes {@link takeForQueue} for deliveries that could not be put into the queue; the pace they used up is lost. */
export async function putBack(db: Database, dispatches: readonly Dispatch[]): Promise<void> {
  if (dispatches.length === 0) return;
  const ids = dispatches.map(({ id }) => id);
  await db
    .updateTable('deliveries')
    .set({ queued_at: null })
    .where('id', 'in', ids)
    .where('status', '=', 'pending')
    .execute();
}

/**
 * Whether another delivery waits in the lane of this one, which has just ended: it may have waited for that. One that is
 * no longer there went with its room, and nobody knows in which lane it was: then it may be so.
 */
export async function moreWaits(core: Core, deliveryId: string): Promise<boolean> {
  const done = await core.db.selectFrom('deliveries').select('stream').where('id', '=', deliveryId).executeTakeFirst();
  if (done === undefined) return true;
  if (done.stream === null) return false;
  // By the index on streams, however much waits elsewhere.
  const next = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where('stream', 'in', streamsBeside(done.stream))
    .where('status', '=', 'pending')
    .where('queued_at', 'is', null)
    .where('not_before', '<=', core.clock.now())
    .limit(1)
    .executeTakeFirst();
  return next !== undefined;
}
