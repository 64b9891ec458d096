import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { dayOf, daysAfter, mondayOf } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import { isWorkingDay, readDaysOff } from './days-off.ts';
import type { Series } from './model.ts';
import { choosingMoment, slotsAhead } from './slot-rules.ts';
import { slotRows } from './slots.ts';

/** On the clock of the series: nobody is written to by it. */
const planningHour = 3;

/**
 * Keeps the slots of the weeks ahead as the series and the calendar have them now. Only those that are open are moved
 * or dropped; a week in which a host is asked, or was found or not, gets no other. To be called with the series held.
 */
export async function keepSlots(core: Core, tx: Transaction, series: Series): Promise<void> {
  const now = core.clock.now();
  const daysOff = await readDaysOff(tx, now);
  const standing = await slotRows(tx).where('series_id', '=', series.id).where('starts_at', '>', now).execute();
  const weekOf = (moment: Date) => mondayOf(dayOf(moment, series.zone));
  const settled = new Set(standing.filter(({ state }) => state !== 'open').map(({ startsAt }) => weekOf(startsAt)));
  const planned = slotsAhead(series, daysOff, now)
    .filter(({ startsAt, off }) => off === undefined && !settled.has(weekOf(startsAt)))
    .map(({ startsAt }) => startsAt);
  const isAt = (moments: readonly Date[], moment: Date) => moments.some((one) => one.getTime() === moment.getTime());
  const gone = standing.filter(({ state, startsAt }) => state === 'open' && !isAt(planned, startsAt));
  for (const { id } of gone) await tx.deleteFrom('series_slots').where('id', '=', id).execute();
  const kept = standing.map(({ startsAt }) => startsAt);
  for (const startsAt of planned.filter((moment) => !isAt(kept, moment))) {
    const at = choosingMoment(startsAt, series.zone, (day) => isWorkingDay(day, daysOff));
    await addSlot(tx, series.id, startsAt, at);
  }
}

async function addSlot(tx: Transaction, seriesId: string, startsAt: Date, chosenAt: Date): Promise<void> {
  const id = randomUUID();
  await tx
    .insertInto('series_slots')
    .values({ id, series_id: seriesId, starts_at: startsAt, state: 'open', topic_id: null, conversation_id: null })
    .execute();
  await schedule(tx, [{ key: `series.choose:${id}`, kind: 'series.choose', subject: id, at: chosenAt }]);
}

/** The calendar changes, and the weeks go by: its slots are looked at again each night. */
export async function scheduleNextPlan(tx: Transaction, now: Date, { id, zone }: Series): Promise<void> {
  const day = daysAfter(dayOf(now, zone), 1);
  const at = momentOn(day, planningHour, zone);
  await schedule(tx, [{ key: `series.plan:${id}:${day}`, kind: 'series.plan', subject: id, at }]);
}
