import { differenceInWeeks } from 'date-fns/differenceInWeeks';
import type { Due } from '../agenda/model.ts';
import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import { Refusal } from '../errors.ts';
import { type Form, redraw } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { isPaused, pausedUntil } from '../network/rules.ts';
import { scheduleAgain, unschedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { dayOf } from '../time/days.ts';
import { type Asked, findAsked } from './asked.ts';
import { askAfter, askMoment } from './follow-up-day.ts';
import * as say from './follow-up-messages.ts';
import { holdWriter } from './hold.ts';
import { answerLength } from './intents.ts';
import { refusals } from './messages.ts';
import { sealPart } from './sealing.ts';
import { readWorkingDays } from './working-days.ts';

type OpenIntent = Extract<IntentOf<'reflections'>, { kind: 'reflections.open-follow-up' }>;
type SaveIntent = Extract<IntentOf<'reflections'>, { kind: 'reflections.follow-up' }>;

/**
 * Asks how an action went, and shows it to whoever may read it.
 *
 * @throws Refusal when there is no such action
 */
export async function openFollowUp(core: Core, member: Member, opened: OpenIntent, mayRead: boolean): Promise<Reply> {
  const asked = mustHaveAction(await findAsked(core, core.db, member.id, opened.prompt));
  return { kind: 'form', form: formFor(asked, mayRead, opened.written) };
}

/** @param written when that was written which the form showed that is opened again */
function formFor(asked: Asked, mayRead: boolean, written = momentOf(asked)): Form {
  const { sent, action, followUp } = asked;
  return say.followUpForm(sent, mayRead ? { action, followUp, written } : { action: '', followUp: '' }, !mayRead);
}

function momentOf({ followUpAt }: Asked): string {
  return followUpAt?.toISOString() ?? '';
}

function mustHaveAction(asked: Asked | undefined): Asked {
  if (asked === undefined) throw new Refusal(refusals.notYours);
  if (asked.action === '') throw new Refusal(say.refusals.noAction);
  return asked;
}

/**
 * Keeps how it went, sealed; writing it again replaces it. Whoever wrote it is not asked any more. Where what stands
 * there is not what the form showed, nothing is kept yet: the form comes again, with what they wrote in it.
 *
 * @throws Refusal when it is empty or too long, or there is no such action
 */
export async function saveFollowUp(core: Core, member: Member, intent: SaveIntent, mayRead: boolean): Promise<Reply> {
  const { prompt, text, written } = intent;
  const problem = text.trim() === '' ? say.problems.empty : text.length > answerLength ? say.problems.tooLong : '';
  if (problem !== '') throw new Refusal(problem, [{ field: 'text', text: problem }]);
  return await core.db.transaction().execute(async (tx) => {
    await holdWriter(tx, member.id);
    const before = mustHaveAction(await findAsked(core, tx, member.id, prompt));
    const { sent, followUp } = before;
    if (mayRead && written !== undefined && written !== momentOf(before) && text.trim() !== followUp) {
      const changed = { field: 'text', text: say.problems.writtenElsewhere };
      return { kind: 'form', form: redraw(formFor(before, mayRead), { text }, [changed]) };
    }
    await tx
      .updateTable('reflections')
      .set({
        follow_up: sealPart(core, 'reflection-follow-up', sent, text.trim()),
        follow_up_at: core.clock.now(),
        ask_at: null,
      })
      .where('prompt_id', '=', sent.id)
      .execute();
    await unschedule(tx, keyOf(member.id, sent.id));
    return { kind: 'message', message: say.followedUp(sent) };
  });
}

/** The subject is the member, so that what is on the agenda for them can be held and erased with them. */
function keyOf(memberId: string, prompt: string): string {
  return `reflections.follow-up:${memberId}:${prompt}`;
}

/** When a member who writes an action down now is asked how it went; it goes on the agenda, once. */
export async function scheduleFollowUp(core: Core, tx: Transaction, member: Member, prompt: string): Promise<Date> {
  const now = core.clock.now();
  const at = askMoment(now, await readWorkingDays(tx, member, now));
  await appoint(tx, member.id, prompt, at);
  return at;
}

async function appoint(tx: Transaction, memberId: string, prompt: string, at: Date): Promise<void> {
  const key = keyOf(memberId, prompt);
  await unschedule(tx, key);
  // The same action may have been asked about before: what was done is opened again.
  await scheduleAgain(tx, { key, kind: 'reflections.follow-up', subject: memberId, at });
}

export async function unscheduleFollowUp(tx: Transaction, memberId: string, prompt: string): Promise<void> {
  await unschedule(tx, keyOf(memberId, prompt));
}

/**
 * Asks how an action went, four weeks after it was written down. A pause is waited out, and so is a day off; who left
 * or does not agree to prompts any more is not asked, then or later.
 */
export async function followUpDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const now = core.clock.now();
  const member = await findMember(tx, due.subject);
  if (member?.status !== 'active' || !member.agreesToPrompts) return;
  const rows = await tx
    .selectFrom('reflections')
    .select('prompt_id as prompt')
    .where('member_id', '=', member.id)
    .where('action', 'is not', null)
    // One that was moved since is due at another time.
    .where('ask_at', '=', due.at)
    .execute();
  const days = await readWorkingDays(tx, member, now);
  // A break may have been set since.
  const isOff = !days.isWorking(dayOf(now, member.zone));
  const until = pausedUntil(member, 'prompts', now) ?? (isOff ? now : undefined);
  for (const { prompt } of rows) {
    if (until === undefined) await ask(tx, now, member.id, prompt, due.at);
    else await putOff(tx, member, prompt, until);
  }
}

async function ask(tx: Transaction, now: Date, memberId: string, prompt: string, at: Date): Promise<void> {
  const kind = 'reflections.follow-up';
  await post(tx, now, [{ key: `${kind}:${prompt}:${at.toISOString()}`, kind, subject: prompt, memberId }]);
}

async function putOff(tx: Transaction, member: Member, prompt: string, until: Date): Promise<void> {
  const at = askAfter(until, await readWorkingDays(tx, member, until));
  await tx.updateTable('reflections').set({ ask_at: at }).where('prompt_id', '=', prompt).execute();
  await appoint(tx, member.id, prompt, at);
}

/** Later than that and “four weeks ago” is not true any more: bank holidays move it by a few days, and pauses by more. */
const lateWeeks = 4;

/** Puts the question, while there is still something to ask about. */
export async function composeFollowUp(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  if (!member.agreesToPrompts) return drop('the member does not agree to prompts any more');
  const now = core.clock.now();
  if (isPaused(member, 'prompts', now)) return drop('the member is paused');
  const asked = await findAsked(core, core.db, member.id, delivery.subject);
  const isOpen = asked !== undefined && asked.action !== '' && asked.askAt !== null;
  if (!isOpen || asked.askAt > now) return drop('there is nothing to ask about');
  const weeks = asked.actionAt === null ? 0 : differenceInWeeks(asked.askAt, asked.actionAt);
  return { kind: 'say', message: say.howDidItGo(asked.sent, weeks > lateWeeks) };
}
