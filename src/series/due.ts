import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { dayOf } from '../time/days.ts';
import { askEnds, askForDropped, chooseFor } from './asking.ts';
import { readDaysOff } from './days-off.ts';
import { holdSeries } from './hold.ts';
import { keepSlots, scheduleNextPlan } from './planning.ts';
import { whyOff } from './slot-rules.ts';
import { findSeries, findSlot } from './slots.ts';

/** What falls due finds what it is about as it stands by then: what was dropped or decided meanwhile stays as it is. */
export async function seriesDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  await holdSeries(tx);
  if (due.kind === 'series.plan') return await plan(core, tx, due.subject);
  if (due.kind === 'series.choose') return await choose(core, tx, due.subject);
  const slot = await findSlot(tx, due.subject);
  if (slot !== undefined) await askEnds(core, tx, slot);
}

async function plan(core: Core, tx: Transaction, seriesId: string): Promise<void> {
  const series = await findSeries(tx, seriesId);
  if (series === undefined) return;
  await keepSlots(core, tx, series);
  await askForDropped(core, tx);
  await scheduleNextPlan(tx, core.clock.now(), series);
}

async function choose(core: Core, tx: Transaction, slotId: string): Promise<void> {
  const slot = await findSlot(tx, slotId);
  if (slot?.state !== 'open') return;
  const series = await findSeries(tx, slot.seriesId);
  if (series === undefined) return;
  // A break may have been set since the slots were looked at.
  const day = dayOf(slot.startsAt, series.zone);
  if (whyOff(day, await readDaysOff(tx, core.clock.now())) === undefined) await chooseFor(core, tx, slot);
  else await tx.deleteFrom('series_slots').where('id', '=', slotId).execute();
}
