import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeFor, promotions, readProposal } from '../../src/conversations/rules.ts';

const attendance = fc.record({ seated: fc.nat(15), offered: fc.constant(0), waiting: fc.nat(30) });

test('nobody passes those who wait, and a seat is given only where one is free', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 15 }), attendance, (capacity, now) => {
      const place = placeFor(capacity, now);
      expect(place === 'seated').toBe(now.seated < capacity && now.waiting === 0);
      const freed = promotions(capacity, now);
      expect(now.seated + freed).toBeLessThanOrEqual(Math.max(capacity, now.seated));
      expect(freed).toBeLessThanOrEqual(now.waiting);
    }),
  );
});

const answers = {
  kind: 'conversations.propose',
  topic: '',
  theme: 't',
  title: 'T',
  about: 'A',
  date: '2027-03-16',
  time: '10:00',
  minutes: '60',
  capacity: '8',
  link: 'https://meet.example/x',
} as const;
const now = new Date('2027-03-02T12:00Z');

test('a good proposal is read in the host’s own zone', () => {
  expect(readProposal(answers, now, 'America/New_York', ['t'])).toMatchObject({
    startsAt: new Date('2027-03-16T14:00Z'),
    minutes: 60,
    capacity: 8,
  });
});

test.each([
  [{ date: '2027-03-01' }, 'date', 'future'],
  [{ date: '2027-03-28', time: '01:30' }, 'time', 'skip'],
  [{ time: '25:00' }, 'time', 'Enter a time'],
  [{ capacity: '16' }, 'capacity', 'between 3 and 15'],
  [{ minutes: '14' }, 'minutes', 'between 15 and 240'],
  [{ link: 'javascript:alert(1)' }, 'link', 'https://'],
  [{ title: 'x'.repeat(101) }, 'title', '100'],
])('%j is refused beside its field', (changed, field, words) => {
  const result = readProposal({ ...answers, ...changed }, now, 'Europe/London', ['t']);
  expect(result).toEqual([{ field, text: expect.stringContaining(words) }]);
});
