import { does, type Message, paragraph } from '../messages/message.ts';
import { dayWords } from '../time/words.ts';
import { askedWords } from './wish-messages.ts';

/** @param asked what they asked for, in parts; empty for nothing */
export function beforeRound(round: Date, zone: string, asked: readonly string[]): Message {
  const text = `The next round of matches is on ${dayWords(round, zone)}.`;
  const has = asked.length > 0;
  return {
    summary: text,
    heading: 'The next round of matches',
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
      does('Sit it out', { kind: 'membership.skip-round' }),
    ],
  };
}
