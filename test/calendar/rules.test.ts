import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar, Reader } from '../../src/calendar/model.ts';
import { isOff, promptMoment, restMs, rhythmWeeks } from '../../src/calendar/rules.ts';
import { nations } from '../../src/time/bank-holidays.ts';
import { dayOf, daysAfter, mondayOf, weekdayOf, weeksBetween } from '../../src/time/days.ts';

const zones = Intl.supportedValuesOf('timeZone');
const cohort = '0c0c0c0c-0c0c-4c0c-8c0c-0c0c0c0c0c0c';

const nobody: Reader = {
  zone: 'Europe/London',
  nation: 'England',
  cohortId: null,
  rhythm: 'weekly',
  lastWeek: '',
  lastSentAt: null,
  usedWeek: '',
  plannedWeek: '',
};
const mondays: Calendar = { weekday: 1, hour: 9, breaks: [], cohortDays: [] };

const at = (text: string) => new Date(text);

/** What is planned for this reader, as 'week: moment in UTC'. */
function planned(reader: Partial<Reader>, calendar: Partial<Calendar>, now: string): string {
  const { week, at: moment } = promptMoment({ ...nobody, ...reader }, { ...mondays, ...calendar }, at(now));
  return `${week}: ${moment.toISOString().slice(0, 16)}`;
}

/** The reader once a prompt was sent to them. */
function sentTo(reader: Reader, week: string, moment: Date): Reader {
  return { ...reader, lastWeek: week, usedWeek: week, lastSentAt: moment, plannedWeek: '' };
}

const whole = (first: string, last: string) => ({ first, last, nation: '', cohortId: null });

describe('the next prompt', () => {
  test.each([
    ['comes on the weekday at the hour', {}, {}, '2027-03-02T12:00Z', '2027-03-08: 2027-03-08T09:00'],
    ['is not this week’s once that has gone by', {}, {}, '2027-03-08T09:00Z', '2027-03-15: 2027-03-15T09:00'],
    ['moves from Easter Monday to Tuesday', {}, {}, '2027-03-25T12:00Z', '2027-03-29: 2027-03-30T08:00'],
    [
      'comes on Easter Monday in Scotland',
      { nation: 'Scotland' },
      {},
      '2027-03-25T12:00Z',
      '2027-03-29: 2027-03-29T08:00',
    ],
    ['moves over two holidays', {}, {}, '2027-12-22T12:00Z', '2027-12-27: 2027-12-29T09:00'],
    [
      'has no holidays where nobody said the nation',
      { nation: '' },
      {},
      '2027-12-22T12:00Z',
      '2027-12-27: 2027-12-27T09:00',
    ],
    [
      'has no day left in the week of Good Friday',
      {},
      { weekday: 5 },
      '2027-03-22T12:00Z',
      '2027-03-29: 2027-04-02T08:00',
    ],
    [
      'moves past a break within its week',
      {},
      { breaks: [whole('2027-03-06', '2027-03-09')] },
      '2027-03-05T12:00Z',
      '2027-03-08: 2027-03-10T09:00',
    ],
    [
      'skips weeks that are off',
      {},
      { breaks: [whole('2027-03-08', '2027-03-19')] },
      '2027-03-05T12:00Z',
      '2027-03-22: 2027-03-22T09:00',
    ],
    [
      'is not moved to a weekend',
      {},
      { breaks: [whole('2027-03-08', '2027-03-12')] },
      '2027-03-05T12:00Z',
      '2027-03-15: 2027-03-15T09:00',
    ],
    [
      'is every second week from the last one',
      { rhythm: 'fortnightly', lastWeek: '2027-03-01', usedWeek: '2027-03-01' },
      {},
      '2027-03-02T12:00Z',
      '2027-03-15: 2027-03-15T09:00',
    ],
    [
      'is every fourth week from the last one',
      { rhythm: 'monthly', lastWeek: '2027-03-01', usedWeek: '2027-03-01' },
      {},
      '2027-03-02T12:00Z',
      '2027-03-29: 2027-03-30T08:00',
    ],
    [
      'is not made up in a week between',
      { rhythm: 'fortnightly', lastWeek: '2027-03-01', usedWeek: '2027-03-15' },
      {},
      '2027-03-16T12:00Z',
      '2027-03-29: 2027-03-30T08:00',
    ],
    [
      'comes at once where its hour has passed today on a new clock',
      { zone: 'Pacific/Auckland', plannedWeek: '2027-03-08' },
      {},
      '2027-03-07T22:00Z',
      '2027-03-08: 2027-03-07T20:00',
    ],
    [
      'comes on the next working day where its day has gone by',
      { plannedWeek: '2027-03-08' },
      {},
      '2027-03-10T12:00Z',
      '2027-03-08: 2027-03-11T09:00',
    ],
    [
      'comes at the weekend rather than not at all',
      { plannedWeek: '2027-03-08' },
      {},
      '2027-03-13T07:00Z',
      '2027-03-08: 2027-03-13T09:00',
    ],
    [
      'waits two days after one that was late',
      { lastWeek: '2027-03-01', usedWeek: '2027-03-01', lastSentAt: at('2027-03-07T22:00Z') },
      {},
      '2027-03-07T22:00Z',
      '2027-03-08: 2027-03-10T09:00',
    ],
    [
      'is this week’s for whom a prompt of last week was left over',
      { plannedWeek: '2027-03-01' },
      {},
      '2027-03-09T12:00Z',
      '2027-03-08: 2027-03-10T09:00',
    ],
  ] as const)('%s', (_, reader, calendar, now, expected) => {
    expect(planned(reader, calendar, now)).toBe(expected);
  });

  test('a break is for its nation and its cohort, and for nobody else', () => {
    const inScotland = { ...whole('2027-03-08', '2027-03-14'), nation: 'Scotland' };
    const ofCohort = { ...whole('2027-03-08', '2027-03-14'), cohortId: cohort };
    const week = (reader: Partial<Reader>, one: typeof inScotland | typeof ofCohort) =>
      planned(reader, { breaks: [one] }, '2027-03-05T12:00Z').slice(0, 10);
    expect(week({ nation: 'Scotland' }, inScotland)).toBe('2027-03-15');
    expect(week({ nation: 'Wales' }, inScotland)).toBe('2027-03-08');
    expect(week({ cohortId: cohort }, ofCohort)).toBe('2027-03-15');
    expect(week({ cohortId: null }, ofCohort)).toBe('2027-03-08');
  });
});

describe('what a cohort is asked', () => {
  const asked = { cohortDays: [{ cohortId: cohort, day: '2027-03-31', week: '2027-03-29' }] };

  test.each([
    [
      'comes on its day, in place of that week’s',
      { cohortId: cohort },
      {},
      '2027-03-25T12:00Z',
      '2027-03-29: 2027-03-31T08:00',
    ],
    ['is for nobody else', {}, {}, '2027-03-25T12:00Z', '2027-03-29: 2027-03-30T08:00'],
    [
      'comes in a break',
      { cohortId: cohort },
      { breaks: [whole('2027-03-20', '2027-04-10')] },
      '2027-03-25T12:00Z',
      '2027-03-29: 2027-03-31T08:00',
    ],
    [
      'comes in every rhythm',
      { cohortId: cohort, rhythm: 'monthly', lastWeek: '2027-03-22', usedWeek: '2027-03-22' },
      {},
      '2027-03-25T12:00Z',
      '2027-03-29: 2027-03-31T08:00',
    ],
    [
      'does not come to whom that week’s was sent',
      { cohortId: cohort, usedWeek: '2027-03-29' },
      {},
      '2027-03-30T12:00Z',
      '2027-04-05: 2027-04-05T08:00',
    ],
    [
      'comes at once where its hour has passed there today',
      { cohortId: cohort, zone: 'Pacific/Kiritimati', plannedWeek: '2027-04-05' },
      {},
      '2027-03-30T20:00Z',
      '2027-03-29: 2027-03-30T19:00',
    ],
    [
      'does not come to whoever joins after its hour',
      { cohortId: cohort },
      {},
      '2027-03-31T12:00Z',
      '2027-04-05: 2027-04-05T08:00',
    ],
  ] as const)('%s', (_, reader, calendar, now, expected) => {
    expect(planned(reader, { ...asked, ...calendar }, now)).toBe(expected);
  });
});

test('in every zone, for ten years of weeks: one prompt each week, at the hour, on the first day that is not off', () => {
  const wrong: string[] = [];
  let weeks = 0;
  zones.forEach((zone, index) => {
    // Each zone with a weekday, an hour and a nation of its own; clocks are asked by name, not by the code’s library.
    const calendar = { ...mondays, weekday: 1 + (index % 5), hour: index % 24 };
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    let reader: Reader = { ...nobody, zone, nation: ['', ...nations][Math.floor(index / 5) % 5] ?? '' };
    let now = at('2026-01-01T00:00Z');
    while (now < at('2036-01-01T00:00Z')) {
      const next = promptMoment(reader, calendar, now);
      const expected = firstOpenDay(
        reader.usedWeek === '' ? next.week : daysAfter(reader.usedWeek, 7),
        reader,
        calendar,
      );
      const asked = `${expected} ${String(calendar.hour).padStart(2, '0')}:00`;
      const isRight = clock.format(next.at) === asked || isSkipped(clock, next.at, asked);
      if (!isRight || next.at <= now) wrong.push(`${zone} ${asked}: ${next.at.toISOString()}`);
      reader = sentTo(reader, next.week, next.at);
      now = next.at;
      weeks += 1;
    }
  });
  expect(wrong).toEqual([]);
  expect(weeks).toBeGreaterThan(zones.length * 515);

  /** In the first week from this one on that has a working day left. */
  function firstOpenDay(week: string, reader: Reader, calendar: Calendar): string {
    const days = [0, 1, 2, 3, 4].slice(calendar.weekday - 1).map((later) => daysAfter(week, later));
    return days.find((day) => !isOff(day, reader, [])) ?? firstOpenDay(daysAfter(week, 7), reader, calendar);
  }

  /** That hour is on no clock there that day: a minute before, it was yet to come. */
  function isSkipped(clock: Intl.DateTimeFormat, moment: Date, asked: string): boolean {
    return clock.format(moment) > asked && clock.format(new Date(moment.getTime() - 60_000)) < asked;
  }
});

/** Something that happens to somebody, or to the calendar. */
type Event =
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'nation'; readonly nation: string }
  | { readonly kind: 'rhythm'; readonly rhythm: Reader['rhythm'] }
  | { readonly kind: 'network'; readonly weekday: number; readonly hour: number }
  | { readonly kind: 'break'; readonly inDays: number; readonly days: number }
  | { readonly kind: 'end-breaks' }
  | { readonly kind: 'cohort'; readonly inDays: number }
  | { readonly kind: 'down'; readonly hours: number };

const anEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.constantFrom(...zones).map((zone) => ({ kind: 'zone' as const, zone })),
  fc.constantFrom('', ...nations).map((nation) => ({ kind: 'nation' as const, nation })),
  fc
    .constantFrom('weekly' as const, 'fortnightly' as const, 'monthly' as const)
    .map((rhythm) => ({ kind: 'rhythm' as const, rhythm })),
  fc.record({
    kind: fc.constant('network' as const),
    weekday: fc.integer({ min: 1, max: 7 }),
    hour: fc.integer({ min: 0, max: 23 }),
  }),
  fc.record({
    kind: fc.constant('break' as const),
    inDays: fc.integer({ min: -3, max: 20 }),
    days: fc.integer({ min: 0, max: 20 }),
  }),
  fc.constant({ kind: 'end-breaks' as const }),
  fc.record({ kind: fc.constant('cohort' as const), inDays: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('down' as const), hours: fc.integer({ min: 1, max: 400 }) }),
);

/** After so many hours, that happens. */
const aLife = fc.array(fc.record({ after: fc.integer({ min: 0, max: 200 }), event: anEvent }), {
  minLength: 1,
  maxLength: 30,
});

test('whatever is moved, in any order: one prompt a week of the calendar they live by at most, and never two in two days', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.date({ min: at('2026-01-01'), max: at('2034-01-01'), noInvalidDate: true }),
      aLife,
      (zone, start, life) => {
        const sent = live(zone, start, life);
        sent.forEach(({ week, moment, isOnOpenDay }, index) => {
          const before = sent[index - 1];
          expect(isOnOpenDay).toBe(true);
          if (before === undefined) return;
          expect(week > before.week).toBe(true);
          expect(moment.getTime() - before.moment.getTime()).toBeGreaterThanOrEqual(restMs);
        });
      },
    ),
    { numRuns: 400 },
  );
});

interface Sent {
  /** Of the calendar they lived by then. */
  readonly week: string;
  readonly moment: Date;
  readonly isOnOpenDay: boolean;
}

/** Lives through all of it, sending each prompt when it is due, and replanning whenever something happened. */
function live(
  zone: string,
  start: Date,
  life: readonly { readonly after: number; readonly event: Event }[],
): readonly Sent[] {
  const sent: Sent[] = [];
  let reader: Reader = { ...nobody, zone, cohortId: cohort };
  let calendar = mondays;
  let now = start;
  let next = promptMoment(reader, calendar, now);
  const plan = () => {
    next = promptMoment(reader, calendar, now);
    reader = { ...reader, plannedWeek: next.week };
  };
  const sendUntil = (until: Date) => {
    while (next.at <= until) {
      now = next.at > now ? next.at : now;
      const day = dayOf(now, reader.zone);
      const ofCohort = calendar.cohortDays.some((one) => one.week === mondayOf(day) && one.day <= day);
      sent.push({ week: mondayOf(day), moment: now, isOnOpenDay: ofCohort || !isOff(day, reader, calendar.breaks) });
      reader = sentTo(reader, mondayOf(day), now);
      plan();
    }
    now = until > now ? until : now;
  };
  plan();
  for (const { after, event } of life) {
    sendUntil(new Date(now.getTime() + after * 3_600_000));
    if (event.kind === 'down') now = new Date(now.getTime() + event.hours * 3_600_000);
    [reader, calendar] = happens(event, reader, calendar, now);
    plan();
  }
  sendUntil(new Date(now.getTime() + 30 * 24 * 3_600_000));
  return sent;
}

function happens(event: Event, reader: Reader, calendar: Calendar, now: Date): readonly [Reader, Calendar] {
  const day = (days: number) => daysAfter(dayOf(now, reader.zone), days);
  switch (event.kind) {
    case 'zone':
    case 'nation':
    case 'rhythm':
      return [{ ...reader, ...event }, calendar];
    case 'network':
      return [reader, { ...calendar, weekday: event.weekday, hour: event.hour }];
    case 'break': {
      const first = day(event.inDays);
      return [reader, { ...calendar, breaks: [...calendar.breaks, whole(first, daysAfter(first, event.days))] }];
    }
    case 'end-breaks':
      return [reader, { ...calendar, breaks: [] }];
    case 'cohort': {
      const on = { cohortId: cohort, day: day(event.inDays), week: mondayOf(day(event.inDays)) };
      const isTaken = calendar.cohortDays.some(({ week }) => week === on.week);
      return [reader, isTaken ? calendar : { ...calendar, cohortDays: [...calendar.cohortDays, on] }];
    }
    case 'down':
      return [reader, calendar];
  }
}

test('fortnights and months are counted from the last prompt, through all that is off', () => {
  for (const rhythm of ['weekly', 'fortnightly', 'monthly'] as const) {
    let reader: Reader = { ...nobody, rhythm };
    let now = at('2026-01-01T00:00Z');
    while (now < at('2030-01-01T00:00Z')) {
      const next = promptMoment(reader, mondays, now);
      if (reader.lastWeek !== '') expect(weeksBetween(reader.lastWeek, next.week)).toBe(rhythmWeeks[rhythm]);
      expect(weekdayOf(dayOf(next.at, 'Europe/London'))).toBeLessThan(5);
      reader = sentTo(reader, next.week, next.at);
      now = next.at;
    }
  }
});
