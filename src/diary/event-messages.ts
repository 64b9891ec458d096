import { withClock } from '../conversations/which-hour-messages.ts';
import { type Form, type Option, question } from '../messages/form.ts';
import { type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import type { Doubt } from '../time/when.ts';
import { whenWords } from '../time/words.ts';
import { fileButton } from './messages.ts';
import { type EventSort, eventLengths, eventMinutes, type ProgrammeEvent } from './model.ts';

export const eventProblems = {
  some: 'Some answers need changing.',
  sort: 'Choose what it is.',
  title: `Enter a title of up to ${eventLengths.title} characters.`,
  about: `Enter ${eventLengths.about} characters or fewer.`,
  date: 'Enter a real date, such as 31 March 2027.',
  past: 'Choose a date and time in the future.',
  time: 'Enter a time, such as 10:00.',
  minutes: `Enter a length between ${eventMinutes.min} and ${eventMinutes.max} minutes.`,
  cohort: 'Choose a cohort from the list.',
  place: `Enter a place of up to ${eventLengths.place} characters.`,
  link: 'Enter a link that starts with https://',
} as const;

export const sortWords: Readonly<Record<EventSort, string>> = {
  module: 'Module',
  'design day': 'Design day',
  other: 'Event',
};

/** What the form starts from; all '' but the length for a new event. */
export interface EventStart {
  readonly sort: EventSort;
  readonly title: string;
  readonly about: string;
  /** `YYYY-MM-DD` and `HH:mm` on the clocks of `zone`. */
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly minutes: string;
  /** The id of a cohort, or what the form calls everybody. */
  readonly cohort: string;
  readonly place: string;
  readonly link: string;
  /** Which of two hours is meant, where clocks change then. */
  readonly doubt: Doubt | undefined;
}

/**
 * @param event its id, or 'new'
 * @param cohorts everybody first
 */
export function eventForm(event: string, start: EventStart, cohorts: readonly Option[]): Form {
  const { date, time, doubt, zone } = start;
  const at = doubt === undefined ? '' : `${date} ${time}`;
  const form: Form = {
    heading: event === 'new' ? 'Put an event in the diary' : 'Change an event',
    body: [paragraph('It stands in the diary and in the calendar feeds of everybody it is for.')],
    fields: fields(start, cohorts),
    submitLabel: 'Save',
    completes: { kind: 'diary.event', event, clock: '' },
    openedBy: { kind: 'diary.open-event', event: event === 'new' ? 'new' : event, at },
  };
  return doubt === undefined ? form : withClock(form, doubt, time, zone);
}

function fields(start: EventStart, cohorts: readonly Option[]): Form['fields'] {
  const { sort, title, about, date, time, zone, minutes, cohort, place, link } = start;
  const sorts = Object.entries(sortWords).map(([value, label]) => ({ value, label }));
  const optional = { required: false } as const;
  return [
    { ...question('sort', 'What it is'), value: sort, kind: 'choice', options: sorts },
    { ...question('title', 'Title'), value: title, kind: 'line', maxLength: eventLengths.title },
    {
      ...question('about', 'What it is about'),
      ...optional,
      value: about,
      kind: 'text',
      maxLength: eventLengths.about,
    },
    { ...question('date', 'Date'), value: date, kind: 'date' },
    { ...question('time', 'Start time', `On your clock: ${zoneLabel(zone)}.`), value: time, kind: 'time' },
    { ...question('minutes', 'Length in minutes'), value: minutes, kind: 'number', ...eventMinutes },
    { ...question('cohort', 'Who it is for'), value: cohort, kind: 'choice', options: cohorts },
    { ...question('place', 'Place'), ...optional, value: place, kind: 'line', maxLength: eventLengths.place },
    {
      ...question('link', 'Link to join', 'Only the people it is for see it, on our page.'),
      ...optional,
      value: link,
      kind: 'line',
      maxLength: eventLengths.link,
    },
  ];
}

/** @param isConvener whether they may change it */
export function eventCard(event: ProgrammeEvent, zone: string, isConvener: boolean): Message {
  const { id, title, about, sort, cohort, place, link } = event;
  const when = whenWords(event.startsAt, event.minutes, zone);
  const known = [
    ['What it is', sortWords[sort]],
    ['When', when],
    ['For', cohort === '' ? 'Everybody' : cohort],
    ['Place', place],
  ] as const;
  const change: readonly Button[] = isConvener
    ? [
        does('Change', { kind: 'diary.open-event', event: id, at: '' }),
        does('Cancel the event', { kind: 'diary.cancel-event', event: id }, 'warning'),
      ]
    : [];
  const join: readonly Button[] = link === '' ? [] : [{ kind: 'opens', label: 'Join', url: link }];
  return {
    summary: `${title}, ${when}.`,
    heading: title,
    body: [...(about === '' ? [] : [paragraph(about)]), facts(...known.filter(([, value]) => value !== ''))],
    buttons: [...join, fileButton(id), ...change],
  };
}

const toDiary = does('See the diary', { kind: 'diary.show' });

export function eventSaved(event: Pick<ProgrammeEvent, 'title' | 'startsAt' | 'minutes'>, zone: string): Message {
  const text = `“${event.title}” is in the diary: ${whenWords(event.startsAt, event.minutes, zone)}.`;
  return { summary: text, heading: 'Event saved', body: [paragraph(text)], buttons: [toDiary] };
}

export function eventCancelled(title: string): Message {
  const text = `“${title}” is cancelled. Calendar feeds show that for a month.`;
  return { summary: text, heading: 'Event cancelled', body: [paragraph(text)], buttons: [toDiary] };
}
