import { randomUUID } from 'node:crypto';
import type { Due } from '../agenda/model.ts';
import { whyOfCohort } from '../calendar/cohort-prompt-messages.ts';
import { type CohortPrompt, cohortPromptIn } from '../calendar/cohort-prompt-rows.ts';
import { holdCalendar, planPrompt } from '../calendar/planning.ts';
import { readCalendar } from '../calendar/reading.ts';
import { mayComeOn } from '../calendar/rules.ts';
import { takesPart } from '../convening/taking-part.ts';
import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf, mondayOf } from '../time/days.ts';
import { choose } from './choosing.ts';
import { followUpDue } from './follow-up.ts';
import { betweenModules, type ReflectionDue } from './model.ts';
import { laterDue } from './prompting.ts';
import { expectAnswer, remindDue } from './reminding.ts';

export async function reflectionDue(core: Core, tx: Transaction, due: Due & { kind: ReflectionDue }): Promise<void> {
  switch (due.kind) {
    case 'reflections.prompt':
      return await promptDue(core, tx, due);
    case 'reflections.later':
      return await laterDue(core, tx, due);
    case 'reflections.remind':
      return await remindDue(core, tx, due);
    case 'reflections.follow-up':
      return await followUpDue(core, tx, due);
  }
}

/**
 * Sends this week's prompt, and puts the next one on the agenda. What comes late, because we were down, is the prompt of
 * the week in which it comes: no week is made up, and none gets two. Nothing is chosen for those who would not be sent
 * it: they paused, or their council takes no part.
 */
async function promptDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const member = await findMember(tx, due.subject);
  if (member?.status !== 'active' || !member.agreesToPrompts) return;
  await holdCalendar(tx, 'to plan');
  const today = dayOf(now, member.zone);
  if (!mayComeOn(today, member, await readCalendar(tx, now))) await putBack(tx, due);
  else if (!isPaused(member, 'prompts', now) && (await takesPart(tx, member.councilId)))
    await send(core, tx, member, mondayOf(today));
  await planPrompt(tx, member.id, now);
}

/** Not now after all: it stands on the agenda as before, to be put where it belongs. */
async function putBack(tx: Transaction, { kind, subject, at }: Due): Promise<void> {
  const row = tx.updateTable('agenda').set({ done_at: null }).where('kind', '=', kind).where('subject', '=', subject);
  await row.where('due_at', '=', at).execute();
}

async function send(core: Core, tx: Transaction, member: Member, week: string): Promise<void> {
  const now = core.clock.now();
  const own = await cohortPromptIn(tx, member.cohortId, week);
  const prompt = own === undefined ? await choose(core, tx, member) : promptOfCohort(own, member);
  const id = randomUUID();
  const row = await tx
    .insertInto('prompts')
    .values({ id, member_id: member.id, week, ...prompt, sent_at: now })
    .onConflict((conflict) => conflict.columns(['member_id', 'week']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return;
  await post(tx, now, [
    { key: `reflections.prompt:${id}`, kind: 'reflections.prompt', subject: id, memberId: member.id },
  ]);
  await expectAnswer(core, tx, member, id);
}

/** As its row is written. It stands beside the frameworks, under {@link betweenModules}. */
function promptOfCohort({ id, wording }: CohortPrompt, { cohort }: Member) {
  return {
    framework: betweenModules,
    framework_version: 1,
    theme: betweenModules,
    stage: betweenModules,
    prompt: id,
    wording,
    why: whyOfCohort(cohort),
    cohort_prompt_id: id,
  };
}
