import { does, type Message, paragraph } from '../messages/message.ts';

export const refusals = {
  nothingWaits: 'No round waits to be published now. It may have been published already.',
} as const;

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
