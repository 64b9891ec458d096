import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFor } from '../../src/conversations/rules.ts';
import { Level } from '../../src/network/model.ts';
import {
  audienceOf,
  audienceValue,
  firstOffered,
  type PlanAnswers,
  readPlan,
  readWords,
} from '../../src/proposals/rules.ts';
import { bestFirst, readTimes, type TimesAnswers } from '../../src/proposals/time-rules.ts';

const now = new Date('2027-03-02T12:00Z');
const plan: PlanAnswers = {
  date: '2027-03-16',
  time: '10:00',
  clock: '',
  minutes: '60',
  capacity: '8',
  perCouncil: '2',
  link: 'https://meet.example/x',
  place: '',
};
const read = (changed: Partial<PlanAnswers>, zone = 'Europe/London') => readPlan({ ...plan, ...changed }, now, zone);

test('a good plan is read in the host’s own zone', () => {
  const startsAt = new Date('2027-03-16T14:00Z');
  expect(read({}, 'America/New_York')).toMatchObject({ startsAt, minutes: 60, capacity: 8, perCouncil: 2 });
  expect(read({ link: '', place: ' Room 4 ', perCouncil: 'none' })).toMatchObject({
    place: 'Room 4',
    perCouncil: null,
  });
});

test.each([
  [{ date: '2027-03-01' }, 'date', 'future'],
  [{ date: '2027-02-30' }, 'date', 'real date'],
  [{ time: '25:00' }, 'time', 'Enter a time'],
  [{ capacity: '16' }, 'capacity', 'between 3 and 15'],
  [{ capacity: '2' }, 'capacity', 'between 3 and 15'],
  [{ minutes: '14' }, 'minutes', 'between 15 and 240'],
  [{ perCouncil: '0' }, 'perCouncil', 'one council'],
  [{ link: 'javascript:alert(1)' }, 'link', 'https://'],
  [{ link: '' }, 'link', 'a place, or both'],
  [{ place: 'x'.repeat(201) }, 'place', '200'],
])('%j is refused beside its field', (changed, field, words) => {
  expect(read(changed)).toEqual([{ field, text: expect.stringContaining(words) }]);
});

test('all that is wrong is said at once', () => {
  const wrong = read({
    date: '',
    time: '10:00',
    minutes: 'x',
    capacity: '',
    perCouncil: '',
    link: 'http://a',
    place: '',
  });
  const fields = Array.isArray(wrong) ? wrong.map(({ field }) => field) : [];
  expect(fields).toEqual(['date', 'minutes', 'capacity', 'perCouncil', 'link']);
});

test('a time that clocks skip, or show twice, is asked about; the answer decides', () => {
  expect(read({ date: '2027-03-28', time: '01:30' })).toHaveProperty('gap');
  const twice = { date: '2027-10-31', time: '01:30' };
  expect(read(twice)).toHaveProperty('twice');
  expect(read({ ...twice, clock: 'second' })).toMatchObject({ startsAt: new Date('2027-10-31T01:30Z') });
  expect(read({ ...twice, clock: 'first' })).toMatchObject({ startsAt: new Date('2027-10-31T00:30Z') });
});

const words = { theme: 't', title: 'T', about: 'A', audience: 'all', chathamHouse: 'no' };
const offered = { themes: ['t'], audiences: ['all', 'level:director', 'cohort:c1'] };

test('words: what is not offered, or too long, is refused, all at once', () => {
  expect(readWords({ ...words, audience: 'cohort:c1', chathamHouse: 'yes' }, offered)).toMatchObject({
    audience: { kind: 'cohort', cohortId: 'c1' },
    chathamHouse: true,
  });
  const wrong = { theme: 'u', title: 'x'.repeat(101), about: '', audience: 'cohort:c2', chathamHouse: '' };
  const problems = readWords(wrong, offered);
  expect(Array.isArray(problems) ? problems.map(({ field }) => field) : problems).toEqual(Object.keys(wrong));
});

const audience = fc.oneof(
  fc.constant({ kind: 'all' } as const),
  fc.record({ kind: fc.constant('level' as const), level: fc.constantFrom(...Level.options) }),
  fc.record({ kind: fc.constant('cohort' as const), cohortId: fc.uuid() }),
);

test('an audience is read back as it was written, and no other text is one', () => {
  fc.assert(
    fc.property(audience, (given) => {
      expect(audienceOf(audienceValue(given))).toEqual(given);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = audienceOf(text);
      if (found !== undefined) expect(audienceValue(found)).toBe(text.split(':').slice(0, 2).join(':'));
    }),
  );
});

test('a conversation for one level or cohort is for its people and nobody else', () => {
  const person = fc.record({ level: fc.constantFrom(...Level.options), cohortId: fc.option(fc.uuid()) });
  fc.assert(
    fc.property(person, audience, (member, other) => {
      expect(isFor({ kind: 'all' }, member)).toBe(true);
      expect(isFor({ kind: 'level', level: member.level }, member)).toBe(true);
      if (other.kind === 'level') expect(isFor(other, member)).toBe(other.level === member.level);
      if (other.kind === 'cohort') expect(isFor(other, member)).toBe(other.cohortId === member.cohortId);
    }),
  );
});

test('of those who wait elsewhere, the first are offered seats: as many as there are, no more of a council than may', () => {
  const waiting = fc.array(fc.record({ id: fc.uuid(), councilId: fc.constantFrom('a', 'b', 'c') }), { maxLength: 30 });
  const most = fc.option(fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(waiting, fc.integer({ min: 3, max: 15 }), most, (people, capacity, perCouncil) => {
      const chosen = firstOffered(people, { capacity, perCouncil });
      const of = (council: string) => chosen.filter(({ councilId }) => councilId === council).length;
      expect(chosen.length).toBeLessThanOrEqual(capacity);
      expect(chosen).toEqual(people.filter((person) => chosen.includes(person)));
      for (const council of ['a', 'b', 'c']) expect(of(council)).toBeLessThanOrEqual(perCouncil ?? capacity);
      const passed = people.slice(
        0,
        people.findIndex(({ id }) => id === chosen.at(-1)?.id),
      );
      // Who was passed over was passed because of their council.
      for (const { councilId } of passed.filter((person) => !chosen.includes(person))) {
        expect(of(councilId)).toBe(perCouncil);
      }
      if (chosen.length < capacity) {
        for (const one of people.filter((person) => !chosen.includes(person)))
          expect(of(one.councilId)).toBe(perCouncil);
      }
    }),
  );
});

const noTimes: TimesAnswers = {
  minutes: '60',
  ...{ date1: '', time1: '', date2: '', time2: '', date3: '', time3: '', date4: '', time4: '', date5: '', time5: '' },
};
const one = { date1: '2027-03-18', time1: '10:00' };
const two = { date2: '2027-03-16', time2: '10:00' };

test('at least two times are asked about, in order, and each mistake is told beside its own', () => {
  expect(readTimes({ ...noTimes, ...one, ...two }, now, 'Europe/London')).toEqual({
    minutes: 60,
    times: [new Date('2027-03-16T10:00Z'), new Date('2027-03-18T10:00Z')],
  });
  const problems = (changed: Partial<TimesAnswers>) => {
    const found = readTimes({ ...noTimes, ...changed }, now, 'Europe/London');
    return 'times' in found ? [] : found.map(({ field }) => field);
  };
  expect(problems(one)).toEqual(['date2']);
  expect(problems({ ...one, date2: one.date1, time2: one.time1 })).toEqual(['time2']);
  expect(
    problems({ ...one, ...two, date3: '2027-03-01', time3: '09:00', date4: '2027-03-28', time4: '01:30' }),
  ).toEqual(['date3', 'time4']);
  expect(problems({ ...one, ...two, date5: '2027-10-31', time5: '01:30', minutes: '5' })).toEqual(['minutes', 'time5']);
  expect(problems({ ...one, ...two, date3: '2027-03-20' })).toEqual(['time3']);
});

test('the time that most can come to stands first, the sooner of equal ones; none is lost', () => {
  const time = fc.record({
    id: fc.uuid(),
    startsAt: fc.date({ min: now, max: new Date('2028-01-01T00:00Z'), noInvalidDate: true }),
    can: fc.array(fc.nat(50), { maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(time, { maxLength: 5 }), (times) => {
      const sorted = bestFirst(times);
      expect(sorted.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
        times.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      );
      for (const [index, next] of sorted.slice(1).entries()) {
        const before = sorted[index];
        if (before === undefined) continue;
        expect(before.can.length).toBeGreaterThanOrEqual(next.can.length);
        if (before.can.length === next.can.length) expect(before.startsAt <= next.startsAt).toBe(true);
      }
    }),
  );
});
