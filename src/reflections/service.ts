import type { IntentOf } from '../asker.ts';
import { rhythmWords } from '../calendar/messages.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { type Form, redraw } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { readSettings } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { dayWords } from '../time/words.ts';
import { type Asked, findAsked } from './asked.ts';
import { audienceOf } from './audience.ts';
import { scheduleFollowUp, unscheduleFollowUp } from './follow-up.ts';
import { holdWriter } from './hold.ts';
import * as say from './messages.ts';
import { latestPrompt } from './prompts.ts';
import { answerProblems } from './rules.ts';
import { sealPart } from './sealing.ts';

type AnswerIntent = Extract<IntentOf<'reflections'>, { kind: 'reflections.answer' }>;
type OpenIntent = Extract<IntentOf<'reflections'>, { kind: 'reflections.open' }>;

/** Shows the form for a prompt, with what the member wrote before if it may be shown to whoever is asking. */
export async function openPrompt(core: Core, member: Member, opened: OpenIntent, mayRead: boolean): Promise<Reply> {
  const { prompt: id, ...shown } = opened;
  const found = id === 'latest' ? (await latestPrompt(core.db, member.id))?.id : id;
  const asked = found === undefined ? undefined : await findAsked(core, core.db, member.id, found);
  if (asked === undefined) throw new Refusal(id === 'latest' ? await whyNone(core, member) : say.refusals.notYours);
  return { kind: 'form', form: await formFor(core.db, asked, mayRead, shown) };
}

/** @param before what the form showed that is opened again: where that has changed, what is saved is not taken as it is */
async function formFor(
  db: Reader,
  asked: Asked,
  mayRead: boolean,
  before: Pick<OpenIntent, 'asked' | 'written'> = {},
): Promise<Form> {
  const isHidden = asked.writtenAt !== null && !mayRead;
  const written: say.Written = {
    answer: isHidden ? '' : asked.answer,
    action: isHidden ? '' : asked.action,
    followedUp: asked.followUp !== '',
    audience: await audienceOf(db, asked.sent.memberId, asked),
  };
  const shown = {
    asked: before.asked ?? asked.sent.prompt,
    ...(mayRead ? { written: before.written ?? momentOf(asked) } : {}),
  };
  return say.answerForm(asked.sent, written, isHidden, shown);
}

/** When the answer was written that stands there, as forms carry it. */
function momentOf({ writtenAt }: Asked): string {
  return writtenAt?.toISOString() ?? '';
}

async function whyNone(core: Core, member: Member): Promise<string> {
  if (!member.agreesToPrompts) return say.refusals.saidNo;
  return say.noPromptYet(rhythmWords(await readSettings(core.db)).prompts);
}

/**
 * Keeps an answer and the action that goes with it, sealed. Answering again replaces both: with whom it is shared stays
 * as it is, and a changed action is asked about four weeks after the change. Where the question or the answer is not
 * what the form showed, nothing is kept yet: the form comes again, with what they wrote in it.
 *
 * @param mayRead false for somebody who was not shown what stood there: for them an empty action is no wish to remove it
 * @throws Refusal when the text is empty or too long, or the prompt is not this member's
 */
export async function answer(core: Core, member: Member, intent: AnswerIntent, mayRead: boolean): Promise<Reply> {
  const problems = answerProblems(intent.text, intent.action);
  if (problems.length > 0) throw new Refusal(say.problems.empty, problems);
  return await core.db.transaction().execute(async (tx) => {
    await holdWriter(tx, member.id);
    const before = await findAsked(core, tx, member.id, intent.prompt);
    if (before === undefined) throw new Refusal(say.refusals.notYours);
    const changed = whatChanged(intent, before, mayRead);
    if (changed !== '') return { kind: 'form', form: await askAgain(tx, before, intent, mayRead, changed) };
    await keepAnswer(core, tx, before, intent.text.trim());
    const given = intent.action.trim();
    const action = given === '' && !mayRead ? before.action : given;
    const askAt = await keepAction(core, tx, member, before, action);
    const audience = await audienceOf(tx, member.id, before);
    const isAsked = askAt !== null && askAt > core.clock.now() && member.agreesToPrompts;
    const askedOn = isAsked ? dayWords(askAt, member.zone) : '';
    return { kind: 'message', message: say.saved(before.sent, audience, { askedOn, isNamed: mayRead }) };
  });
}

/** What is not as the form showed it, in words; '' where all is, or the same words stand there already. */
function whatChanged({ asked, written, text, action }: AnswerIntent, before: Asked, mayRead: boolean): string {
  if (asked !== undefined && asked !== before.sent.prompt) return say.problems.swapped;
  const isSame = text.trim() === before.answer && action.trim() === before.action;
  if (!mayRead || written === undefined || isSame) return '';
  return written === momentOf(before) ? '' : say.problems.writtenElsewhere;
}

/** The same form as things are now, so that saving it once more keeps what they wrote. */
async function askAgain(
  db: Reader,
  before: Asked,
  { text, action }: AnswerIntent,
  mayRead: boolean,
  problem: string,
): Promise<Form> {
  return redraw(await formFor(db, before, mayRead), { text, action }, [{ field: 'text', text: problem }]);
}

async function keepAnswer(core: Core, tx: Transaction, { sent }: Asked, text: string): Promise<void> {
  const row = { answer: sealPart(core, 'reflection', sent, text), written_at: core.clock.now() };
  await tx
    .insertInto('reflections')
    .values({ prompt_id: sent.id, member_id: sent.memberId, ...row })
    .onConflict((conflict) => conflict.column('prompt_id').doUpdateSet(row))
    .execute();
  await tx.updateTable('prompts').set({ skipped_at: null }).where('id', '=', sent.id).execute();
}

/** @returns when its writer is asked how it went, or was; null for never */
async function keepAction(
  core: Core,
  tx: Transaction,
  member: Member,
  before: Asked,
  action: string,
): Promise<Date | null> {
  const { sent } = before;
  if (action === before.action) return before.askAt;
  const reflection = tx.updateTable('reflections').where('prompt_id', '=', sent.id);
  if (action === '') {
    await unscheduleFollowUp(tx, member.id, sent.id);
    const none = { action: null, action_at: null, ask_at: null, follow_up: null, follow_up_at: null };
    await reflection.set(none).execute();
    return null;
  }
  const askAt = await scheduleFollowUp(core, tx, member, sent.id);
  const sealed = sealPart(core, 'reflection-action', sent, action);
  await reflection.set({ action: sealed, action_at: core.clock.now(), ask_at: askAt }).execute();
  return askAt;
}

/** Asks whether to delete an answer with all that belongs to it. */
export async function askDelete(core: Core, member: Member, prompt: string): Promise<Reply> {
  const asked = await findAsked(core, core.db, member.id, prompt);
  if (asked === undefined) throw new Refusal(say.refusals.notYours);
  if (asked.writtenAt === null) throw new Refusal(say.refusals.notWritten);
  return { kind: 'message', message: say.deleting(asked.sent) };
}

/** Deletes an answer, its action, how that went, and who could read it. The prompt stays, as one not answered. */
export async function deleteAnswer(core: Core, member: Member, prompt: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdWriter(tx, member.id);
    const asked = await findAsked(core, tx, member.id, prompt);
    if (asked === undefined) throw new Refusal(say.refusals.notYours);
    // What stands in digests goes with it.
    await tx.deleteFrom('reflections').where('prompt_id', '=', asked.sent.id).execute();
    await unscheduleFollowUp(tx, member.id, asked.sent.id);
    return { kind: 'replace', message: say.deleted(asked.sent) };
  });
}
