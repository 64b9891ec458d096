import type { RoundAhead } from '../matching/asking/round-ahead.ts';
import { lookNowButton, sitOutButton } from '../matching/matches/buttons.ts';
import { type Button, does, type Message, paragraph } from '../messages/message.ts';
import { dayWords } from '../time/words.ts';

const seeMatch: Button = does('See your match', { kind: 'matching.current' });

export interface SkipsRound {
  /** When the round is; `undefined` where none is planned. */
  readonly round: Date | undefined;
  /** Whether they have a match now: the card of it may have become this one. */
  readonly isMatched: boolean;
  readonly zone: string;
}

export function skipsRound({ round, isMatched, zone }: SkipsRound): Message {
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round, zone)}`;
  const text = `You sit out ${which}. After that you take part again.`;
  return {
    summary: text,
    heading: 'The next round of matches',
    body: [paragraph(text), paragraph('Nobody else is told.')],
    buttons: [does('Take part after all', { kind: 'membership.take-round' }), ...(isMatched ? [seeMatch] : [])],
  };
}

/** To somebody who would sit out a round that they were told of too long ago. @param next `undefined` where none is planned */
export function roundHasBeen(next: RoundAhead | undefined, zone: string): Message {
  const text = 'That round has taken place.';
  return {
    summary: text,
    heading: 'The next round of matches',
    body: [paragraph(next === undefined ? text : `${text} The next one is on ${dayWords(next.at, zone)}.`)],
    buttons: next === undefined ? [] : [sitOutButton('Sit out that round', next.number)],
  };
}

export interface TakesRound {
  /** `undefined` where none is planned. */
  readonly round: RoundAhead | undefined;
  /** Whether they asked for no match until then. */
  readonly rests: boolean;
  readonly isMatched: boolean;
  readonly zone: string;
}

export function takesRound({ round, rests, isMatched, zone }: TakesRound): Message {
  const text =
    round === undefined
      ? 'You take part in the next round.'
      : `You take part in the round on ${dayWords(round.at, zone)}.`;
  return {
    summary: text,
    heading: 'The next round of matches',
    body: [paragraph(text), ...(rests ? [paragraph('You can also have a match before then.')] : [])],
    buttons: [
      ...(rests ? [lookNowButton] : []),
      does('Say who you would like to meet', { kind: 'matching.open-wishes' }),
      sitOutButton('Sit it out', round?.number),
      ...(isMatched ? [seeMatch] : []),
    ],
  };
}
