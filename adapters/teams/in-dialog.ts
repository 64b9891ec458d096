import type { Sender } from '../../src/account.ts';
import { isReadOnly, makesNew } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import { type Form, redraw } from '../../src/messages/form.ts';
import type { Message } from '../../src/messages/message.ts';
import { isRefusal, isRefused, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { createSharedWork } from '../../src/shared-work.ts';
import { type Answer, closingAnswer, dialogAnswer, openerOf } from './answers.ts';
import type { Asked } from './chat.ts';
import { formDialog, keptDialog, pageDialog } from './dialog.ts';
import { formOnce, type Worked } from './once.ts';
import { words } from './words.ts';

/** One person at a dialog, which nobody else sees, wherever it was opened. */
export interface Desk {
  readonly core: Core;
  readonly log: Log;
  readonly sender: Sender;
  /** Tells them alone, in a chat, what is more than a dialog's last word. */
  sayMore(message: Message): Promise<unknown>;
  /** Turns the card whose button opened the dialog into this; false where there is none, or others read it too. */
  turnCard(message: Message): Promise<boolean>;
}

export type DialogAsk = Exclude<Asked, { kind: 'chat' | 'card' }>;
type FormSent = Extract<DialogAsk, { kind: 'form-sent' }>;
type Invalid = Extract<Reply, { kind: 'invalid' }>;

export async function answerInDialog(desk: Desk, ask: DialogAsk): Promise<Worked<Answer>> {
  const { intent } = ask;
  if (intent === undefined) return { result: closingAnswer(outdated().summary), settled: false };
  if (ask.kind === 'form-sent') return await takeForm(desk, ask, intent);
  const reply = await handle(desk.core, desk.sender, intent);
  const result = await show(desk, intent, reply, ask.kind === 'dialog-pressed' ? ask.from : 0);
  return { result, settled: isSettled(intent, reply) };
}

/** Whether it is done. Where nothing was kept, it may be asked again; and what was only shown is shown again. */
function isSettled(intent: Intent, reply: Reply): boolean {
  switch (reply.kind) {
    case 'invalid':
      return false;
    case 'form':
    case 'page':
      return !isReadOnly(intent);
    case 'message':
    case 'replace':
      return !isRefusal(reply.message);
  }
}

/** By showings of forms, each of which has a name of its own. */
const shared = createSharedWork<Worked<Answer>>(({ result, settled }) => settled && openerOf(result) !== undefined);

/** An impatient finger sends a form twice: both are answered by what comes of the first. */
async function takeForm(desk: Desk, ask: FormSent, intent: Intent): Promise<Worked<Answer>> {
  if (ask.ticket === '') return await takeOnce(desk, ask, intent);
  const sending = JSON.stringify([desk.sender.account, ask.ticket, intent]);
  return await shared(sending, () => takeOnce(desk, ask, intent));
}

async function takeOnce(desk: Desk, ask: FormSent, intent: Intent): Promise<Worked<Answer>> {
  const { account } = desk.sender;
  const { ticket, answers } = ask;
  const once = await formOnce(desk, { account, ticket, intent, answers }, async () => {
    const reply = await handle(desk.core, desk.sender, intent);
    const problems = reply.kind === 'invalid' ? reply.problems : isRefused(reply) ? [alone(reply.message)] : [];
    const result = problems.length > 0 ? await askAgain(desk, ask, problems) : await show(desk, intent, reply, 0);
    const worked = { result, settled: isSettled(intent, reply) };
    return { result: worked, settled: worked.settled };
  });
  switch (once.kind) {
    case 'first':
      return once.result;
    case 'done':
      return { result: closingAnswer(makesNew(intent) ? words.savedFirst : words.alreadyDone), settled: true };
    case 'busy':
      return { result: closingAnswer(words.tooSlow), settled: false };
  }
}

async function show(desk: Desk, intent: Intent, reply: Reply, from: number): Promise<Answer> {
  switch (reply.kind) {
    case 'form':
      return dialogAnswer(formDialog(reply.form), reply.form.openedBy);
    case 'page':
      return dialogAnswer(pageDialog(reply.page, intent, from));
    case 'replace': {
      if (await desk.turnCard(reply.message)) return closingAnswer(reply.message.summary);
      const page = { heading: reply.message.heading, body: [], cards: [reply.message] };
      return dialogAnswer(pageDialog(page, intent, 0));
    }
    case 'message': {
      // The last word in a dialog is one sentence. What has more to it also goes to the chat: a message may stand there.
      if (!isOneText(reply.message)) await desk.sayMore(reply.message);
      return closingAnswer(reply.message.summary);
    }
    case 'invalid':
      return closingAnswer(problemsOf(reply));
  }
}

/** Whether its summary says all of it. */
export function isOneText({ body, buttons }: Message): boolean {
  return buttons.length === 0 && body.every((block) => block.kind === 'paragraph');
}

/** What is wrong with all of it, and not with one answer. */
function alone({ summary }: Message): Problem {
  return { field: '', text: summary };
}

/**
 * The form they sent stays open, with their answers in it and each problem beside its field, or above all. Where it can
 * be opened no more, they have back what they wrote: it stands nowhere else.
 */
async function askAgain(desk: Desk, ask: FormSent, problems: readonly Problem[]): Promise<Answer> {
  const opened = await handle(desk.core, desk.sender, ask.openedBy);
  if (opened.kind !== 'form') {
    // A choice is made again in a moment, and is an id here: what has more than one word was written.
    const written = Object.values(ask.answers).filter((answer) => /\S\s+\S/.test(answer));
    const why = textOf(problems);
    return written.length === 0 ? closingAnswer(why) : dialogAnswer(keptDialog(why, written));
  }
  return dialogAnswer(
    formDialog(redraw(opened.form, ask.answers, problems), generalOf(opened.form, problems)),
    ask.openedBy,
  );
}

/** Those that stand beside no field of it. */
function generalOf({ fields }: Form, problems: readonly Problem[]): readonly string[] {
  const others = problems.filter(({ field }) => fields.every(({ name }) => name !== field));
  return others.map(({ text }) => text);
}

export function problemsOf({ problems }: Invalid): string {
  return textOf(problems);
}

function textOf(problems: readonly Problem[]): string {
  return problems.map((problem) => problem.text).join(' ');
}
