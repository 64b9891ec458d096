import { type Block, type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { momentWords, whenWords } from '../time/words.ts';
import { meetingMinutes } from './times-rules.ts';

export const refusals = {
  notYours: 'We could not find that match. Type “match” to see who you are matched with.',
  ended: 'That match has ended, so there is nothing to agree on. Type “match” to see how you stand.',
  unsuitable: 'That time no longer suits all of you. Type “match” to see other times.',
  past: 'That time has passed. Type “match” to see other times.',
  changed: 'Another time was suggested since. Type “match” to see it.',
} as const;

export const acceptLabel = 'Yes, that suits me';

const together = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** Names of the others in a match; 'your match' where they cannot be named any more. */
export function othersWords(names: readonly string[]): string {
  return names.length === 0 ? 'your match' : together.format(names);
}

export function whenOf(at: Date, zone: string): string {
  return whenWords(at, meetingMinutes, zone);
}

/** One for each time, on the clock of whoever reads it. */
export function suggestButtons(matchId: string, times: readonly Date[], zone: string): readonly Button[] {
  return times.map((at) => suggests(`Suggest ${momentWords(at, zone)}`, matchId, at));
}

function suggests(label: string, match: string, at: Date): Button {
  return does(label, { kind: 'matching.suggest-time', match, at: at.toISOString() });
}

/** What the buttons are for; nothing where there are none. @param count of the people, the reader among them */
export function suggestWords(times: readonly Date[], count: number): readonly Block[] {
  if (times.length === 0) return [];
  const [who, whom] = count > 2 ? ['all of you', 'the others'] : ['both of you', 'them'];
  const what = times.length === 1 ? 'This time is' : 'These times are';
  return [paragraph(`${what} in the working hours of ${who}. Suggest one, and we ask ${whom}.`)];
}

/** How a match stands to meeting, on its card. */
export interface Standing {
  readonly at: Date;
  readonly isAgreed: boolean;
  /** Whether the reader said yes to it. */
  readonly saysYes: boolean;
  /** Who suggested it; '' for the reader, or somebody who cannot be named. */
  readonly suggestedBy: string;
}

export function standingWords({ at, isAgreed, saysYes, suggestedBy }: Standing, zone: string): string {
  const when = whenOf(at, zone);
  if (isAgreed) return `You have agreed to meet: ${when}. If you suggest another time, that one is called off.`;
  if (saysYes) return suggestedBy === '' ? `You suggested ${when}.` : `You said yes to ${when}.`;
  return `${suggestedBy === '' ? 'Your match' : suggestedBy} suggests ${when}.`;
}

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
  const more =
    others.length === 0
      ? 'If it does not suit you, write to them to find another time.'
      : 'If it does not suit you, suggest another time.';
  const all = people > 2 ? [paragraph('It is agreed once everybody in your group says yes.')] : [];
  return {
    summary: text,
    heading: 'A time to meet',
    body: [paragraph(text), ...insteadOf(instead, zone), ...all, paragraph(more)],
    buttons: [
      does(acceptLabel, { kind: 'matching.accept-time', match: matchId, at: at.toISOString() }, 'main'),
      ...suggestButtons(matchId, others, zone),
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
    heading: 'You have a date',
    body: [paragraph(text), paragraph(`Write to each other to say where you talk. ${calendar}`)],
    buttons: [inCalendar(matchId), toMatch()],
  };
}

function inCalendar(matchId: string): Button {
  return does('Add to your calendar', { kind: 'diary.file', of: matchId });
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
