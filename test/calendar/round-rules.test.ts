import { expect, test } from 'vitest';
import { roundMoment } from '../../src/calendar/round-rules.ts';

const tuesdays = { zone: 'Europe/London', weekday: 2, hour: 10, weeks: 2 };
const at = (text: string) => new Date(text);
const off = (first: string, last: string) => [{ first, last, nation: '', cohortId: null }];

test.each([
  ['the first comes on the next such weekday', tuesdays, [], '', '', '2027-03-02T12:00Z', '2027-03-09T10:00'],
  ['the first may come today', tuesdays, [], '', '', '2027-03-02T09:00Z', '2027-03-02T10:00'],
  [
    'is counted from the week of the last',
    tuesdays,
    [],
    '2027-03-02T10:00Z',
    '2027-03-02T10:00Z',
    '2027-03-02T10:00Z',
    '2027-03-16T10:00',
  ],
  [
    'is counted from when the last was due, not from when it ran',
    tuesdays,
    [],
    '2027-03-02T10:00Z',
    '2027-03-10T10:00Z',
    '2027-03-10T10:00Z',
    '2027-03-16T10:00',
  ],
  [
    'is never in a week that has had one',
    { ...tuesdays, weeks: 1 },
    [],
    '2027-03-02T10:00Z',
    '2027-03-08T08:00Z',
    '2027-03-08T08:00Z',
    '2027-03-16T10:00',
  ],
  ['is not made up', tuesdays, [], '2027-01-05T10:00Z', '2027-01-05T10:00Z', '2027-03-02T12:00Z', '2027-03-09T10:00'],
  [
    'comes on a later day of its week when it is moved past its day',
    tuesdays,
    [],
    '2027-02-16T10:00Z',
    '2027-02-16T10:00Z',
    '2027-03-03T12:00Z',
    '2027-03-04T10:00',
  ],
  [
    'waits for the first working day after a break',
    tuesdays,
    off('2027-03-08', '2027-03-12'),
    '',
    '',
    '2027-03-02T12:00Z',
    '2027-03-15T10:00',
  ],
  [
    'waits for the day after a holiday of all nations',
    { ...tuesdays, weekday: 5 },
    [],
    '',
    '',
    '2027-03-20T12:00Z',
    '2027-03-29T09:00',
  ],
] as const)('%s', (_, rhythm, breaks, due, ran, now, expected) => {
  const last = due === '' ? undefined : { due: at(due), ran: at(ran) };
  expect(roundMoment(rhythm, breaks, last, at(now)).toISOString().slice(0, 16)).toBe(expected);
});
