import type { Intent } from '../intents.ts';
import { does, type Message, paragraph } from './message.ts';
import type { Reply } from './reply.ts';
import { type Telling, telling } from './telling.ts';

/** Where a platform cannot open a dialog in answer to typed words, this card opens it by a button instead. */
export function invitation(heading: string, intent: Intent): Message {
  return {
    summary: `${heading}. Select Open to see it: only you can.`,
    heading,
    body: [paragraph('This opens in a window that only you can see.')],
    buttons: [does('Open', intent, 'main')],
  };
}

/** True of what says that nothing was done: the person may ask again. */
export function isRefusal({ words }: Message): boolean {
  return words !== undefined;
}

/** The same of a reply: what was sent with it is of use to nobody but whoever wrote it. */
export function isRefused(reply: Reply): reply is Extract<Reply, { kind: 'message' }> {
  return reply.kind === 'message' && isRefusal(reply.message);
}

/** A refusal, said kindly; what it `says` comes from the capability that refused. */
export function refusal(says: string | Telling): Message {
  const { text, words } = typeof says === 'string' ? telling(says) : says;
  return { summary: text, heading: 'Sorry, we could not do that', body: [paragraph(text)], buttons: [], words };
}

/** Said when something broke on our side. It promises only what is true: that nothing was lost and that we know. */
export function fault(): Message {
  const text = 'Something went wrong on our side. Nothing you sent was shared. Try again in a few minutes.';
  return { summary: text, heading: 'Sorry, there is a problem', body: [paragraph(text)], buttons: [] };
}

/** Said when a button or a form reaches us in a shape we do not know: usually a card from an older version. */
export function outdated(): Message {
  return refusal(telling('That button is out of date. Type “help” to see what you can do now.', 'help'));
}
