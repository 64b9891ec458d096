import { does, type Message, paragraph } from '../messages/message.ts';

/** @param number of the round */
export function ready(number: number): Message {
  const text = `Round ${number} of matches waits for you to publish it.`;
  return {
    summary: text,
    heading: 'A round waits to be published',
    body: [paragraph(text), paragraph('Look at it first if you like. After four days it publishes itself.')],
    buttons: [does('See the round', { kind: 'matching.next' }, 'main')],
  };
}
