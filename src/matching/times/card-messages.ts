import { type Block, type Button, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { momentWords } from '../../time/words.ts';
import { accepts, anotherTime, keeps, lastChange, othersWords, suggests, suggestsOwn, whenOf } from './messages.ts';

/* What the card of a match says of when its people meet. */

/** Buttons that suggest a time, where that is the next step: the first of them is the one that we hope for. */
export function nextStepButtons(matchId: string, times: readonly Date[], zone: string): readonly Button[] {
  if (times.length === 0) return [suggestsOwn('Suggest a time', matchId, 'main')];
  const shown = times.map((at, index) =>
    suggests(`Suggest ${momentWords(at, zone)}`, matchId, at, index === 0 ? 'main' : 'plain'),
  );
  return [...shown, suggestsOwn(anotherTime, matchId)];
}

/** What the buttons are for. @param names of the others */
export function suggestWords(times: readonly Date[], names: readonly string[]): readonly Block[] {
  if (times.length === 0) return [paragraph(`Suggest a time, and we ask ${askedWords(names)}.`)];
  const who = names.length > 1 ? 'all of you' : 'both of you';
  const [what, which] = times.length === 1 ? ['This time is', 'it'] : ['These times are', 'one'];
  return [
    paragraph(`${what} in the working hours of ${who}. Suggest ${which}, or another, and we ask ${askedWords(names)}.`),
  ];
}

function askedWords(names: readonly string[]): string {
  return names.length > 1 ? 'the others' : othersWords(names);
}

/** How a match stands to meeting, on its card. */
export interface Standing {
  readonly at: Date;
  /** Whether the reader said yes to it. */
  readonly saysYes: boolean;
  /** Who suggested it; '' for the reader, or somebody who cannot be named. */
  readonly suggestedBy: string;
}

export function standingWords({ at, saysYes, suggestedBy }: Standing, zone: string): string {
  const when = whenOf(at, zone);
  if (saysYes) return suggestedBy === '' ? `You suggested ${when}.` : `You said yes to ${when}.`;
  return `${suggestedBy === '' ? 'Your match' : suggestedBy} suggests ${when}.`;
}

/** Another time, suggested in place of the agreed one. */
export interface ChangeAsked extends Standing {
  /** Of the others. */
  readonly names: readonly string[];
}

/** To say yes to it, or to keep the agreed time. */
export function changeButtons(
  matchId: string,
  { at, saysYes }: Pick<ChangeAsked, 'at' | 'saysYes'>,
): readonly Button[] {
  return [...(saysYes ? [] : [accepts(matchId, at)]), keeps(matchId, at)];
}

export function changeWords({ at, saysYes, suggestedBy, names }: ChangeAsked, zone: string): string {
  const when = whenOf(at, zone);
  if (!saysYes) {
    const who = suggestedBy === '' ? 'Your match' : suggestedBy;
    return `${who} suggests ${when} instead. You meet as agreed, unless ${names.length > 1 ? 'all of you say' : 'you say'} yes to that. ${lastChange}`;
  }
  const until = names.length === 1 ? `${othersWords(names)} says yes` : 'everybody says yes';
  return `You ${suggestedBy === '' ? 'suggested' : 'said yes to'} ${when} instead. You meet as agreed until ${until}. ${lastChange}`;
}

/** A time that all have agreed to, on the card of a match. */
export interface AgreedOn {
  readonly at: Date;
  /** Of the others. */
  readonly names: readonly string[];
  /** Whether the card offers other times. */
  readonly canChange: boolean;
}

export function meetsWords({ at, names, canChange }: AgreedOn, zone: string): readonly Block[] {
  const until = names.length > 1 ? 'everybody says yes' : 'they say yes';
  const change = `To change the time, choose another: we ask ${askedWords(names)}. The time that you have stays until ${until}.`;
  return [
    paragraph(`You meet ${othersWords(names)} from ${whenOf(at, zone)}. Write to each other to say where you talk.`),
    ...(canChange ? [paragraph(change)] : []),
  ];
}

/** The same once that time has begun. */
export interface WereToMeet extends AgreedOn {
  /** Whether the reader has answered that they did not meet. */
  readonly saidNotMet: boolean;
}

export function wereToMeetWords({ at, names, canChange, saidNotMet }: WereToMeet, zone: string): readonly Block[] {
  const [said, may] = saidNotMet
    ? ['You have said that you did not meet.', 'You']
    : ['Tell us once you have met.', 'If you did not meet, you'];
  const again = canChange ? ` ${may} can suggest another time.` : '';
  return [paragraph(`You agreed to meet ${othersWords(names)} from ${whenOf(at, zone)}. ${said}${again}`)];
}

/** In place of times, where some of them take no part in matching now. @param names of those; none where it is the reader */
export function noTimesWords(names: readonly string[]): Block {
  const who = names.length === 0 ? 'You' : together(names);
  const takes = names.length === 1 ? 'takes' : 'take';
  const ask = names.length === 0 ? '' : ' If you have not met, you can ask for another match.';
  return paragraph(`${who} ${takes} no part in matches now, so you cannot suggest a time here.${ask}`);
}
