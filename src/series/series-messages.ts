import { problems as ofConversations } from '../conversations/messages.ts';
import { capacityRange, lengths, minutesRange } from '../conversations/model.ts';
import { type Form, type Option, question } from '../messages/form.ts';
import { type Block, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import { calendarDayWords, clockWords, momentWords } from '../time/words.ts';
import { everyWeeksRange, nameLength, type Series, type SlotState, weeksAhead } from './model.ts';
import type { PlannedSlot, WhyOff } from './slot-rules.ts';

export const problems = {
  some: 'Some answers need changing.',
  name: `Enter a name of up to ${nameLength} characters.`,
  nameTaken: 'There is a series of that name already. Change that one, or choose another name.',
  weekday: 'Choose a day from the list.',
  at: 'Enter a time from 7am to 9pm, such as 12:30.',
  everyWeeks: `Enter a number of weeks between ${everyWeeksRange.min} and ${everyWeeksRange.max}.`,
  firstDay: ofConversations.date,
  firstDayPast: 'Choose today or a later day.',
  firstDayFar: 'Choose a day within a year.',
  minutes: ofConversations.minutes,
  capacity: ofConversations.capacity,
  perCouncil: 'Enter a number of seats that is not above all seats, or leave it empty.',
  link: 'Enter a link that starts with https://, or leave it empty.',
  where: 'Enter a link to join, or a place.',
  place: `Enter a place of up to ${lengths.place} characters.`,
} as const;

export const refusals = {
  gone: 'That series has ended, or is not there any more.',
} as const;

const weekdays: readonly Option[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((label, index) => ({
  value: String(index + 1),
  label,
}));

/** One date of a series, as conveners read it. */
export type ShownDate =
  | { readonly kind: 'slot'; readonly startsAt: Date; readonly state: SlotState; readonly topic: string }
  | { readonly kind: 'off'; readonly planned: PlannedSlot; readonly why: WhyOff };

export interface ShownSeries {
  readonly series: Series;
  /** The soonest first. */
  readonly dates: readonly ShownDate[];
}

export function seriesPage(all: readonly ShownSeries[]): Page {
  const text =
    'In a series, people suggest topics and vote. For each date we take the topic most people want, and look for a host.';
  return { heading: 'Series of conversations', body: [paragraph(text)], cards: [...all.map(seriesCard), adding()] };
}

function adding(): Message {
  const text = 'Set a series of conversations that come round.';
  return {
    summary: text,
    heading: 'Set a series',
    body: [paragraph(text)],
    buttons: [
      does('Set a series', { kind: 'series.open-series', series: 'new' }),
      does('See topics', { kind: 'series.topics' }),
      does('Back to the conveners’ page', { kind: 'convening.console' }),
    ],
  };
}

function seriesCard({ series, dates }: ShownSeries): Message {
  return {
    summary: `${series.name}: ${rhythmWords(series)}.`,
    heading: series.name,
    body: [
      facts(
        ['When', rhythmWords(series)],
        ['Length', `${series.minutes} minutes`],
        ['Seats', String(series.capacity)],
        ['Time zone', zoneLabel(series.zone)],
      ),
      ...dateList(dates, series.zone),
    ],
    buttons: [
      does('Change it', { kind: 'series.open-series', series: series.id }),
      does('End it', { kind: 'series.end-series', series: series.id }, 'warning'),
    ],
  };
}

function rhythmWords({ weekday, at, everyWeeks }: Series): string {
  const day = weekdays[weekday - 1]?.label ?? '';
  const often = everyWeeks === 1 ? `Every ${day}` : `Every ${everyWeeks} weeks on ${day}`;
  return `${often}, ${clockWords(at)}`;
}

function dateList(dates: readonly ShownDate[], zone: string): readonly Block[] {
  if (dates.length === 0) return [paragraph(`There is no date in the next ${weeksAhead} weeks.`)];
  return [{ kind: 'list', items: dates.map((date) => dateWords(date, zone)) }];
}

const offWords: Readonly<Record<WhyOff, string>> = { 'bank holiday': 'a bank holiday', break: 'a break' };

function dateWords(date: ShownDate, zone: string): string {
  if (date.kind === 'off')
    return `${calendarDayWords(date.planned.day)}: left out, because it is ${offWords[date.why]}`;
  const { startsAt, state, topic } = date;
  const about = topic === '' ? '' : ` for “${topic}”`;
  const words: Readonly<Record<SlotState, string>> = {
    open: 'people are voting',
    asking: `we are looking for a host${about}`,
    hosted: `it has a host${about}`,
    empty: topic === '' ? 'there was no topic' : `there was no host${about}`,
  };
  return `${momentWords(startsAt, zone)}: ${words[state]}`;
}

/**
 * @param series what is changed; `undefined` for a new one
 * @param zone the network's, for a new one
 */
export function seriesForm(series: Series | undefined, zone: string, today: string): Form {
  const value = (of: (given: Series) => number | string | null, otherwise: string) =>
    series === undefined ? otherwise : String(of(series) ?? '');
  const clock = `On the network’s clock: ${zoneLabel(series?.zone ?? zone)}. From 7am to 9pm.`;
  const line = (maxLength: number) => ({ kind: 'line', maxLength }) as const;
  const number = (range: { readonly min: number; readonly max: number }) => ({ kind: 'number', ...range }) as const;
  const optional = { required: false } as const;
  return {
    heading: series === undefined ? 'Set a series' : 'Change a series',
    body: [
      paragraph('No conversation is planned on bank holidays, or in a break for everybody.'),
      ...(series === undefined
        ? []
        : [
            paragraph('Dates move for which people still vote. Those with a host, or for which we look for one, stay.'),
          ]),
    ],
    fields: [
      { ...question('name', 'Name'), value: value((given) => given.name, ''), ...line(nameLength) },
      { ...question('weekday', 'Day'), value: value((given) => given.weekday, '2'), kind: 'choice', options: weekdays },
      { ...question('at', 'Start time', clock), value: value((given) => given.at, '12:00'), kind: 'time' },
      {
        ...question('everyWeeks', 'How many weeks from one to the next'),
        value: value((given) => given.everyWeeks, '2'),
        ...number(everyWeeksRange),
      },
      {
        ...question('firstDay', 'First day', 'There is none before it. Weeks are counted from it.'),
        value: value((given) => given.firstDay, today),
        kind: 'date',
      },
      {
        ...question('minutes', 'Length in minutes'),
        value: value((given) => given.minutes, '60'),
        ...number(minutesRange),
      },
      {
        ...question('capacity', 'Seats, not counting the host'),
        value: value((given) => given.capacity, '8'),
        ...number(capacityRange),
      },
      {
        ...question('perCouncil', 'Most seats for one council', 'Optional.'),
        ...optional,
        value: value((given) => given.perCouncil, ''),
        ...number({ min: 1, max: capacityRange.max }),
      },
      {
        ...question('link', 'Link to join', 'Only people with a seat see it. Enter a link, a place, or both.'),
        ...optional,
        value: value((given) => given.link, ''),
        ...line(lengths.link),
      },
      {
        ...question('place', 'Place', 'Everybody sees it.'),
        ...optional,
        value: value((given) => given.place, ''),
        ...line(lengths.place),
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'series.series', series: series?.id ?? 'new' },
    openedBy: { kind: 'series.open-series', series: series?.id ?? 'new' },
  };
}

export function seriesSet(shown: ShownSeries): Message {
  const { summary, body } = seriesCard(shown);
  return {
    summary: `The series is set. ${summary}`,
    heading: `Series set: ${shown.series.name}`,
    body,
    buttons: [does('See all series', { kind: 'series.all' })],
  };
}

export function seriesEnded(name: string): Message {
  return {
    summary: `The series “${name}” has ended.`,
    heading: 'Series ended',
    body: [paragraph('Conversations that are announced take place. All other dates are gone.')],
    buttons: [does('See all series', { kind: 'series.all' })],
  };
}
