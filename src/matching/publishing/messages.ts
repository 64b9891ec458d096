import { does, type Message, type Page, paragraph } from '../../messages/message.ts';

export const refusals = {
  nothingWaits: 'No round waits to be published now. It may have been published already.',
} as const;

/**
 * Before a round goes out: it cannot be taken back.
 *
 * @param people how many meet somebody
 * @param plan what they looked at
 */
export function publishQuestion(people: number, plan: string): Page {
  const text = `We introduce ${people} people to each other at once. This cannot be undone.`;
  return {
    heading: 'Publish this round?',
    body: [paragraph(text)],
    cards: [
      {
        summary: text,
        heading: 'Go on?',
        body: [],
        buttons: [
          does('Publish it now', { kind: 'matching.publish', plan }, 'main'),
          does('See who meets whom', { kind: 'matching.groups', after: '0' }),
          does('Not yet', { kind: 'matching.next' }),
        ],
      },
    ],
  };
}

/** To the convener who published a round. */
export function published(groups: number): Message {
  const text =
    groups === 1 ? 'We have published the round: 1 match.' : `We have published the round: ${groups} matches.`;
  return {
    summary: text,
    heading: 'Round published',
    body: [paragraph(text), paragraph('We are introducing people to each other now.')],
    buttons: [does('See rounds', { kind: 'matching.rounds' }, 'main')],
  };
}
