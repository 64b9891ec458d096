import { does, type Message, paragraph } from '../messages/message.ts';
import { dayWords } from '../time/words.ts';

/** @param round when the round is; `undefined` where none is planned */
export function skipsRound(round: Date | undefined, zone: string): Message {
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round, zone)}`;
  const text = `You sit out ${which}. After that you take part again.`;
  return {
    summary: text,
    heading: 'The next round of matches',
    body: [paragraph(text), paragraph('Nobody else is told.')],
    buttons: [does('Take part after all', { kind: 'membership.take-round' })],
  };
}

export function takesRound(round: Date | undefined, zone: string): Message {
  const text =
    round === undefined
      ? 'You take part in the next round.'
      : `You take part in the round on ${dayWords(round, zone)}.`;
  return {
    summary: text,
    heading: 'The next round of matches',
    body: [paragraph(text)],
    buttons: [
      does('Say who you would like to meet', { kind: 'matching.open-wishes' }),
      does('Sit it out', { kind: 'membership.skip-round' }),
    ],
  };
}
