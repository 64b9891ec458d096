import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { type Platform, platforms } from './account.ts';
import type { Core } from './core.ts';
import { heldLanes } from './delivery/lane-times.ts';
import { noStream, platformOf } from './delivery/lanes.ts';

/** Counts by queue, then by state. */
export type QueueCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * What the operator watches. Every figure is a count read when asked for: no names, no ids, no words.
 *
 * @param queueCounts rejects while the queues cannot be reached; then their figures are left out, and the rest stand
 */
export function createMetrics(core: Core, queueCounts: () => Promise<QueueCounts>): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'colloquy_deliveries',
    help: 'Messages in the outbox, by status. Any in "failed" need an operator.',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset();
      for (const { status, count } of await deliveriesByStatus(core)) this.set({ status }, count);
    },
  });
  new Gauge({
    name: 'colloquy_deliveries_put_off',
    help: 'Messages that wait because a platform throttles or blocks their workspace, by platform.',
    labelNames: ['platform'],
    registers,
    async collect() {
      this.reset();
      for (const { platform, count } of await deliveriesPutOff(core)) this.set({ platform }, count);
    },
  });
  new Gauge({
    name: 'colloquy_deliveries_given_up_in_doubt',
    help: 'Messages given up because nobody can say whether they arrived, by platform. They were not sent again.',
    labelNames: ['platform'],
    registers,
    async collect() {
      this.reset();
      for (const { platform, count } of await deliveriesInDoubt(core)) this.set({ platform }, count);
    },
  });
  new Gauge({
    name: 'colloquy_lanes_held',
    help: 'Workspaces that are sent nothing for now, because they throttle or block us, by platform.',
    labelNames: ['platform'],
    registers,
    async collect() {
      this.reset();
      for (const { platform, count } of await heldLanes(core.db, core.clock.now())) this.set({ platform }, count);
    },
  });
  new Gauge({
    name: 'colloquy_agenda_overdue_seconds',
    help: 'How long the oldest thing on the agenda has been due and not done.',
    registers,
    async collect() {
      this.set(await overdueSeconds(core));
    },
  });
  new Gauge({
    name: 'colloquy_queue_jobs',
    help: 'Jobs in the queues, by state.',
    labelNames: ['queue', 'state'],
    registers,
    async collect() {
      this.reset();
      const [counts] = await Promise.allSettled([queueCounts()]);
      if (counts.status === 'rejected') return;
      for (const [queue, states] of Object.entries(counts.value)) {
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, count);
      }
    },
  });
  return registry;
}

export async function deliveriesByStatus(
  core: Core,
): Promise<readonly { readonly status: string; readonly count: number }[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select((select) => ['status', select.fn.countAll<string>().as('count')])
    .groupBy('status')
    .orderBy('status')
    .execute();
  return rows.map(({ status, count }) => ({ status, count: Number(count) }));
}

interface PlatformCount {
  readonly platform: Platform;
  readonly count: number;
}

/** Those that a platform would not hear of yet. */
async function deliveriesPutOff(core: Core): Promise<readonly PlatformCount[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select((select) => ['stream', select.fn.countAll<string>().as('count')])
    .where('status', '=', 'pending')
    .where('put_off', '>', 0)
    .where('reason', '<>', '')
    .groupBy('stream')
    .execute();
  return byPlatform(rows);
}

/** Those that were cut off, and that their platform cannot tell us of. */
export async function deliveriesInDoubt(core: Core): Promise<readonly PlatformCount[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select((select) => ['stream', select.fn.countAll<string>().as('count')])
    .where('in_doubt', '=', true)
    .groupBy('stream')
    .execute();
  return byPlatform(rows);
}

interface StreamCount {
  readonly stream: string | null;
  readonly count: string;
}

function byPlatform(rows: readonly StreamCount[]): readonly PlatformCount[] {
  return platforms.map((platform) => {
    const own = rows.filter(({ stream }) => platformOf(stream ?? noStream) === platform);
    return { platform, count: own.reduce((sum, { count }) => sum + Number(count), 0) };
  });
}

export async function overdueSeconds(core: Core): Promise<number> {
  const oldest = await core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst();
  return oldest === undefined ? 0 : Math.max(0, (core.clock.now().getTime() - oldest.due_at.getTime()) / 1000);
}
