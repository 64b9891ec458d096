import type { Intent } from '../intents.ts';
import { does, type Message, paragraph } from './message.ts';
import type { Reply } from './reply.ts';

/** Where a platform cannot open a dialog in answer to typed words, this card opens it by a button instead. */
export function invitation(heading: string, intent: Intent): Message {
  return {
    summary: `${heading}. Select Open to see it: only you can.`,
    heading,
    body: [paragraph('This opens in a window that only you can see.')],
    buttons: [does('Open', intent, 'main')],
  };
}

const sorry = 'Sorry, we could not do that';

/** True of what says that nothing was done: the person may ask again. */
export function isRefusal({ heading }: Message): boolean {
  return heading === sorry;
}

/** The same of a reply: what was sent with it is of use to nobody but whoever wrote it. */
export function isRefused(reply: Reply): reply is Extract<Reply, { kind: 'message' }> {
  return reply.kind === 'message' && isRefusal(reply.message);
}

/** A refusal, said kindly; `text` comes from the capability that refused. */
export function refusal(text: string): Message {
  return { summary: text, heading: sorry, body: [paragraph(text)], buttons: [] };
}

/** Said when something broke on our side. It promises only what is true: that nothing was lost and that we know. */
export function fault(): Message {
  const text = 'Something went wrong on our side. Nothing you sent was shared. Try again in a few minutes.';
  return { summary: text, heading: 'Sorry, there is a problem', body: [paragraph(text)], buttons: [] };
}

/** Said when a button or a form reaches us in a shape we do not know: usually a card from an older version. */
export function outdated(): Message {
  const text = 'That button is out of date. Type “help” to see what you can do now.';
  return { summary: text, heading: sorry, body: [paragraph(text)], buttons: [] };
}
