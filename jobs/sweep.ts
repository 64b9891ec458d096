import { catchUpCards } from '../src/conversations/late-cards.ts';
import type { Core } from '../src/core.ts';
import { forgetChanges } from '../src/delivery/forget-changes.ts';
import { forgetLaneTimes } from '../src/delivery/lane-times.ts';
import { findDue } from '../src/store/agenda.ts';
import { forgetOldEvents } from '../src/store/received.ts';
import { agendaJob } from './catalog.ts';
import type { JobQueue } from './queue.ts';

/** Brings up to date what is late, and forgets what nobody asks for again. */
export async function tidy(core: Core): Promise<void> {
  const now = core.clock.now();
  await catchUpCards(core.db, now);
  await forgetChanges(core.db, now);
  await forgetOldEvents(core.db, now);
  await forgetLaneTimes(core.db, now);
}

const FIRST_LOOK = 500;

/** Agenda → queue: everything that is due and not done, each time again; what the queue holds already it ignores. */
export async function queueDue(core: Core, agenda: JobQueue): Promise<void> {
  const queued = new Set<string>();
  // What is found stays due until its job is done, so to see further is to look wider.
  for (let limit = FIRST_LOOK; ; limit *= 2) {
    const due = await findDue(core.db, core.clock.now(), limit);
    const fresh = due.filter((id) => !queued.has(id));
    await agenda.add(fresh.map(agendaJob));
    if (due.length < limit) return;
    for (const id of fresh) queued.add(id);
  }
}
