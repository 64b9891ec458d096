import { type Block, does, facts, type Message, paragraph } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import { writingTo } from '../network/writing-to.ts';
import type { LeftOutReason } from './model.ts';
import type { Starter } from './starter.ts';

/**
 * To one of a pair, about the other. Members agree to this when they join: the welcome says so.
 *
 * @param isOnTeams whether the other can be written to there now
 */
export function introduction(other: Member, starter: Starter, isOnTeams: boolean): Message {
  return {
    summary: `We would like to introduce you to ${other.name}, ${other.role} at ${other.council}.`,
    heading: `Meet ${other.name}`,
    body: [
      facts(['Name', other.name], ['Role', other.role], ['Council', other.council], ['Email', other.email]),
      paragraph('Why you two: you lead in different councils, and have not been matched before.'),
      ...opening(starter),
      paragraph('Write to each other to find half an hour. We have sent them your name, role, council and email too.'),
    ],
    buttons: writingTo({ ...other, isOnTeams }),
  };
}

function opening({ question }: Starter): readonly Block[] {
  return question === '' ? [] : [paragraph('A question you could start with:'), { kind: 'quote', text: question }];
}

const together = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** To everyone of a match at once, in a group of their own. */
export function groupIntroduction(people: readonly Member[], starter: Starter): Message {
  const names = together.format(people.map(({ name }) => name));
  return {
    summary: `We would like to introduce you to each other: ${names}.`,
    heading: 'Meet each other',
    body: [
      paragraph('We have put you in this group because you are matched this time.'),
      facts(...people.map(({ name, role, council }) => [name, `${role}, ${council}`] as const)),
      paragraph('Why you: you lead in different councils, and have not been matched before.'),
      ...opening(starter),
      paragraph('Say hello here, and find half an hour to talk.'),
    ],
    buttons: [],
  };
}

const reasons: Readonly<Record<LeftOutReason, string>> = {
  'odd-number': 'This time an odd number of people took part, so one person was left without a match.',
  'met-everyone': 'You have already met everyone from another council who is taking part.',
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
