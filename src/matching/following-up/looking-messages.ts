import { type Message, paragraph } from '../../messages/message.ts';
import { dayWords } from '../../time/words.ts';
import type { OwnRound } from '../asking/round-ahead.ts';
import { seeMatchButton, sitOutButton } from '../matches/buttons.ts';

/** To one who had no match, and asks for one now. */
export function looksNow({ round, skips }: OwnRound, zone: string): Message {
  const text = 'We look for a match for you now.';
  const next = round === undefined || skips ? '' : ` You also take part in the round on ${dayWords(round.at, zone)}.`;
  return {
    summary: text,
    heading: 'We are looking for a match',
    body: [paragraph(`${text} We introduce you as soon as we find someone who suits.${next}`)],
    buttons: skips ? [] : [sitOutButton('Sit out the next round', round?.number)],
  };
}

/** To one who asks for a match and has one. */
export function hasMatch(): Message {
  const text = 'You have a match already.';
  const buttons = [seeMatchButton];
  return { summary: text, heading: 'Your match', body: [paragraph(text)], buttons };
}
