import { changeWords } from '../../src/changes.ts';
import type { Intent } from '../../src/intents.ts';
import { type Block, does, type Message } from '../../src/messages/message.ts';
import { words } from './words.ts';

/** Asks before a link does what it says. @param body what it would do it to @param label of the link, '' for none */
export function confirmation(intent: Intent, body: readonly Block[] = [], label = ''): Message {
  const heading = changeWords(intent);
  return { summary: heading, heading, body, buttons: [does(label === '' ? words.confirm : label, intent, 'main')] };
}
