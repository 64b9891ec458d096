import { randomUUID } from 'node:crypto';
import type { Asker, IntentOf } from '../asker.ts';
import { writeAudit } from '../convening/audit.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Reader } from '../store/database.ts';
import { dayOf, daysAfter, mondayOf } from '../time/days.ts';
import { readCohortPrompt } from './answers.ts';
import * as say from './cohort-prompt-messages.ts';
import { type CohortPrompt, cohortPromptIn, cohortPromptRows } from './cohort-prompt-rows.ts';
import { cohortOptions } from './cohorts.ts';
import { holdCalendar, planLater, replan } from './planning.ts';
import { readBreaks } from './reading.ts';
import { isOff } from './rules.ts';

/** For how many days a prompt is still listed after its day. */
const listedDays = 28;

export async function showCohortPrompts(core: Core, { member }: Asker): Promise<Reply> {
  const today = dayOf(core.clock.now(), member.zone);
  const set = await cohortPromptRows(core.db)
    .select(({ selectFrom }) =>
      selectFrom('prompts')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('prompts.cohort_prompt_id', '=', 'cohort_prompts.id')
        .as('sent'),
    )
    .where('cohort_prompts.on_day', '>=', daysAfter(today, -listedDays))
    .orderBy('cohort_prompts.on_day')
    .orderBy('cohorts.name')
    .execute();
  return { kind: 'page', page: say.cohortPromptsPage(set.map((one) => ({ ...one, sent: Number(one.sent) }))) };
}

/** @throws Refusal where there is no cohort to ask */
export async function openCohortPrompt(core: Core): Promise<Reply> {
  const cohorts = await cohortOptions(core.db);
  if (cohorts.length === 0) throw new Refusal(say.refusals.noCohorts);
  return { kind: 'form', form: say.cohortPromptForm(cohorts) };
}

/**
 * Sets what a cohort is asked on a day, in place of that week's prompt.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function setCohortPrompt(
  core: Core,
  { member }: Asker,
  answers: Extract<IntentOf<'calendar'>, { kind: 'calendar.cohort-prompt' }>,
): Promise<Reply> {
  const now = core.clock.now();
  const done = await core.db.transaction().execute(async (tx) => {
    await holdCalendar(tx, 'to change');
    const cohorts = await cohortOptions(tx);
    const given = readCohortPrompt(
      answers,
      dayOf(now, member.zone),
      cohorts.map(({ value }) => value),
    );
    if ('problems' in given) throw new Refusal(say.problems.some, given.problems);
    const { cohortId, day, wording } = given;
    const week = mondayOf(day);
    if ((await cohortPromptIn(tx, cohortId, week)) !== undefined) {
      throw new Refusal(say.problems.some, [{ field: 'on', text: say.problems.taken }]);
    }
    const id = randomUUID();
    await tx
      .insertInto('cohort_prompts')
      .values({ id, cohort_id: cohortId, on_day: day, week, wording, set_at: now })
      .execute();
    const detail = { cohort: cohortId, day };
    await writeAudit(tx, { by: 'convener', actorId: member.id, action: 'cohort-prompt.set', subject: id, detail }, now);
    const cohort = cohorts.find(({ value }) => value === cohortId)?.label ?? '';
    const set: CohortPrompt = { id, cohort, cohortId, day, week, wording };
    return { leftOut: await replan(tx, await peopleOf(tx, cohortId), now), falls: await fallsOf(tx, set, now), set };
  });
  await planLater(core, done.leftOut);
  return { kind: 'message', message: say.cohortPromptSet(done.set, done.falls) };
}

/**
 * Takes a prompt back before anybody was sent it.
 *
 * @throws Refusal when it is no longer there, or was sent
 */
export async function dropCohortPrompt(core: Core, { member }: Asker, id: string): Promise<Reply> {
  const now = core.clock.now();
  const found = await cohortPromptRows(core.db).where('cohort_prompts.id', '=', id).executeTakeFirst();
  if (found === undefined) throw new Refusal(say.refusals.gone);
  const leftOut = await core.db.transaction().execute(async (tx) => {
    // Of two who take it back at once, one finds it gone; and whoever is being sent it has been waited for.
    await holdCalendar(tx, 'to change');
    const sent = await tx.selectFrom('prompts').select('id').where('cohort_prompt_id', '=', id).limit(1).execute();
    if (sent.length > 0) throw new Refusal(say.refusals.sent);
    const { numDeletedRows } = await tx.deleteFrom('cohort_prompts').where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) throw new Refusal(say.refusals.gone);
    const detail = { cohort: found.cohortId, day: found.day };
    const action = 'cohort-prompt.dropped';
    await writeAudit(tx, { by: 'convener', actorId: member.id, action, subject: id, detail }, now);
    return await replan(tx, await peopleOf(tx, found.cohortId), now);
  });
  await planLater(core, leftOut);
  return { kind: 'message', message: say.cohortPromptDropped() };
}

async function peopleOf(db: Reader, cohortId: string): Promise<readonly string[]> {
  const active = db.selectFrom('members').select('id').where('cohort_id', '=', cohortId).where('status', '=', 'active');
  return (await active.execute()).map(({ id }) => id);
}

async function fallsOf(db: Reader, { cohortId, week, day }: CohortPrompt, now: Date): Promise<say.Falls> {
  const people = await db
    .selectFrom('people')
    .leftJoin('prompts', (join) => join.onRef('prompts.member_id', '=', 'people.id').on('prompts.week', '=', week))
    .select(['people.nation', 'people.cohort_id as cohortId', 'prompts.id as had'])
    .where('people.cohort_id', '=', cohortId)
    .where('people.status', '=', 'active')
    .where('people.agrees_to_prompts', '=', true)
    .execute();
  const breaks = await readBreaks(db, now);
  return {
    members: people.length,
    hadAlready: people.filter(({ had }) => had !== null).length,
    isOff: people.some((person) => isOff(day, person, breaks)),
  };
}
