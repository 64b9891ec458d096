import { isDeepStrictEqual } from 'node:util';
import type { Intent } from '../../src/intents.ts';
import { type Message, paragraph } from '../../src/messages/message.ts';
import { invitation } from '../../src/messages/messages.ts';
import { type Answer, openerOf } from './answers.ts';
import type { Connector } from './bot-framework.ts';
import type { Card } from './card.ts';
import { sayInPrivate } from './channel.ts';
import { type Asked, say, type Talk, write } from './chat.ts';
import { cardType } from './render.ts';
import { words } from './words.ts';

/** They only lead to what has been said already. */
const saidElsewhere: ReadonlySet<string> = new Set([words.alreadyDone, words.answeredBelow, words.answeredInPrivate]);

/** One answer may be that of two activities, where somebody was impatient. */
const told = new WeakSet<Answer>();

/** The calls of one turn, and the summaries of the cards that Teams took among them. */
export interface Heard {
  readonly connector: Connector;
  readonly summaries: ReadonlySet<string>;
}

/** Remembers what is said by this connector, so that it is not said again when the answer is late. */
export function hear(connector: Connector): Heard {
  const summaries = new Set<string>();
  return {
    summaries,
    connector: {
      ...connector,
      async send(spot, activity, withinMs) {
        const id = await connector.send(spot, activity, withinMs);
        if ('summary' in activity) summaries.add(activity.summary);
        return id;
      },
    },
  };
}

/** Says in the person's private chat what they would have seen in an answer, had it been there in time. */
export async function sayLate(talk: Talk, { summaries }: Heard, ask: Asked, answer: Answer): Promise<void> {
  if (told.has(answer)) return;
  told.add(answer);
  const said = new Set([...saidElsewhere, ...summaries]);
  if (!('task' in answer)) {
    const { value } = answer;
    return typeof value === 'string' ? await sayText(talk, said, value) : await showCard(talk, value);
  }
  const { task } = answer;
  // A page or a form never stands in a chat: a button to it does.
  return task.type === 'continue'
    ? await tell(talk, reopening(ask, task.value.title, openerOf(answer)))
    : await sayText(talk, said, task.value);
}

async function sayText(talk: Talk, said: ReadonlySet<string>, text: string): Promise<void> {
  if ([...said].some((before) => text.startsWith(before))) return;
  await tell(talk, { summary: text, heading: words.lateTitle, body: [paragraph(text)], buttons: [] });
}

async function showCard(talk: Talk, card: Card): Promise<void> {
  const attachments = [{ contentType: cardType, content: card }] as const;
  await write(talk, {
    type: 'message',
    summary: words.lateTitle,
    attachments,
    channelData: { notification: { alert: false } },
  });
}

/** @param opener shows the form that they would have seen */
function reopening(ask: Asked, heading: string, opener: Intent | undefined): Message {
  if (ask.kind !== 'form-sent') return invitation(heading, opener ?? ask.intent ?? { kind: 'network.help', asked: '' });
  const isNext = opener !== undefined && !isDeepStrictEqual(opener, ask.openedBy);
  if (isNext) return invitation(heading, opener);
  return { ...invitation(heading, ask.openedBy), body: [paragraph(words.lookWhetherSaved)] };
}

async function tell(talk: Talk, message: Message): Promise<void> {
  await (talk.sender.channel === undefined ? say(talk, message) : sayInPrivate(talk, message));
}
