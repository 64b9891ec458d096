import { tzOffset } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWhen, type When } from '../../src/time/when.ts';

const zones = Intl.supportedValuesOf('timeZone');
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const decade = { start: Date.UTC(2026, 0, 1), end: Date.UTC(2036, 0, 1) };

describe('a date and a time that somebody typed', () => {
  test('mean a moment at which their clocks show them, and name no doubt where there is none', () => {
    const moments = fc.date({ min: new Date(decade.start), max: new Date(decade.end), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
        const minute = new Date(Math.floor(moment.getTime() / minuteMs) * minuteMs);
        expectTrue(clockAt(zone, minute), zone);
        const found = readWhen(...split(clockAt(zone, minute)), '', zone);
        const meant = 'moment' in found ? [found.moment] : 'twice' in found ? found.twice : [];
        expect(meant, `${clockAt(zone, minute)} ${zone}`).toContainEqual(minute);
      }),
      { numRuns: 2000 },
    );
  });

  test('are read truly around every change of the clocks in ten years, in every zone', () => {
    const found = { gap: 0, twice: 0, moment: 0 };
    for (const zone of zones) {
      for (const change of changesOf(zone)) {
        const jump = (tzOffset(zone, change) - tzOffset(zone, new Date(change.getTime() - minuteMs))) * minuteMs;
        const offset = tzOffset(zone, new Date(change.getTime() - minuteMs)) * minuteMs;
        const shown = change.getTime() + offset;
        // A minute before the doubtful stretch, its first, middle and last, and the first after it.
        const [from, to] = jump > 0 ? [shown, shown + jump] : [shown + jump, shown];
        for (const at of [from - minuteMs, from, (from + to) / 2, to - minuteMs, to]) {
          const typed = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
          found[expectTrue(typed, zone)] += 1;
        }
      }
    }
    expect(found.gap).toBeGreaterThan(1000);
    expect(found.twice).toBeGreaterThan(1000);
    expect(found.moment).toBeGreaterThan(1000);
  });

  test.each([
    ['2027-02-30', '10:00', { problem: 'date' }],
    ['31 March', '10:00', { problem: 'date' }],
    ['', '', { problem: 'date' }],
    ['2027-03-16', '24:00', { problem: 'time' }],
    ['2027-03-16', '9:00', { problem: 'time' }],
    ['2027-03-16', '', { problem: 'time' }],
    ['2027-06-16', '10:00', { moment: new Date('2027-06-16T09:00Z') }],
    ['2027-03-28', '01:30', { gap: [new Date('2027-03-28T00:30Z'), new Date('2027-03-28T01:30Z')] }],
    ['2027-10-31', '01:30', { twice: [new Date('2027-10-31T00:30Z'), new Date('2027-10-31T01:30Z')] }],
  ])('%s %s in London', (date, time, expected) => {
    expect(readWhen(date, time, '', 'Europe/London')).toEqual(expected);
  });

  test('which of two they meant counts where there are two, and nowhere else', () => {
    const back = (clock: string) => readWhen('2027-10-31', '01:30', clock, 'Europe/London');
    expect(back('first')).toEqual({ moment: new Date('2027-10-31T00:30Z') });
    expect(back('second')).toEqual({ moment: new Date('2027-10-31T01:30Z') });
    expect(back('third')).toHaveProperty('twice');
    const forward = (clock: string) => readWhen('2027-03-28', '01:30', clock, 'Europe/London');
    expect(forward('first')).toEqual({ moment: new Date('2027-03-28T00:30Z') });
    expect(forward('second')).toEqual({ moment: new Date('2027-03-28T01:30Z') });
    expect(readWhen('2027-10-31', '03:30', 'second', 'Europe/London')).toEqual({
      moment: new Date('2027-10-31T03:30Z'),
    });
  });
});

/** By the platform's own clocks: every moment within a day at which they show this is found, and no other. */
function expectTrue(typed: string, zone: string): 'gap' | 'twice' | 'moment' {
  const found = readWhen(...split(typed), '', zone);
  const about = Date.parse(`${typed.replace(' ', 'T')}Z`);
  const offsets = new Set([-dayMs, 0, dayMs].map((away) => tzOffset(zone, new Date(about + away))));
  const candidates = [...offsets].map((offset) => about - offset * minuteMs).toSorted((a, b) => a - b);
  const shows = candidates.filter((at) => clockAt(zone, new Date(at)) === typed);
  const why = `${typed} ${zone}`;
  const kind = kindOf(found);
  expect(kind, why).toBe(shows.length === 0 ? 'gap' : shows.length === 1 ? 'moment' : 'twice');
  if ('moment' in found) expect(found.moment.getTime(), why).toBe(shows[0]);
  if ('twice' in found) expect(found.twice.map(Number), why).toEqual(shows);
  if ('gap' in found) {
    const [before, after] = found.gap;
    expect(after.getTime() - before.getTime(), why).toBeGreaterThan(0);
    // Read on the clock, one is as much too early as the other is too late: by what clocks jump.
    const jump = after.getTime() - before.getTime();
    const read = [before, after].map((moment) => Date.parse(`${clockAt(zone, moment).replace(' ', 'T')}Z`) - about);
    expect(read, why).toEqual([-jump, jump]);
  }
  return kind;
}

function kindOf(found: When): 'gap' | 'twice' | 'moment' {
  if ('moment' in found) return 'moment';
  if ('problem' in found) throw new Error(`No ${found.problem}`);
  return 'gap' in found ? 'gap' : 'twice';
}

function split(typed: string): [date: string, time: string] {
  const [date = '', time = ''] = typed.split(' ');
  return [date, time];
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** By the platform's own clocks, not by the library that the code uses. */
function clockAt(zone: string, moment: Date): string {
  const known =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, known);
  return known.format(moment);
}

/** Each moment at which clocks change in the decade. */
function changesOf(zone: string): readonly Date[] {
  const offset = (time: number) => tzOffset(zone, new Date(time));
  const changes: Date[] = [];
  for (let from = decade.start; from < decade.end; from += 7 * dayMs) {
    let [low, high] = [from, from + 7 * dayMs];
    if (offset(low) === offset(high)) continue;
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    changes.push(new Date(high));
  }
  return changes;
}
