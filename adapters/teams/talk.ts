import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import { redraw } from '../../src/messages/form.ts';
import type { Message } from '../../src/messages/message.ts';
import { invitation, outdated, refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { type Answer, cardAnswer, closingAnswer, dialogAnswer, noteAnswer } from './answers.ts';
import type { Connector, TextActivity } from './bot-framework.ts';
import { formDialog, pageDialog } from './dialog.ts';
import { explain } from './errors.ts';
import type { Ask } from './inbound.ts';
import { limits } from './limits.ts';
import { formOnce } from './once.ts';
import { type ChatActivity, messageCard, render } from './render.ts';
import type { Place } from './schema.ts';
import { words } from './words.ts';

/** One chat, to write to. */
export interface Chat {
  readonly core: Core;
  readonly connector: Connector;
  readonly log: Log;
  readonly place: Place;
}

/** One exchange with one person, in their private chat. */
export interface Talk extends Chat {
  readonly sender: Sender;
}

/** An ask that carries an intent. */
export type Asked = Exclude<Ask, { kind: 'installed' | 'nothing' | 'unknown-invoke' }>;

export async function answerAsk(talk: Talk, ask: Asked): Promise<Answer | undefined> {
  const { intent } = ask;
  if (intent === undefined) return await tell(talk, ask, outdated());
  if (ask.kind === 'form-sent') return await takeForm(talk, ask, intent);
  const reply = await handle(talk.core, talk.sender, intent);
  switch (ask.kind) {
    case 'chat':
      await replyInChat(talk, intent, reply, ask.cardId);
      return undefined;
    case 'card':
      return await replyOnCard(talk, intent, reply, ask.cardId);
    case 'dialog-opened':
      return await replyInDialog(talk, intent, reply, 0);
    case 'dialog-pressed':
      return await replyInDialog(talk, intent, reply, ask.from);
  }
}

async function takeForm(talk: Talk, ask: Extract<Asked, { kind: 'form-sent' }>, intent: Intent): Promise<Answer> {
  const { account } = talk.sender;
  const answer = await formOnce(talk.core, { account, ticket: ask.ticket, answers: ask.answers }, async () => {
    const reply = await handle(talk.core, talk.sender, intent);
    if (reply.kind === 'invalid') return { answer: await askAgain(talk, ask, reply), settled: false };
    return { answer: await replyInDialog(talk, intent, reply, 0), settled: true };
  });
  return answer ?? closingAnswer(words.alreadyDone);
}

/** Says something that answers no intent, wherever the person is looking. */
export async function tell(talk: Talk, ask: Asked, message: Message): Promise<Answer | undefined> {
  switch (ask.kind) {
    case 'chat':
      await say(talk, message);
      return undefined;
    case 'card':
      return await sayBelow(talk, message);
    default:
      return closingAnswer(message.summary);
  }
}

/** Answers a press on a card by a new message; where Teams does not take that, by a note on the card. */
async function sayBelow(talk: Talk, message: Message): Promise<Answer> {
  return noteAnswer((await say(talk, message)) ? words.answeredBelow : message.summary);
}

export async function say(chat: Chat, message: Message): Promise<boolean> {
  return await write(chat, render(message, false));
}

/** False when Teams did not take it. What the person asked for is done by then, so this must not look like a failure of that. */
export async function write(chat: Chat, activity: ChatActivity | TextActivity): Promise<boolean> {
  return await isTaken(chat, () => chat.connector.send(chat.place, activity, limits.turnCallMs));
}

async function isTaken({ core, log }: Chat, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    log.warn({ outcome: explain(error, core.clock.now()) }, 'Teams did not take an answer');
    return false;
  }
}

/** A form or a page never comes into the chat: a card that opens it does, in a window that one person sees. */
function forChat(intent: Intent, reply: Reply): Message {
  switch (reply.kind) {
    case 'message':
    case 'replace':
      return reply.message;
    case 'form':
      return invitation(reply.form.heading, intent);
    case 'page':
      return invitation(reply.page.heading, intent);
    case 'invalid':
      return refusal(problemsOf(reply));
  }
}

async function replyInChat(talk: Talk, intent: Intent, reply: Reply, cardId: string): Promise<void> {
  const message = forChat(intent, reply);
  const isReplaced = reply.kind === 'replace' && cardId !== '' && (await replaceCard(talk, cardId, message));
  if (!isReplaced) await say(talk, message);
}

/** Teams changes the card for the one who pressed, and until they look again; the update is for everyone and for good. */
async function replyOnCard(talk: Talk, intent: Intent, reply: Reply, cardId: string): Promise<Answer> {
  const message = forChat(intent, reply);
  if (reply.kind === 'replace' && cardId !== '') {
    await replaceCard(talk, cardId, message);
    return cardAnswer(messageCard(message));
  }
  return await sayBelow(talk, message);
}

/** False when Teams did not take it: the card may have been deleted. */
async function replaceCard(chat: Chat, cardId: string, message: Message): Promise<boolean> {
  const { connector, place } = chat;
  return await isTaken(chat, () => connector.update(place, cardId, render(message, false), limits.turnCallMs));
}

async function replyInDialog(talk: Talk, intent: Intent, reply: Reply, from: number): Promise<Answer> {
  switch (reply.kind) {
    case 'form':
      return dialogAnswer(formDialog(reply.form));
    case 'page':
      return dialogAnswer(pageDialog(reply.page, intent, from));
    case 'replace': {
      const page = { heading: reply.message.heading, body: [], cards: [reply.message] };
      return dialogAnswer(pageDialog(page, intent, 0));
    }
    case 'message': {
      // The last word in a dialog is one sentence. What has more to it also goes to the chat: a message may stand there.
      if (!isOneText(reply.message)) await say(talk, reply.message);
      return closingAnswer(reply.message.summary);
    }
    case 'invalid':
      return closingAnswer(problemsOf(reply));
  }
}

function isOneText({ body, buttons }: Message): boolean {
  return buttons.length === 0 && body.every((block) => block.kind === 'paragraph');
}

/** The form they sent stays open, with their answers in it and each problem beside its field. */
async function askAgain(talk: Talk, ask: Extract<Asked, { kind: 'form-sent' }>, invalid: Invalid): Promise<Answer> {
  const opened = await handle(talk.core, talk.sender, ask.openedBy);
  if (opened.kind !== 'form') return closingAnswer(problemsOf(invalid));
  return dialogAnswer(formDialog(redraw(opened.form, ask.answers, invalid.problems)));
}

type Invalid = Extract<Reply, { kind: 'invalid' }>;

function problemsOf({ problems }: Invalid): string {
  return problems.map((problem) => problem.text).join(' ');
}
