import {
  type Block,
  type Button,
  type ButtonStyle,
  does,
  facts,
  type Message,
  paragraph,
} from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { momentWords, whenWords } from '../../time/words.ts';
import { answerButton } from '../matches/buttons.ts';
import { meetingMinutes } from './rules.ts';

export const refusals = {
  notYours: 'We could not find that match. Type “match” to see who you are matched with.',
  ended: 'That match has ended, so there is nothing to agree on. Type “match” to see how you stand.',
  unsuitable: 'That time no longer suits all of you. Type “match” to see other times.',
  past: 'That time has passed. Type “match” to see other times.',
  takeNoPart:
    'Somebody in this match takes no part in matches now, so we do not ask about a time. Type “match” to see how you stand.',
  youTakeNoPart:
    'You take no part in matches now, so you cannot agree on a time. Type “resume” to end a pause, or “settings” to agree to matches.',
  changed: 'Another time was suggested since. Type “match” to see it.',
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
 * @param verb what the first word says that it does: the same either way, but that an agreed time is called off by it
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

/** A time that is suggested, and the one that was agreed and is called off by that. */
export interface SuggestedTime {
  readonly at: Date;
  readonly instead: Date | undefined;
}

function insteadOf(instead: Date | undefined, zone: string): readonly Block[] {
  return instead === undefined ? [] : [paragraph(`You had agreed on ${whenOf(instead, zone)}. That is called off.`)];
}

/** To who suggested a time. @param names those who are asked */
export function suggested(names: readonly string[], { at, instead }: SuggestedTime, zone: string): Message {
  const text = `We have asked ${othersWords(names)} about ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'You suggested a time',
    body: [paragraph(text), ...insteadOf(instead, zone), paragraph('We tell you when it is agreed.')],
    buttons: [toMatch()],
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
      toMatch(),
    ],
  };
}

function toMatch(): Button {
  return does('See your match', { kind: 'matching.current' });
}

/** A time that somebody of a match suggested to one of the others. */
export interface Suggestion extends SuggestedTime {
  readonly matchId: string;
  readonly name: string;
  /** Others that would do. */
  readonly others: readonly Date[];
  /** How many they are, the reader among them. */
  readonly people: number;
}

export function timeSuggested({ matchId, name, at, instead, others, people }: Suggestion, zone: string): Message {
  const who = name === '' ? 'Your match' : name;
  const text = `${who} would like to meet you ${inWords(at, zone)}.`;
  const all = people > 2 ? [paragraph('It is agreed once everybody in your group says yes.')] : [];
  return {
    summary: text,
    heading: `${who} suggests a time to meet`,
    body: [
      paragraph(text),
      ...insteadOf(instead, zone),
      ...all,
      paragraph('If it does not suit you, suggest another time.'),
    ],
    buttons: [
      does(acceptLabel, { kind: 'matching.accept-time', match: matchId, at: at.toISOString() }, 'main'),
      ...suggestButtons(matchId, others, zone),
      suggestsOwn(anotherTime, matchId),
    ],
  };
}

/** 'from 10am to 10:30am on Tuesday 3 March'. */
function inWords(at: Date, zone: string): string {
  return `from ${whenOf(at, zone)}`;
}

/** To who said yes, while others of the group have not. */
export function saidYes(at: Date, zone: string): Message {
  const text = `You said yes to ${whenOf(at, zone)}.`;
  return {
    summary: text,
    heading: 'We have told your group',
    body: [paragraph(text), paragraph('We tell you once everybody has said yes.')],
    buttons: [toMatch()],
  };
}

/** A time that everybody said yes to. */
export interface Agreed {
  readonly matchId: string;
  readonly names: readonly string[];
  readonly at: Date;
  /** Whether it comes to their calendar by e-mail. */
  readonly isInvited: boolean;
}

export function timeAgreed({ matchId, names, at, isInvited }: Agreed, zone: string): Message {
  const who = othersWords(names);
  const text = `You meet ${who} from ${whenOf(at, zone)}.`;
  const calendar = isInvited
    ? 'We email you an invitation for your calendar.'
    : 'You can add it to your calendar from here.';
  return {
    summary: text,
    heading: names.length === 1 ? `You have a date with ${who}` : 'You have a date',
    body: [paragraph(text), paragraph(`Write to each other to say where you talk. ${calendar}`)],
    buttons: [inCalendar(matchId), toMatch()],
  };
}

export function inCalendar(matchId: string, style: ButtonStyle = 'plain'): Button {
  return does('Add to your calendar', { kind: 'diary.file', of: matchId }, style);
}

/** Of several the names would be longer than a heading may be; they stand below it. */
function headingOf(names: readonly string[]): string {
  return names.length > 1 ? 'Meet your group' : meetingTitle(names);
}

/** By e-mail, with the entry itself. @param isChange whether one of the same match is in their calendar already */
export function meetingInvitation({ matchId, names, at }: Agreed, zone: string, isChange: boolean): Message {
  const title = meetingTitle(names);
  const what = isChange
    ? 'We have changed this in your calendar, so that it is right again.'
    : 'This email puts the meeting in your calendar.';
  return {
    summary: isChange ? `“${title}” is changed in your calendar.` : `“${title}” is for your calendar.`,
    heading: isChange ? `Changed: ${headingOf(names)}` : headingOf(names),
    body: [
      paragraph(`You have agreed on this time. ${what}`),
      facts(['When', whenOf(at, zone)], ['With', othersWords(names)]),
      paragraph('If you cannot come, write to each other. We do not see what you answer in your calendar.'),
    ],
    buttons: [inCalendar(matchId), toMatch()],
  };
}

/** By e-mail, with what takes the entry out again. @param names none of somebody who was erased */
export function meetingCalledOff(names: readonly string[], at: Date, zone: string): Message {
  const title = meetingTitle(names);
  return {
    summary: `“${title}” is no longer in your calendar.`,
    heading: `Taken out of your calendar: ${headingOf(names)}`,
    body: [
      paragraph('You do not meet at this time any more. This email takes it out of your calendar.'),
      facts(['When', whenOf(at, zone)]),
    ],
    buttons: [toMatch()],
  };
}

/** What a meeting is called in a calendar. */
export function meetingTitle(names: readonly string[]): string {
  return `Meet ${othersWords(names)}`;
}

/** What a calendar says of it: who they are, and never an address. @param people name, role and council of each */
export function meetingWords(people: readonly string[], isCalledOff: boolean): string {
  if (isCalledOff) return 'This meeting is called off.';
  return [...people, 'Write to each other to say where you talk.'].join('\n\n');
}
