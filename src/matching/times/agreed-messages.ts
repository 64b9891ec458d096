import { facts, type Message, paragraph } from '../../messages/message.ts';
import { seeMatchButton } from '../matches/buttons.ts';
import { anotherTime, inCalendar, othersWords, type SuggestedTime, suggestsOwn, whenOf } from './messages.ts';

/* What is said of a time that everybody agreed on: to them, and in their calendars. */

/** A time that everybody said yes to. */
export interface Agreed extends SuggestedTime {
  readonly matchId: string;
  readonly names: readonly string[];
  /** Whether it comes to their calendar by e-mail. */
  readonly isInvited: boolean;
}

export function timeAgreed({ matchId, names, at, instead, isInvited }: Agreed, zone: string): Message {
  const text = meets(names, at, zone);
  const date = names.length === 1 ? `You have a date with ${othersWords(names)}` : 'You have a date';
  return {
    summary: text,
    heading: instead === undefined ? date : 'The time is changed',
    body: [
      paragraph(text),
      ...(instead === undefined ? [] : [paragraph(`You do not meet from ${whenOf(instead, zone)} any more.`)]),
      paragraph(`Write to each other to say where you talk. ${calendarWords(isInvited, instead !== undefined)}`),
    ],
    buttons: [inCalendar(matchId), seeMatchButton],
  };
}

function meets(names: readonly string[], at: Date, zone: string): string {
  return `You meet ${othersWords(names)} from ${whenOf(at, zone)}.`;
}

function calendarWords(isInvited: boolean, isChange: boolean): string {
  if (!isInvited) return 'You can add it to your calendar from here.';
  return isChange ? 'We email you the change for your calendar.' : 'We email you an invitation for your calendar.';
}

/** What one reads who keeps the agreed time, in place of which another was suggested. */
export interface OwnKept {
  readonly names: readonly string[];
  readonly at: Date;
  /** Names of those who are told so; none where nobody else knows of the other time. */
  readonly told: readonly string[];
}

export function keptTime({ names, at, told }: OwnKept, zone: string): Message {
  const text = meets(names, at, zone);
  return {
    summary: text,
    heading: 'You meet as agreed',
    body: [
      paragraph(text),
      ...(told.length === 0 ? [] : [paragraph(`We tell ${othersWords(told)} that the time does not change.`)]),
    ],
    buttons: [seeMatchButton],
  };
}

/** An agreed time that holds, though another was suggested. */
export interface KeptTime {
  readonly matchId: string;
  readonly names: readonly string[];
  readonly at: Date;
  readonly suggested: Date;
  /** Whether the reader suggested that. */
  readonly isOwn: boolean;
  /** Whether the reader can suggest another. */
  readonly canSuggest: boolean;
}

/** To the others. We do not say whom it does not suit; nor that, where whoever suggested it may have thought better of it. */
export function timeKept({ matchId, names, at, suggested, isOwn, canSuggest }: KeptTime, zone: string): Message {
  const text = `You meet ${othersWords(names)} as agreed, from ${whenOf(at, zone)}.`;
  const why = isOwn ? `does not suit ${names.length > 1 ? 'all' : 'both'} of you` : 'is not suggested any more';
  const other = `The other time, ${whenOf(suggested, zone)}, ${why}.`;
  return {
    summary: text,
    heading: 'You meet as agreed',
    body: [paragraph(text), paragraph(`${other} Your calendar stays as it is.`)],
    buttons: [...(canSuggest ? [suggestsOwn(anotherTime, matchId)] : []), seeMatchButton],
  };
}

/** Of several the names would be longer than a heading may be; they stand below it. */
function headingOf(names: readonly string[]): string {
  return names.length > 1 ? 'Meet your group' : meetingTitle(names);
}

/** By e-mail, with the entry itself. @param isChange whether one of the same match is in their calendar already */
export function meetingInvitation(
  { matchId, names, at }: Omit<Agreed, 'instead'>,
  zone: string,
  isChange: boolean,
): Message {
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
    buttons: [inCalendar(matchId), seeMatchButton],
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
    buttons: [seeMatchButton],
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
