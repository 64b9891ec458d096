import { setTimeout as pause } from 'node:timers/promises';
import type { Core } from '../core.ts';
import type { SetClock } from '../time/clock.ts';

/** The part of the job room that the demonstration drives: one look at the agenda and the outbox. */
export interface Carrying {
  sweep(): Promise<void>;
}

const pollMs = 5;
/** A quiet that does not come is a fault to be shown, not waited for. */
const patienceMs = 120_000;

/**
 * Moves the clock to `target`, stopping at each moment at which something falls due on the way, until all of it has
 * been done and sent: what months of running would do, in seconds.
 *
 * @param onProgress told the clock's time at each stop
 */
export async function moveClock(
  core: Core,
  clock: SetClock,
  jobs: Carrying,
  target: Date,
  onProgress: (now: Date) => void,
): Promise<void> {
  for (;;) {
    await settle(core, jobs);
    const next = await nextMoment(core, clock.now());
    if (next === undefined || next > target) break;
    clock.set(next);
    onProgress(next);
  }
  clock.set(target);
  await settle(core, jobs);
}

/** Resolves when nothing that is due remains undone, unsent or under way. */
export async function settle(core: Core, jobs: Carrying): Promise<void> {
  const patience = AbortSignal.timeout(patienceMs);
  while (await isBusy(core)) {
    if (patience.aborted) throw new Error('The demonstration waited two minutes for its jobs to finish.');
    await jobs.sweep();
    await pause(pollMs);
  }
}

async function isBusy(core: Core): Promise<boolean> {
  const now = core.clock.now();
  const due = await core.db
    .selectFrom('agenda')
    .select('id')
    .where('done_at', 'is', null)
    .where('due_at', '<=', now)
    .limit(1)
    .execute();
  if (due.length > 0) return true;
  const open = await core.db
    .selectFrom('deliveries')
    .select('id')
    .where((or) =>
      or.or([or('status', '=', 'sending'), or.and([or('status', '=', 'pending'), or('not_before', '<=', now)])]),
    )
    .limit(1)
    .execute();
  return open.length > 0;
}

/** When something next falls due or may next be sent; `undefined` when nothing ever will. */
async function nextMoment(core: Core, now: Date): Promise<Date | undefined> {
  const due = await core.db
    .selectFrom('agenda')
    .select((select) => select.fn.min('due_at').as('at'))
    .where('done_at', 'is', null)
    .where('due_at', '>', now)
    .executeTakeFirst();
  const pending = await core.db
    .selectFrom('deliveries')
    .select((select) => select.fn.min('not_before').as('at'))
    .where('status', '=', 'pending')
    .where('not_before', '>', now)
    .executeTakeFirst();
  const moments = [due?.at, pending?.at].filter((moment) => moment instanceof Date);
  return moments.toSorted((a, b) => a.getTime() - b.getTime())[0];
}
