import { does, type Message, paragraph } from '../messages/message.ts';
import type { LeftOutReason } from './model.ts';

const reasons: Readonly<Record<LeftOutReason, string>> = {
  'no-other-council': 'Nobody from another council took part.',
  'met-everyone': 'You were matched lately with everyone from another council who took part.',
  'one-council': 'More than half of those who took part lead in your council.',
  'others-fixed': 'Conveners put other people together, and nobody was left for you.',
  'odd-number': 'An odd number of people took part, so one person was left without a match.',
  'all-matched': 'Everyone else you could meet has a match.',
  'nobody-free': 'We did not find anyone for you to meet.',
};

export function leftOut(reason: LeftOutReason): Message {
  const text = `Sorry: we do not have a match for you this time. ${reasons[reason]}`;
  return {
    summary: text,
    heading: 'No match this time',
    body: [
      paragraph(text),
      paragraph('Next time we put you first where we can. Until then, a conversation may suit you.'),
    ],
    buttons: [does('See conversations', { kind: 'conversations.list' }, 'main')],
  };
}
