import { summaryBlocks } from '../afterwards/summary-messages.ts';
import { facts, type Message, paragraph } from '../messages/message.ts';
import { why } from './cancel-messages.ts';
import { details, plan, type Shown, signUpButton, timesOf } from './messages.ts';

/*
 * A conversation's card in a channel that many read: for nobody in particular, and never with the link to join.
 */

/** While it is to come. Whoever presses is asked who they are then. */
export function notice(shown: Shown): Message {
  const { title, about } = shown.conversation;
  return {
    summary: `A conversation you can join: “${title}”, ${timesOf(shown)}.`,
    heading: title,
    body: [paragraph(about), details(shown)],
    buttons: [signUpButton(shown, false)],
  };
}

export function cancelledNotice(shown: Shown): Message {
  const { conversation } = shown;
  const struck = plan(shown).map(([label, value]) => `${label}: ${value}`);
  return {
    summary: `“${conversation.title}”, ${timesOf(shown)}, has been cancelled.`,
    heading: `Cancelled: ${conversation.title}`,
    body: [
      paragraph('This conversation will not take place. We have told everyone who signed up.'),
      { kind: 'struck', text: [conversation.about, ...struck].join('\n') },
      ...why(conversation),
    ],
    buttons: [],
  };
}

/**
 * Once it is too late to sign up. `over`: it has ended, too.
 *
 * @param summary what its host wrote of it since; '' for nothing
 */
export function pastNotice(shown: Shown, over: boolean, summary: string): Message {
  const { conversation } = shown;
  const text = over ? 'This conversation has taken place.' : 'This conversation has begun.';
  return {
    summary: `“${conversation.title}”, ${timesOf(shown)}: ${over ? 'it has taken place' : 'it has begun'}.`,
    heading: conversation.title,
    body: [paragraph(text), paragraph(conversation.about), facts(...plan(shown)), ...summaryBlocks(summary)],
    buttons: [],
  };
}
