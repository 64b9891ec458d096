import type { Due } from '../agenda/model.ts';
import type { IntentOf } from '../asker.ts';
import { readBreaks } from '../calendar/reading.ts';
import { isOff } from '../calendar/rules.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { takeTurn } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { schedule, scheduleAgain, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf } from '../time/days.ts';
import { choose } from './choosing.ts';
import { holdWriter } from './hold.ts';
import { refusals } from './messages.ts';
import { laterKey, promptCard, readLaterMoments } from './prompt-card.ts';
import { type Hitch, mostSwaps, whyThisOne } from './prompt-messages.ts';
import { findPromptState, holdAgendaOfPrompt, holdPrompt, named, type PromptState, swappedPrompts } from './prompts.ts';
import { findOpenPrompt, isSilent, moveReminder, remindKey } from './reminding.ts';

/** Exchanges a prompt for another, twice at most; `swaps` is how often it was, so that one press counts once. */
export async function swap(core: Core, member: Member, prompt: string, swaps: number): Promise<Reply> {
  return await change(core, member, prompt, async (tx, state) => {
    if (state.swaps !== swaps || swaps >= mostSwaps || state.isOfCohort) return undefined;
    return await exchange(core, tx, member, state);
  });
}

async function exchange(core: Core, tx: Transaction, member: Member, state: PromptState): Promise<Hitch | undefined> {
  const { id, framework, theme, stage, prompt } = state;
  const swapped = { prompt_id: id, framework, theme, stage, prompt, swapped_at: core.clock.now() };
  await tx.insertInto('swapped_prompts').values(swapped).execute();
  const next = await choose(core, tx, member, id);
  const shown = await swappedPrompts(tx, member.id);
  if (shown.some((one) => one.id === id && one.prompt === next.prompt)) {
    await tx.deleteFrom('swapped_prompts').where('prompt_id', '=', id).where('prompt', '=', prompt).execute();
    return 'nothing-else';
  }
  const row = { ...next, swaps: state.swaps + 1 };
  await tx.updateTable('prompts').set(row).where('id', '=', id).execute();
  return undefined;
}

type LaterIntent = Extract<IntentOf<'reflections'>, { kind: 'reflections.later' }>;

/**
 * Sends a prompt again on a later day; asked again, on that day instead. Its reminder moves along, where one comes. A
 * button that names a day is for that day alone, whenever it is pressed.
 */
export async function later(core: Core, asker: Member, { prompt, day, on }: LaterIntent): Promise<Reply> {
  return await change(core, asker, prompt, async (tx) => {
    // As they are now that they are held: paused just now, or on another clock.
    const member = (await findMember(tx, asker.id)) ?? asker;
    const offered = await readLaterMoments(tx, member, core.clock.now());
    const at = offered.find((one) => (on === undefined ? one.day === day : dayOf(one.at, member.zone) === on))?.at;
    if (at === undefined) return 'no-such-day';
    const appointment = { key: laterKey(prompt), kind: 'reflections.later', subject: prompt, at } as const;
    // The one moves what is still to come, the other opens again what was done.
    await schedule(tx, [appointment]);
    await scheduleAgain(tx, appointment);
    if (!(await isSilent(tx, member.id))) await moveReminder(tx, member, prompt, at);
    return undefined;
  });
}

/** Passes over a prompt: neither it nor a reminder comes again. It can still be answered. */
export async function skip(core: Core, member: Member, prompt: string): Promise<Reply> {
  return await change(core, member, prompt, async (tx) => {
    await tx.updateTable('prompts').set({ skipped_at: core.clock.now() }).where('id', '=', prompt).execute();
    await unschedule(tx, laterKey(prompt));
    await unschedule(tx, remindKey(prompt));
    return undefined;
  });
}

/** Says why this prompt was chosen. */
export async function explain(core: Core, member: Member, prompt: string): Promise<Reply> {
  const found = await findPromptState(core.db, member.id, prompt);
  if (found === undefined) throw new Refusal(refusals.notYours);
  return { kind: 'message', message: whyThisOne(named(core.frameworks, found.state), found.state.isOfCohort) };
}

/** Sends a prompt on the day it was put off to, if it is still open, and no break has been set for that day since. */
export async function laterDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const open = await findOpenPrompt(core, tx, due.subject);
  if (open === undefined) return;
  const now = core.clock.now();
  if (isOff(dayOf(now, open.member.zone), open.member, await readBreaks(tx, now))) return;
  const key = `reflections.prompt-again:${due.subject}:${due.at.toISOString()}`;
  const memberId = open.member.id;
  await post(tx, now, [{ key, kind: 'reflections.prompt-again', subject: due.subject, memberId }]);
}

/**
 * Changes their latest prompt while it is open, and shows it as it is then. One that is answered, skipped or followed by
 * a newer one is not changed: its card says so.
 */
async function change(
  core: Core,
  member: Member,
  prompt: string,
  make: (tx: Transaction, state: PromptState) => Promise<Hitch | undefined>,
): Promise<Reply> {
  const hitch = await core.db.transaction().execute(async (tx) => {
    await takeTurn(tx, member.id);
    await holdAgendaOfPrompt(tx, prompt);
    await holdWriter(tx, member.id);
    await holdPrompt(tx, member.id, prompt);
    const found = await findPromptState(tx, member.id, prompt);
    if (found === undefined) throw new Refusal(refusals.notYours);
    const { state, isLatest } = found;
    return isLatest && !state.isAnswered && !state.isSkipped ? await make(tx, state) : undefined;
  });
  return { kind: 'replace', message: await promptCard(core, member, { id: prompt }, hitch) };
}
