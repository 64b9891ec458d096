import { type Block, type Button, type ButtonStyle, does, type Message, paragraph } from '../../messages/message.ts';
import { telling } from '../../messages/telling.ts';
import { together } from '../../messages/together.ts';
import { momentWords, whenWords } from '../../time/words.ts';
import { answerButton, seeMatchButton } from '../matches/buttons.ts';
import { meetingMinutes } from './rules.ts';

export const refusals = {
  notYours: telling('We could not find that match. Type “match” to see who you are matched with.', 'match'),
  ended: telling('That match has ended, so there is nothing to agree on. Type “match” to see how you stand.', 'match'),
  unsuitable: telling('That time no longer suits all of you. Type “match” to see other times.', 'match'),
  past: telling('That time has passed. Type “match” to see other times.', 'match'),
  takeNoPart: telling(
    'Somebody in this match takes no part in matches now, so we do not ask about a time. Type “match” to see how you stand.',
    'match',
  ),
  youTakeNoPart: telling(
    'You take no part in matches now, so you cannot agree on a time. Type “resume” to end a pause, or “settings” to agree to matches.',
    'resume',
    'settings',
  ),
  changed: telling('That time is not suggested any more. Type “match” to see how you stand.', 'match'),
  tooLate: telling(
    'It is too late to change the time that you agreed on, so it stays as it is. If you cannot come, write to each other. Type “match” to see your match.',
    'match',
  ),
  alreadyAgreed: telling(
    'All of you have agreed on the new time already. Type “match” to see when you meet, or to change it.',
    'match',
  ),
  earlier: 'That match is of an earlier round. Write to each other to find a time.',
  noneAgreed: telling('You have no agreed time to come in that match. Type “match” to see how you stand.', 'match'),
} as const;

export const acceptLabel = 'Yes, that suits me';

/** Names of the others in a match; 'your match' where they cannot be named any more. */
export function othersWords(names: readonly string[]): string {
  return names.length === 0 ? 'your match' : together(names);
}

export function whenOf(at: Date, zone: string): string {
  return whenWords(at, meetingMinutes, zone);
}

/**
 * One for each time, on the clock of whoever reads it.
 *
 * @param verb what the first word says that it does: the same either way, but that there is an agreed time
 */
export function suggestButtons(
  matchId: string,
  times: readonly Date[],
  zone: string,
  verb: 'Suggest' | 'Change to' = 'Suggest',
): readonly Button[] {
  return times.map((at) => suggests(`${verb} ${momentWords(at, zone)}`, matchId, at, 'plain'));
}

export function suggests(label: string, match: string, at: Date, style: ButtonStyle): Button {
  return does(label, { kind: 'matching.suggest-time', match, at: at.toISOString() }, style);
}

/** Opens the form for a time that is not shown. */
export function suggestsOwn(label: string, match: string, style: ButtonStyle = 'plain'): Button {
  return does(label, { kind: 'matching.open-own-time', match }, style);
}

/** Where other times are shown, or one was suggested. */
export const anotherTime = 'Suggest another time';

/** For those who have found a date by themselves. */
export const sayWhen = 'Put the date in your calendars';

/** A time, and the agreed one that it is to take the place of, or has taken. */
export interface SuggestedTime {
  readonly at: Date;
  readonly instead: Date | undefined;
}

/** What holds while others are asked about another time. @param names of those who have to say yes */
export function untilAgreed(instead: Date, names: readonly string[], zone: string): string {
  const who = names.length === 1 ? othersWords(names) : 'everybody';
  return `Until ${who} says yes, you meet as agreed: ${whenOf(instead, zone)}.`;
}

/** After that people may be on their way. */
export const lastChange = 'The time can be changed until an hour before you meet.';

/** To who suggested a time. @param names those who are asked */
export function suggested(names: readonly string[], { at, instead }: SuggestedTime, zone: string): Message {
  const text = `We have asked ${othersWords(names)} about ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'You suggested a time',
    body: [
      paragraph(text),
      ...(instead === undefined ? [] : [paragraph(`${untilAgreed(instead, names, zone)} ${lastChange}`)]),
      paragraph('We tell you when it is agreed.'),
    ],
    buttons: [seeMatchButton],
  };
}

/** To who suggests another time once the one that they had agreed to has passed, and nobody has said whether they met. */
export function firstWhetherYouMet(match: string, names: readonly string[]): Message {
  const text = `Did you meet ${othersWords(names)}?`;
  return {
    summary: text,
    heading: 'Did you meet?',
    body: [
      paragraph(`The time that you agreed on has passed. ${text}`),
      paragraph('Tell us this first. If you did not meet, you can suggest another time after that.'),
    ],
    buttons: [
      does('We met', { kind: 'matching.met', match }, 'main'),
      answerButton('We did not meet', match, 'not-met'),
      seeMatchButton,
    ],
  };
}

/** A time that somebody of a match suggested to one of the others. */
export interface Suggestion extends SuggestedTime {
  readonly matchId: string;
  readonly name: string;
  /** Others that would do. */
  readonly others: readonly Date[];
  /** Whether the reader can suggest a time at all. */
  readonly canSuggest: boolean;
  /** How many they are, the reader among them. */
  readonly people: number;
}

export function timeSuggested(suggestion: Suggestion, zone: string): Message {
  const { matchId, name, at, instead, people, canSuggest } = suggestion;
  const who = name === '' ? 'Your match' : name;
  if (instead !== undefined) return changeSuggested({ ...suggestion, who, instead }, zone);
  const otherwise = canSuggest ? 'suggest another time' : 'write to each other to find another time';
  const text = `${who} would like to meet you ${inWords(at, zone)}.`;
  return {
    summary: text,
    heading: `${who} suggests a time to meet`,
    body: [paragraph(text), ...allSayYes(people), paragraph(`If it does not suit you, ${otherwise}.`)],
    buttons: [accepts(matchId, at), ...othersFor(suggestion, zone)],
  };
}

/** Buttons for other times. */
function othersFor({ matchId, others, canSuggest }: Suggestion, zone: string): readonly Button[] {
  return canSuggest ? [...suggestButtons(matchId, others, zone), suggestsOwn(anotherTime, matchId)] : [];
}

function allSayYes(people: number): readonly Block[] {
  return people > 2 ? [paragraph('It is agreed once everybody in your group says yes.')] : [];
}

interface Change extends Suggestion {
  readonly who: string;
  readonly instead: Date;
}

function changeSuggested(change: Change, zone: string): Message {
  const { matchId, who, at, instead, people } = change;
  const text = `${who} would like to change the time that you meet, to ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: `${who} suggests another time`,
    body: [
      paragraph(text),
      ...allSayYes(people),
      paragraph(
        `You have agreed on ${whenOf(instead, zone)}. You meet then, unless ${people > 2 ? 'all of you say' : 'you say'} yes to the other time. ${lastChange}`,
      ),
    ],
    buttons: [accepts(matchId, at), keeps(matchId, at), ...othersFor(change, zone)],
  };
}

export function accepts(match: string, at: Date): Button {
  return does(acceptLabel, { kind: 'matching.accept-time', match, at: at.toISOString() }, 'main');
}

/** In place of which another was suggested. @param at that other time */
export function keeps(match: string, at: Date): Button {
  return does('Keep the time we agreed', { kind: 'matching.keep-time', match, at: at.toISOString() });
}

/** 'from 10am to 10:30am on Tuesday 3 March'. */
function inWords(at: Date, zone: string): string {
  return `from ${whenOf(at, zone)}`;
}

/** To who said yes, while others of the group have not. */
export function saidYes({ at, instead }: SuggestedTime, zone: string): Message {
  const text = `You said yes to ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'We have told your group',
    body: [
      paragraph(text),
      ...(instead === undefined ? [] : [paragraph(`${untilAgreed(instead, [], zone)} ${lastChange}`)]),
      paragraph('We tell you once everybody has said yes.'),
    ],
    buttons: [seeMatchButton],
  };
}

export function inCalendar(matchId: string, style: ButtonStyle = 'plain'): Button {
  return does('Add to your calendar', { kind: 'diary.file', of: matchId }, style);
}
