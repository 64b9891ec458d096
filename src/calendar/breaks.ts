import { randomUUID } from 'node:crypto';
import type { Asker, IntentOf } from '../asker.ts';
import { writeAudit } from '../convening/audit.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Reader } from '../store/database.ts';
import { dayOf } from '../time/days.ts';
import { readBreak } from './answers.ts';
import * as say from './break-messages.ts';
import { cohortOptions } from './cohorts.ts';
import type { NamedBreak } from './model.ts';
import { holdCalendar, planLater } from './planning.ts';
import { moveEverything } from './service.ts';

function breakRows(db: Reader) {
  return db
    .selectFrom('breaks')
    .leftJoin('cohorts', 'cohorts.id', 'breaks.cohort_id')
    .select(({ fn, val }) => [
      'breaks.id',
      'breaks.sort',
      'breaks.name',
      'breaks.first_day as first',
      'breaks.last_day as last',
      'breaks.nation',
      'breaks.cohort_id as cohortId',
      fn.coalesce('cohorts.name', val('')).as('cohort'),
    ]);
}

/** The breaks that are not over, the next one first. */
export async function showBreaks(core: Core, { member }: Asker): Promise<Reply> {
  const today = dayOf(core.clock.now(), member.zone);
  const breaks = await breakRows(core.db)
    .where('breaks.last_day', '>=', today)
    .orderBy('breaks.first_day')
    .orderBy('breaks.name')
    .execute();
  return { kind: 'page', page: say.breaksPage(breaks) };
}

export async function openBreak(core: Core): Promise<Reply> {
  return { kind: 'form', form: say.breakForm(await cohortOptions(core.db)) };
}

/**
 * Puts a break into the calendar, and moves what was planned for its days.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function setBreak(
  core: Core,
  { member }: Asker,
  answers: Extract<IntentOf<'calendar'>, { kind: 'calendar.break' }>,
): Promise<Reply> {
  const now = core.clock.now();
  const done = await core.db.transaction().execute(async (tx) => {
    await holdCalendar(tx, 'to change');
    const cohorts = await cohortOptions(tx);
    const given = readBreak(
      answers,
      dayOf(now, member.zone),
      cohorts.map(({ value }) => value),
    );
    if ('problems' in given) throw new Refusal(say.problems.some, given.problems);
    const { name, sort, first, last, nation, cohortId } = given;
    const id = randomUUID();
    await tx
      .insertInto('breaks')
      .values({ id, sort, name, first_day: first, last_day: last, nation, cohort_id: cohortId })
      .execute();
    const detail = { sort, first, last, nation, cohort: cohortId ?? '' };
    await writeAudit(tx, { by: 'convener', actorId: member.id, action: 'break.made', subject: id, detail }, now);
    const { leftOut } = await moveEverything(tx, now);
    const cohort = cohorts.find(({ value }) => value === cohortId)?.label ?? '';
    return { leftOut, message: say.breakSet({ id, ...given, cohort }, await askedIn(tx, given)) };
  });
  await planLater(core, done.leftOut);
  return { kind: 'message', message: done.message };
}

/** How many prompts between modules are set for days of a break. */
async function askedIn(
  db: Reader,
  { first, last, cohortId }: Pick<NamedBreak, 'first' | 'last' | 'cohortId'>,
): Promise<number> {
  const inside = db
    .selectFrom('cohort_prompts')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('on_day', '>=', first)
    .where('on_day', '<=', last);
  const found = await (cohortId === null ? inside : inside.where('cohort_id', '=', cohortId)).executeTakeFirstOrThrow();
  return Number(found.count);
}

/**
 * Takes a break out of the calendar. Prompts of the days that passed are not made up.
 *
 * @throws Refusal when it is no longer there
 */
export async function endBreak(core: Core, { member }: Asker, id: string): Promise<Reply> {
  const now = core.clock.now();
  const { leftOut } = await core.db.transaction().execute(async (tx) => {
    await holdCalendar(tx, 'to change');
    const ended = await breakRows(tx).where('breaks.id', '=', id).executeTakeFirst();
    if (ended === undefined) throw new Refusal(say.refusals.gone);
    await tx.deleteFrom('breaks').where('id', '=', id).execute();
    const detail = { sort: ended.sort, first: ended.first, last: ended.last };
    await writeAudit(tx, { by: 'convener', actorId: member.id, action: 'break.ended', subject: id, detail }, now);
    return await moveEverything(tx, now);
  });
  await planLater(core, leftOut);
  return { kind: 'message', message: say.breakEnded() };
}
