import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Connector, TextActivity } from './bot-framework.ts';
import { explain } from './errors.ts';
import type { Ask } from './inbound.ts';
import { limits } from './limits.ts';
import { type ChatActivity, render } from './render.ts';
import type { Place } from './schema.ts';

/** One conversation, to write to. */
export interface Chat {
  readonly core: Core;
  readonly connector: Connector;
  readonly log: Log;
  readonly place: Place;
}

/** One exchange with one person, where they asked: alone with us, or in a channel that others read too. */
export interface Talk extends Chat {
  readonly sender: Sender;
}

/** An ask that carries an intent. */
export type Asked = Exclude<Ask, { kind: 'installed' | 'nothing' | 'unknown-invoke' }>;

export async function say(chat: Chat, message: Message): Promise<boolean> {
  return await write(chat, render(message, false));
}

/** False when Teams did not take it. What the person asked for is done by then, so this must not look like a failure of that. */
export async function write(chat: Chat, activity: ChatActivity | TextActivity): Promise<boolean> {
  return await isTaken(chat, () => chat.connector.send(chat.place, activity, limits.turnCallMs));
}

/** False when Teams did not take it: the card may have been deleted. */
export async function replaceCard(chat: Chat, cardId: string, message: Message): Promise<boolean> {
  const { connector, place } = chat;
  return await isTaken(chat, () => connector.update(place, cardId, render(message, false), limits.turnCallMs));
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
