import { does, type Message, paragraph } from '../../messages/message.ts';
import { dayWords } from '../../time/words.ts';
import { sitOutButton } from '../matches/buttons.ts';
import type { RoundAhead } from './round-ahead.ts';
import { askedWords } from './wish-messages.ts';

/** @param asked what they asked for, in parts; empty for nothing */
export function beforeRound(round: RoundAhead, zone: string, asked: readonly string[]): Message {
  const day = dayWords(round.at, zone);
  const text = `The next round of matches is on ${day}.`;
  const has = asked.length > 0;
  return {
    summary: text,
    heading: `Next round of matches: ${day}`,
    body: [
      paragraph(text),
      paragraph(has ? askedWords(asked) : 'You can say who you would like to meet.'),
      paragraph('If it does not suit you now, sit this round out. Nobody else is told.'),
    ],
    buttons: [
      does(
        has ? 'Change what you asked for' : 'Say who you would like to meet',
        { kind: 'matching.open-wishes' },
        'main',
      ),
      sitOutButton('Sit it out', round.number),
    ],
  };
}
