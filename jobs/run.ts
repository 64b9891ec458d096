import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Core } from '../src/core.ts';
import { reconcile } from '../src/delivery/reconcile.ts';
import type { Outbounds } from '../src/delivery/route.ts';
import type { Log } from '../src/log.ts';
import { outboxChannel } from '../src/store/outbox.ts';
import { createAlarm } from './alarm.ts';
import { performAppointment, performDelivery } from './handlers.ts';
import { listen } from './listen.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Carrier, type Counts, openCarrier } from './queue.ts';
import { relay } from './relay.ts';
import { queueDue, tidy } from './sweep.ts';
import { createTrouble } from './trouble.ts';

export interface JobsOptions {
  readonly carrier: Carrier;
  /** Where the core's database is: to hear at once what is posted. */
  readonly database: pg.PoolConfig;
  readonly sweepEveryMs: number;
  /** How many deliveries are sent at once here. Most of their time they wait for platforms, some of which may hang. */
  readonly concurrency: number;
}

/** These work on the database, which answers no faster for being asked more at once. */
const agendaAtOnce = 10;

export interface Jobs {
  /**
   * Does one sweep and relay now, and resolves when all it found is queued.
   *
   * @throws whatever the queue or the database threw; the next sweep finds the same again
   */
  sweep(): Promise<void>;
  /** Waits for running jobs to finish, then closes everything. */
  close(): Promise<void>;
  /** How many jobs each queue holds, by state. Rejects while the queue cannot be reached. */
  counts(): Promise<Readonly<Record<string, Counts>>>;
}

/**
 * Starts to carry out what falls due and what is posted. Safe in any number of processes at once.
 *
 * @throws when the database cannot be reached; a Redis that is away is waited for, and the log says so
 */
export async function startJobs(core: Core, outbounds: Outbounds, options: JobsOptions, log: Log): Promise<Jobs> {
  const trouble = createTrouble(log);
  const carriage = await openCarrier(options.carrier, log, trouble);
  const [agenda, deliveries] = await Promise.all([carriage.openQueue('agenda'), carriage.openQueue('deliveries')]);
  const stop = new AbortController();

  const wake = (): void => {
    if (!stop.signal.aborted) void relaying.run().catch(trouble.note);
  };
  const alarm = createAlarm(wake, options.sweepEveryMs);
  const relaying = oneAtATime(async () => alarm.set(await relay(core, outbounds, deliveries)));
  const reconciling = oneAtATime(async () => {
    const decided = await reconcile(core, outbounds);
    if (decided > 0 && !stop.signal.aborted) await relaying.run();
  });
  const sweeping = oneAtATime(async () => {
    await Promise.all([agenda.forgetFailed(), deliveries.forgetFailed()]);
    await queueDue(core, agenda);
    await relaying.run();
    await tidy(core);
    trouble.well();
    // Not waited for: it asks platforms, which may take their time.
    void reconciling.run().catch((err) => log.error({ err }, 'Deliveries that were cut off could not be decided'));
  });

  await carriage.startWorker('agenda', Math.min(options.concurrency, agendaAtOnce), performAppointment(core));
  await carriage.startWorker('deliveries', options.concurrency, performDelivery(core, outbounds, wake));
  const listener = await listen(options.database, outboxChannel, wake, trouble);
  const sweep = (): Promise<void> => sweeping.run().catch((err) => log.error({ err }, 'A sweep failed'));
  const ticking = tick(options.sweepEveryMs, stop.signal, sweep);

  return {
    sweep: sweeping.run,
    counts: async () => ({ agenda: await agenda.counts(), deliveries: await deliveries.counts() }),
    async close() {
      stop.abort();
      await Promise.all([ticking, listener.close()]);
      await Promise.all([sweeping.idle(), relaying.idle()]);
      alarm.set(undefined);
      await Promise.all([reconciling.idle(), carriage.close()]);
    },
  };
}

/**
 * Now, and then again and again. By a timer of each process and not by the queue's own scheduler: that would be lost
 * together with the queue, and with it what fills the queue again.
 */
async function tick(everyMs: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work();
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}
