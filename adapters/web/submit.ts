import type { Sender } from '../../src/account.ts';
import { isReadOnly } from '../../src/changes.ts';
import type { Problem } from '../../src/errors.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { type Answers, type Form, redraw } from '../../src/messages/form.ts';
import { isRefused, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { createSharedWork } from '../../src/shared-work.ts';
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
  const reply = await take(web, sender, intent, sendingOf(sent));
  if (reply.kind === 'invalid') return keepOpen(opened.form, answers, reply.problems);
  const [first] = opened.form.fields;
  if (first === undefined || !isRefused(reply)) return { reply, unused: isRefused(reply) };
  // What is wrong with all of it stands where the form is read first.
  return keepOpen(opened.form, answers, [{ field: first.name, text: reply.message.summary }]);
}

/** By people and showings of forms, each of which has a name of its own. */
const shared = createSharedWork<Reply>((reply) => reply.kind === 'form');

/** A double click sends a form twice, and the browser shows the second answer: it is that of the first. */
async function take(web: Web, sender: Sender, intent: Intent, sending: string): Promise<Reply> {
  // What changes nothing may be asked twice: whoever loads the page anew sees it again.
  if (isReadOnly(intent)) return await handle(web.core, sender, intent);
  return await shared(JSON.stringify([sender.account, sending]), () => handleOnce(web, sender, intent, sending));
}

/** What was not used may be sent again. */
async function handleOnce(web: Web, sender: Sender, intent: Intent, sending: string): Promise<Reply> {
  if (!(await isFirstSending(web, sending))) return { kind: 'message', message: sentTwice() };
  try {
    const reply = await handle(web.core, sender, intent);
    if (reply.kind === 'invalid' || isRefused(reply)) await forgetEvent(web.core.db, 'web', sending);
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
