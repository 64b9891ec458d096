import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Addressee, atOnceMs, tellingTimes, toldPerSeat } from '../../src/conversations/announcing-rules.ts';
import { localParts } from '../../src/time/local.ts';

const hourMs = 3_600_000;
const now = new Date('2027-03-02T12:00Z');
const in_ = (hours: number) => new Date(now.getTime() + hours * hourMs);

const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');
const people = fc.uniqueArray(
  fc.record({ id: fc.uuid(), zone: zones, interested: fc.constantFrom(true, false, undefined) }),
  { selector: ({ id }) => id, maxLength: 120, size: 'max' },
);
const conversation = fc.record({
  id: fc.uuid(),
  startsAt: fc.integer({ min: 1, max: 24 * 60 }).map(in_),
  capacity: fc.integer({ min: 3, max: 15 }),
});

function londoners(count: number, interested: boolean | undefined, prefix = 'p'): readonly Addressee[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, zone: 'Europe/London', interested }));
}

test('everybody it is for is told once; who is interested in other things is not', () => {
  fc.assert(
    fc.property(conversation, people, (what, those) => {
      const told = tellingTimes(what, those, now);
      const expected = those.filter(({ interested }) => interested !== false).map(({ id }) => id);
      expect([...told.keys()].toSorted()).toEqual(expected.toSorted());
    }),
  );
});

test('nobody is told before now, or with less than a day to go, unless there is less for all: then at once', () => {
  fc.assert(
    fc.property(conversation, people, (what, those) => {
      const latest = Math.max(now.getTime(), what.startsAt.getTime() - atOnceMs);
      for (const at of tellingTimes(what, those, now).values()) {
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(at.getTime()).toBeLessThanOrEqual(latest);
      }
    }),
  );
});

test('who is told later is told between 8am and 8pm on their own clock', () => {
  fc.assert(
    fc.property(conversation, people, (what, those) => {
      const told = tellingTimes(what, those, now);
      const latest = what.startsAt.getTime() - atOnceMs;
      for (const { id, zone } of those) {
        const at = told.get(id);
        if (at === undefined || at <= now || at.getTime() >= latest) continue;
        const hour = Number(localParts(at, zone).slice(11, 13));
        expect(hour).toBeGreaterThanOrEqual(8);
        expect(hour).toBeLessThan(20);
      }
    }),
  );
});

test('those whom the theme interests come first, and no more at once than three for each seat', () => {
  const what = { id: 'c', startsAt: in_(14 * 24), capacity: 4 };
  const told = tellingTimes(what, [...londoners(30, undefined, 'n'), ...londoners(30, true, 'y')], now);
  const at = (prefix: string) => [...told].filter(([id]) => id.startsWith(prefix)).map(([, when]) => when.getTime());
  expect(Math.max(...at('y'))).toBeLessThan(Math.min(...at('n')));
  const atTheSame = Map.groupBy([...told.values()], (when) => when.getTime());
  expect([...atTheSame.values()].map(({ length }) => length)).toEqual([12, 12, 6, 12, 12, 6]);
  expect(told.get([...told.keys()][0] ?? '')).toEqual(now);
  expect(toldPerSeat).toBe(3);
});

test('the order is another one for each conversation, and the same when it is worked out again', () => {
  const those = londoners(40, true);
  const first = (id: string) => {
    const told = tellingTimes({ id, startsAt: in_(14 * 24), capacity: 3 }, those, now);
    return [...told].flatMap(([member, at]) => (at.getTime() === now.getTime() ? [member] : [])).toSorted();
  };
  expect(first('one')).toEqual(first('one'));
  expect(first('one')).not.toEqual(first('two'));
  // Over many conversations each has a fair share of the first places: about 9 in 40.
  const shares = new Map(those.map(({ id }) => [id, 0]));
  for (let index = 0; index < 100; index += 1) {
    for (const id of first(`conversation ${index}`)) shares.set(id, (shares.get(id) ?? 0) + 1);
  }
  for (const share of shares.values()) {
    expect(share).toBeGreaterThan(5);
    expect(share).toBeLessThan(50);
  }
});

test('a network of a thousand hears of it in the first half of the time that is left', () => {
  const what = { id: 'c', startsAt: in_(20 * 24), capacity: 8 };
  const told = [...tellingTimes(what, londoners(1000, undefined), now).values()].map((at) => at.getTime());
  // 42 groups, 2 hours apart, 12 waking hours a day.
  expect(Math.max(...told) - now.getTime()).toBeLessThanOrEqual(8 * 24 * hourMs);
  const near = { id: 'c', startsAt: in_(48), capacity: 8 };
  const soon = [...tellingTimes(near, londoners(1000, undefined), now).values()].map((at) => at.getTime());
  expect(Math.max(...soon) - now.getTime()).toBeLessThanOrEqual(24 * hourMs);
});
