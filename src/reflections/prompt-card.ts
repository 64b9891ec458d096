import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { dayOf, daysAfter, weekOf } from '../time/days.ts';
import { dayWords, momentWords } from '../time/words.ts';
import { refusals } from './messages.ts';
import * as say from './prompt-messages.ts';
import { findPromptState, named, type PromptState } from './prompts.ts';
import { type LaterMoment, laterMoments } from './put-off.ts';
import { readWorkingDays } from './working-days.ts';

/** What the key of the appointment to send a prompt again begins with; a prompt has one. */
export function laterKey(promptId: string): string {
  return `reflections.later:${promptId}`;
}

/**
 * A prompt as a card, in whatever state it is; it knows whether it is answered, and not what the answer says.
 *
 * @throws Refusal when the prompt is not this member's
 */
export async function promptCard(
  core: Core,
  member: Member,
  sent: { id: string },
  hitch?: say.Hitch,
): Promise<Message> {
  return say.promptCard(await viewPrompt(core, member, sent.id), hitch);
}

/** @throws Refusal when the prompt is not this member's */
export async function viewPrompt(core: Core, member: Member, id: string): Promise<say.PromptView> {
  const found = await findPromptState(core.db, member.id, id);
  if (found === undefined) throw new Refusal(refusals.notYours);
  const { state, isLatest } = found;
  const now = core.clock.now();
  const again = unlessQuiet(member, await comesAgain(core.db, id, now));
  const offered = await readLaterMoments(core.db, member, now);
  return {
    sent: named(core.frameworks, state),
    state: stateOf(state, isLatest),
    swaps: state.swaps,
    canSwap: state.swaps < say.mostSwaps && !state.isOfCohort,
    isThisWeek: state.week === weekOf(now, member.zone),
    comesAgain: again === undefined ? '' : momentWords(again, member.zone),
    laterDays: offered
      .filter(({ at }) => at.getTime() !== again?.getTime())
      .map((moment) => laterDay(moment, now, member.zone)),
  };
}

/** What becomes of a prompt that was neither answered nor skipped depends on whether a newer one has come. */
function stateOf({ isAnswered, isSkipped }: PromptState, isLatest: boolean): say.PromptView['state'] {
  if (isAnswered) return 'answered';
  if (!isLatest) return 'past';
  return isSkipped ? 'skipped' : 'open';
}

/** When it is sent again; `undefined` where they did not ask for that, or it has been. */
export async function comesAgain(db: Reader, promptId: string, now: Date): Promise<Date | undefined> {
  const row = await db
    .selectFrom('agenda')
    .select('due_at')
    .where('key', '=', laterKey(promptId))
    .where('done_at', 'is', null)
    .where('due_at', '>', now)
    .executeTakeFirst();
  return row?.due_at;
}

/** What was to come again does not while they are to be sent no prompts. */
function unlessQuiet(member: Member, moment: Date | undefined): Date | undefined {
  return moment !== undefined && comesTo(member, moment) ? moment : undefined;
}

/** Whether a prompt would be sent to this member then: they agree, and a pause of theirs is over by then. */
function comesTo({ agreesToPrompts, promptsPausedUntil }: Member, moment: Date): boolean {
  return agreesToPrompts && (promptsPausedUntil === null || promptsPausedUntil <= moment);
}

/** The days that their prompt can be put off to now. */
export async function readLaterMoments(db: Reader, member: Member, now: Date): Promise<readonly LaterMoment[]> {
  const days = await readWorkingDays(db, member, now);
  return laterMoments(now, days, await nextPromptAt(db, member.id)).filter(({ at }) => comesTo(member, at));
}

/** When their next prompt is due; `undefined` where none is. */
export async function nextPromptAt(db: Reader, memberId: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'reflections.prompt')
    .where('subject', '=', memberId)
    .where('done_at', 'is', null)
    .orderBy('due_at')
    .executeTakeFirst();
  return row?.due_at;
}

/** What is not tomorrow on the calendar is called by its weekday, and its button holds for that one day. */
function laterDay({ day, at }: LaterMoment, now: Date, zone: string): say.LaterChoice {
  const date = dayOf(at, zone);
  if (date === daysAfter(dayOf(now, zone), 1)) return { day, words: 'tomorrow' };
  return { day, words: `on ${dayWords(at, zone).split(' ')[0]}`, on: date };
}
