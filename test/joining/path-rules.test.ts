import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseBuddy, type Experienced } from '../../src/joining/buddy-rules.ts';
import { nextStepDay, pathSteps, stepOn } from '../../src/joining/path-rules.ts';
import { daysAfter, weekdayOf } from '../../src/time/days.ts';

const day = fc.integer({ min: 0, max: 4000 }).map((days) => daysAfter('2026-01-01', days));

/** Walks the whole path, from one appointment to the next. */
function walk(joined: string, isWorking: (day: string) => boolean): readonly (readonly [string, string | undefined])[] {
  const taken: (readonly [string, string | undefined])[] = [];
  let today = joined;
  for (let next = nextStepDay(joined, today, isWorking); next !== undefined; ) {
    taken.push([next, stepOn(joined, next)]);
    today = next;
    next = nextStepDay(joined, today, isWorking);
  }
  return taken;
}

describe('the first six weeks', () => {
  test('every step once, in order, on a working day, within six weeks, whatever is closed meanwhile', () => {
    fc.assert(
      fc.property(day, fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 6 }), (joined, closed) => {
        const holidays = closed.map((days) => daysAfter(joined, days));
        const isWorking = (one: string) => weekdayOf(one) < 6 && !holidays.includes(one);
        const taken = walk(joined, isWorking);
        expect(taken.map(([, step]) => step)).toEqual(pathSteps);
        // A week that is closed from end to end leaves a step on its own day.
        const open = taken.filter(([on]) => [0, 1, 2, 3, 4, 5, 6].some((later) => isWorking(daysAfter(on, later - 6))));
        for (const [on] of open) expect(isWorking(on) || holidays.length > 4).toBe(true);
        expect((taken.at(-1)?.[0] ?? '') <= daysAfter(joined, 47)).toBe(true);
      }),
    );
  });
});

const person = fc.record({
  id: fc.uuid(),
  councilId: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
  level: fc.constantFrom('manager' as const, 'director' as const, 'chief executive' as const),
  interests: fc.subarray(['f/a', 'f/b', 'f/c']),
});
const experienced = fc.record({ person, lookingOutFor: fc.integer({ min: 0, max: 3 }) });
const everyone = fc.array(
  experienced.map(({ person: one, lookingOutFor }): Experienced => ({ ...one, lookingOutFor })),
);

describe('who looks out for a newcomer', () => {
  test('never of their council, never kept apart, never somebody who has two already; and somebody where there is one', () => {
    fc.assert(
      fc.property(person, everyone, fc.array(fc.nat()), (newcomer, others, picks) => {
        const apart = picks.flatMap((pick) => {
          const other = others[pick % Math.max(1, others.length)];
          return other === undefined ? [] : [[other.id, newcomer.id] as const];
        });
        const councils = [['c1', 'c2']] as const;
        const chosen = chooseBuddy(newcomer, others, [...apart, ...councils]);
        const together = new Set(['c1', 'c2']);
        const possible = others.filter(
          (one) =>
            one.id !== newcomer.id &&
            one.councilId !== newcomer.councilId &&
            !(together.has(one.councilId) && together.has(newcomer.councilId)) &&
            one.lookingOutFor < 2 &&
            !apart.some(([id]) => id === one.id),
        );
        if (possible.length === 0) expect(chosen).toBeUndefined();
        else expect(possible.map(({ id }) => id)).toContain(chosen);
      }),
    );
  });

  test('of the same level first, then who has fewest, then who cares about the same', () => {
    const newcomer = { id: 'n', councilId: 'a', level: 'director', interests: ['f/a'] } as const;
    const base = { councilId: 'b', level: 'director', interests: [], lookingOutFor: 0 } as const;
    const manager = { ...base, id: '1', level: 'manager', interests: ['f/a'] } as const;
    const busy = { ...base, id: '2', lookingOutFor: 1, interests: ['f/a'] } as const;
    const free = { ...base, id: '3' } as const;
    const alike = { ...base, id: '4', interests: ['f/a'] } as const;
    expect(chooseBuddy(newcomer, [manager, busy, free, alike], [])).toBe('4');
    expect(chooseBuddy(newcomer, [manager, busy, free], [])).toBe('3');
    expect(chooseBuddy(newcomer, [manager, busy], [])).toBe('2');
    expect(chooseBuddy(newcomer, [manager], [])).toBe('1');
  });
});
