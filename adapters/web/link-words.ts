import { does } from '../../src/messages/message.ts';
import { isRefused } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { words } from '../../src/words.ts';

/**
 * A refusal tells people to type a word. Here is nowhere to type one, so each word that it names is a button; those that
 * the link does not lead on to are not drawn.
 */
export function withWords(reply: Reply): Reply {
  if (!isRefused(reply)) return reply;
  const { message } = reply;
  const named = message.words ?? [];
  const buttons = named.map((word) => does(word.charAt(0).toUpperCase() + word.slice(1), words[word].intent));
  return { ...reply, message: { ...message, buttons: [...message.buttons, ...buttons] } };
}
