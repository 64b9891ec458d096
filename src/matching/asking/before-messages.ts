import { type Message, paragraph } from '../../messages/message.ts';
import { dayWords } from '../../time/words.ts';
import { sitOutButton } from '../matches/buttons.ts';
import type { RoundAhead } from './round-ahead.ts';
import { askedWords, wishButton } from './wish-messages.ts';

/** @param asked what they asked for, in parts; empty for nothing */
export function beforeRound(round: RoundAhead, zone: string, asked: readonly string[]): Message {
  const day = dayWords(round.at, zone);
  const text = `The next round of matches is on ${day}.`;
  return {
    summary: text,
    heading: `Next round of matches: ${day}`,
    body: [
      paragraph(text),
      paragraph(asked.length === 0 ? 'You can say who you would like to meet.' : askedWords(asked)),
      paragraph('If it does not suit you now, sit this round out. Nobody else is told.'),
    ],
    buttons: [wishButton(asked, 'main'), sitOutButton('Sit it out', round.number)],
  };
}
