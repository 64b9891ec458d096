import type { Channel } from '../../src/account.ts';
import { handle } from '../../src/handle.ts';
import { does, type Message, paragraph } from '../../src/messages/message.ts';
import { outdated } from '../../src/messages/messages.ts';
import { privateAddress } from '../../src/network/private-address.ts';
import { type Answer, closingAnswer, noteAnswer } from './answers.ts';
import { type Asked, say, type Talk, write } from './chat.ts';
import { answerInDialog, type DialogAsk, isOneText } from './in-dialog.ts';
import type { Worked } from './once.ts';
import { readPlace } from './schema.ts';
import { forChat } from './talk.ts';
import { fromChannel, words } from './words.ts';

/*
 * In a channel of a team many read along. Whoever presses there is answered by what they alone see: a note, a dialog, or
 * their private chat. A card that stands there is never changed in answer to a press, because it is for everyone.
 */

/** Does what somebody asks in a channel. */
export async function answerInChannel(talk: Talk, channel: Channel, ask: Asked): Promise<Worked<Answer | undefined>> {
  if (ask.kind !== 'chat' && ask.kind !== 'card') return await answerAtDialog(talk, ask);
  return { result: await answerOnWall(talk, channel, ask), settled: true };
}

/** What was typed or pressed where everyone reads. */
async function answerOnWall(talk: Talk, channel: Channel, ask: Exclude<Asked, DialogAsk>): Promise<Answer | undefined> {
  if (ask.kind === 'chat' && ask.isTyped) {
    await say(talk, guide(channel));
    return undefined;
  }
  if (ask.intent === undefined) return await tellInChannel(talk, ask, outdated());
  const reply = await handle(talk.core, talk.sender, ask.intent);
  const message = forChat(ask.intent, reply);
  const isWindow = reply.kind === 'form' || reply.kind === 'page';
  // Teams opens no dialog in answer to such a press: the button to it stands in their private chat.
  if (ask.kind === 'card' && isWindow) {
    return noteAnswer((await sayInPrivate(talk, message)) ? words.answeredInPrivate : words.askInPrivate);
  }
  return await tellInChannel(talk, ask, reply.kind === 'replace' ? inShort(message) : message);
}

/** Of a card that would stand beside the one that is kept true, and go stale: what has just happened. */
function inShort(card: Message): Message {
  return { ...card, body: [paragraph(card.summary)], buttons: [] };
}

async function answerAtDialog(talk: Talk, ask: DialogAsk): Promise<Worked<Answer>> {
  const sayMore = (message: Message) => sayInPrivate(talk, message);
  const desk = { ...talk, sayMore, turnCard: () => Promise.resolve(false) };
  const { result: answer, settled } = await answerInDialog(desk, ask);
  const isLastWord = 'task' in answer && answer.task.type === 'message';
  return { result: isLastWord ? closingAnswer(fromChannel(answer.task.value)) : answer, settled };
}

/** Tells whoever asked, and nobody else. */
export async function tellInChannel(talk: Talk, ask: Asked, message: Message): Promise<Answer | undefined> {
  switch (ask.kind) {
    case 'chat':
      // No answer to such a press reaches the presser alone, so it has to be their private chat.
      if (!(await sayInPrivate(talk, message))) await write(talk, { type: 'message', text: words.askInPrivate });
      return undefined;
    case 'card':
      if (!isOneText(message)) await sayInPrivate(talk, message);
      return noteAnswer(fromChannel(message.summary));
    default:
      return closingAnswer(fromChannel(message.summary));
  }
}

/** False where we do not know their private chat, or Teams does not take it there. */
export async function sayInPrivate(talk: Talk, message: Message): Promise<boolean> {
  const address = await privateAddress(talk.core.db, talk.sender.account);
  const place = address === undefined ? undefined : readPlace(address);
  return place !== undefined && (await say({ ...talk, place }, message));
}

/** What everyone in a channel reads when somebody mentions us, whatever they wrote and whoever they are. */
function guide({ room }: Channel): Message {
  return {
    summary: words.onlyInPrivate,
    heading: words.inPrivateTitle,
    body: [paragraph(words.onlyInPrivate), paragraph(words.forConveners)],
    buttons: [does(words.announceHere, { kind: 'network.choose-announcements', room })],
  };
}
