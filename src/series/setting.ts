import { randomUUID } from 'node:crypto';
import { writeAudit } from '../convening/audit.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { dayOf } from '../time/days.ts';
import { readSeries } from './answers.ts';
import { readDaysOff } from './days-off.ts';
import { holdSeries } from './hold.ts';
import type { Series } from './model.ts';
import { keepSlots, scheduleNextPlan } from './planning.ts';
import * as say from './series-messages.ts';
import { slotsAhead } from './slot-rules.ts';
import { findSeries, readAllSeries } from './slots.ts';

/** All series with their next dates: those that are left out, and why, too. */
export async function showAll(core: Core): Promise<Reply> {
  const shown: say.ShownSeries[] = [];
  for (const series of await readAllSeries(core.db)) shown.push(await show(core, core.db, series));
  return { kind: 'page', page: say.seriesPage(shown) };
}

/** @param id `new` for one to be made. @throws Refusal for one that has ended */
export async function openSeries(core: Core, id: string): Promise<Reply> {
  const { zone } = await readSettings(core.db);
  const series = id === 'new' ? undefined : await mustFind(core.db, id);
  return { kind: 'form', form: say.seriesForm(series, zone, dayOf(core.clock.now(), zone)) };
}

/**
 * Makes a series, or changes one and moves its open slots.
 *
 * @throws Refusal with a problem for each answer that needs changing, and for a name that another has
 */
export async function setSeries(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'series.series' }>,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await holdSeries(tx);
    const now = core.clock.now();
    const present = answers.series === 'new' ? undefined : await mustFind(tx, answers.series);
    const zone = present?.zone ?? (await readSettings(tx)).zone;
    const read = readSeries(answers, dayOf(now, zone), present);
    if ('problems' in read) throw new Refusal(say.problems.some, read.problems);
    const series = { ...read, zone, id: present?.id ?? randomUUID() };
    await mustHaveOwnName(tx, series);
    await store(tx, now, series);
    const audited = {
      by: 'convener',
      actorId: member.id,
      action: 'series.set',
      subject: series.id,
      detail: {},
    } as const;
    await writeAudit(tx, audited, now);
    await keepSlots(core, tx, series);
    if (present === undefined) await scheduleNextPlan(tx, now, series);
    return { kind: 'message', message: say.seriesSet(await show(core, tx, series)) };
  });
}

/** So that a form that is sent twice makes one series. */
async function mustHaveOwnName(tx: Transaction, { id, name }: Series): Promise<void> {
  const others = (await readAllSeries(tx)).filter((other) => other.id !== id);
  if (!others.some((other) => other.name.toLowerCase() === name.toLowerCase())) return;
  throw new Refusal(say.problems.some, [{ field: 'name', text: say.problems.nameTaken }]);
}

async function store(tx: Transaction, now: Date, series: Series): Promise<void> {
  const { id, name, weekday, at, zone, minutes, capacity, link, place } = series;
  const row = { name, weekday, at, zone, minutes, capacity, link, place };
  const rhythm = { every_weeks: series.everyWeeks, first_day: series.firstDay, per_council: series.perCouncil };
  await tx
    .insertInto('series')
    .values({ id, ...row, ...rhythm, created_at: now, ended_at: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, ...rhythm }))
    .execute();
}

/** Nobody is asked any more, and what is not announced is dropped. What is announced, or waits for a convener, stays. */
export async function endSeries(core: Core, member: Member, id: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await holdSeries(tx);
    const now = core.clock.now();
    const series = await mustFind(tx, id);
    await tx.updateTable('series').set({ ended_at: now }).where('id', '=', id).execute();
    await tx.deleteFrom('series_slots').where('series_id', '=', id).where('state', 'in', ['open', 'asking']).execute();
    const audited = { by: 'convener', actorId: member.id, action: 'series.ended', subject: id, detail: {} } as const;
    await writeAudit(tx, audited, now);
    return { kind: 'message', message: say.seriesEnded(series.name) };
  });
}

async function mustFind(db: Reader, id: string): Promise<Series> {
  const series = await findSeries(db, id);
  if (series === undefined) throw new Refusal(say.refusals.gone);
  return series;
}

async function show(core: Core, db: Reader, series: Series): Promise<say.ShownSeries> {
  const now = core.clock.now();
  const slots = await db
    .selectFrom('series_slots')
    .leftJoin('topics', 'topics.id', 'series_slots.topic_id')
    .select(['series_slots.starts_at as startsAt', 'series_slots.state', 'topics.title'])
    .where('series_slots.series_id', '=', series.id)
    .where('series_slots.starts_at', '>', now)
    .execute();
  const standing = slots.map(({ title, ...slot }) => ({ kind: 'slot', ...slot, topic: title ?? '' }) as const);
  const off = slotsAhead(series, await readDaysOff(db, now), now).flatMap((planned) =>
    planned.off === undefined ? [] : [{ kind: 'off', planned, why: planned.off } as const],
  );
  const isStanding = (moment: Date) => slots.some(({ startsAt }) => startsAt.getTime() === moment.getTime());
  const dates = [...standing, ...off.filter(({ planned }) => !isStanding(planned.startsAt))];
  return { series, dates: dates.toSorted((a, b) => momentOf(a).getTime() - momentOf(b).getTime()) };
}

function momentOf(date: say.ShownDate): Date {
  return date.kind === 'slot' ? date.startsAt : date.planned.startsAt;
}
