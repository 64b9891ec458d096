import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Message } from '../../src/messages/message.ts';
import { invitation, outdated, refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { type Answer, cardAnswer, closingAnswer, noteAnswer } from './answers.ts';
import { type Asked, replaceCard, say, type Talk } from './chat.ts';
import { answerInDialog, type DialogAsk, problemsOf } from './in-dialog.ts';
import type { Worked } from './once.ts';
import { messageCard } from './render.ts';
import { words } from './words.ts';

/** Does what somebody asks, alone with us. */
export async function answerAsk(talk: Talk, ask: Asked): Promise<Worked<Answer | undefined>> {
  if (ask.kind !== 'chat' && ask.kind !== 'card') {
    const cardId = ask.kind === 'dialog-opened' ? ask.cardId : '';
    const turnCard = async (message: Message) => cardId !== '' && (await replaceCard(talk, cardId, message));
    return await answerInDialog({ ...talk, sayMore: (message) => say(talk, message), turnCard }, ask);
  }
  // Whatever was said in the chat stands there, a refusal too.
  return { result: await answerInChat(talk, ask), settled: true };
}

async function answerInChat(talk: Talk, ask: Exclude<Asked, DialogAsk>): Promise<Answer | undefined> {
  const { intent } = ask;
  if (intent === undefined) return await tell(talk, ask, outdated());
  const reply = await handle(talk.core, talk.sender, intent);
  if (ask.kind === 'card') return await replyOnCard(talk, intent, reply, ask.cardId);
  await replyInChat(talk, intent, reply, ask.cardId);
  return undefined;
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

/** A form or a page never comes into the chat: a card that opens it does, in a window that one person sees. */
export function forChat(intent: Intent, reply: Reply): Message {
  switch (reply.kind) {
    case 'message':
    case 'replace':
      return reply.message;
    case 'form':
      return invitation(reply.form.heading, reply.form.openedBy);
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

/**
 * Teams changes the card for the one who pressed, and until they look again; the update is for everyone and for good.
 * Where there is nothing to update any more, the answer is a message of its own.
 */
async function replyOnCard(talk: Talk, intent: Intent, reply: Reply, cardId: string): Promise<Answer> {
  const message = forChat(intent, reply);
  if (reply.kind !== 'replace' || cardId === '') return await sayBelow(talk, message);
  if (await replaceCard(talk, cardId, message)) return cardAnswer(messageCard(message));
  return (await say(talk, message)) ? noteAnswer(words.answeredBelow) : cardAnswer(messageCard(message));
}
