import { does, type Message, paragraph } from '../../messages/message.ts';

/**
 * @param number of the round
 * @param last when it publishes itself, such as '10am on Monday 15 March'
 */
export function ready(number: number, last: string): Message {
  const text = `Round ${number} of matches waits for you to publish it.`;
  return {
    summary: text,
    heading: 'A round waits to be published',
    body: [
      paragraph(text),
      paragraph(`Look at it first if you like. If nobody has published it by ${last}, it publishes itself.`),
    ],
    buttons: [does('See the round', { kind: 'matching.next' }, 'main')],
  };
}
