import { facts, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { seeMatchButton } from '../matches/buttons.ts';
import { whenOf } from './messages.ts';

/**
 * To the other of a match of an earlier round, or of two who have met before: they do not meet, and we look for nobody else.
 *
 * @param names none of somebody who left
 * @param at `undefined` where we do not know the time
 */
export function meetingOff(names: readonly string[], at: Date | undefined, zone: string): Message {
  const [whose, they] =
    names.length === 0 ? ['Your meeting', 'the other person'] : [`Your meeting with ${together(names)}`, 'they'];
  const text = `${whose} is called off, because ${they} cannot meet.`;
  return {
    summary: text,
    heading: 'Your meeting is called off',
    body: [paragraph(text), ...(at === undefined ? [] : [facts(['When', whenOf(at, zone)])])],
    buttons: [seeMatchButton],
  };
}
