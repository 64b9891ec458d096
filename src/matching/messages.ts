import { does, type Message, paragraph } from '../messages/message.ts';
import type { LeftOutReason } from './model.ts';

const reasons: Readonly<Record<LeftOutReason, string>> = {
  'odd-number': 'This time an odd number of people took part, so one person was left without a match.',
  'met-everyone': 'You have already met everyone from another council who is taking part.',
  'one-council': 'This time more than half of those who took part lead in your council.',
  'nobody-free': 'This time there was nobody from another council left for you to meet.',
};

export function leftOut(reason: LeftOutReason): Message {
  const text = `Sorry: we do not have a match for you this time. ${reasons[reason]}`;
  return {
    summary: text,
    heading: 'No match this time',
    body: [paragraph(text), paragraph('You come first in the next round. Until then, a conversation may suit you.')],
    buttons: [does('See conversations', { kind: 'conversations.list' }, 'main')],
  };
}

/** @param often as `rhythmWords` has it */
export function noMatchYet(often: string): Message {
  const text = `You do not have a match yet. We introduce people ${often}.`;
  return { summary: text, heading: 'Your match', body: [paragraph(text)], buttons: [] };
}
