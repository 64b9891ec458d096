import type { Sender } from '../../src/account.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { type Answers, type Form, redraw } from '../../src/messages/form.ts';
import { outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { forgetEvent } from '../../src/store/received.ts';
import { completeIntent, lengthProblems, readAnswers, type Sent } from './inbound.ts';
import { isFirstSending, sendingOf } from './once.ts';
import type { Web } from './options.ts';
import { lost } from './words.ts';

/** What came of a form. `unused`: what the person wrote went nowhere, and they should have it back. */
export interface Submitted {
  readonly reply: Reply;
  readonly unused: boolean;
}

/**
 * Takes a filled form. What it asks for is read from the form as the core draws it now, never from the request: a
 * sender cannot turn one form into another. After a mistake the form comes back with every answer kept.
 *
 * @param opener the intent that showed the form; it must be one that changes nothing
 */
export async function submit(web: Web, sender: Sender, opener: Intent, sent: Sent): Promise<Submitted> {
  const opened = await handle(web.core, sender, opener);
  if (opened.kind !== 'form') return { reply: opened, unused: true };
  const answers = readAnswers(opened.form, sent);
  const intent = completeIntent(opened.form, answers);
  if (intent === undefined) return keepOpen(opened.form, answers, lengthProblems(opened.form, answers));
  const sending = sendingOf(sent);
  if (!(await isFirstSending(web, sending))) return { reply: { kind: 'message', message: sentTwice() }, unused: false };
  const reply = await handleOnce(web, sender, intent, sending);
  return reply.kind === 'invalid' ? keepOpen(opened.form, answers, reply.problems) : { reply, unused: false };
}

/** What was not used may be sent again. */
async function handleOnce(web: Web, sender: Sender, intent: Intent, sending: string): Promise<Reply> {
  try {
    const reply = await handle(web.core, sender, intent);
    if (reply.kind === 'invalid') await forgetEvent(web.core.db, 'web', sending);
    return reply;
  } catch (error) {
    await forgetEvent(web.core.db, 'web', sending);
    throw error;
  }
}

function keepOpen(form: Form, answers: Answers, problems: readonly Problem[]): Submitted {
  const shown = problems.filter((problem) => form.fields.some((field) => field.name === problem.field));
  if (shown.length === 0) return { reply: { kind: 'message', message: outdated() }, unused: true };
  return { reply: { kind: 'form', form: redraw(form, answers, shown) }, unused: false };
}

function sentTwice() {
  return {
    summary: lost.twice,
    heading: lost.twiceHeading,
    body: [{ kind: 'paragraph', text: lost.twice }],
    buttons: [],
  } as const;
}
