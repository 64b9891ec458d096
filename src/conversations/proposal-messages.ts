import { does, type Message, paragraph } from '../messages/message.ts';
import { card, timesOf, type View } from './messages.ts';

/** The card by which a host comes to propose. */
export function hosting(): Message {
  const text = 'As a host you can propose a conversation on a theme you care about.';
  return {
    summary: text,
    heading: 'Host a conversation',
    body: [paragraph(text)],
    buttons: [
      does('Propose a conversation', { kind: 'proposals.open', topic: '', follows: '', theme: '' }),
      does('See your drafts', { kind: 'proposals.mine' }),
    ],
  };
}

/** To who said, when they were asked, that they could come then: the first to be told. */
export function timeChosen(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `You said you could come: “${view.conversation.title}”, ${timesOf(view)}.`,
    body: [paragraph('You said you could come at this time. Sign up to have a seat.'), ...shown.body],
  };
}
