import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countsToTell, digestOf, mayBeTold, type Part, type Person, stepOf } from '../../src/digests/rules.ts';

const standard = { people: 5, councils: 3 };

/** One person for each letter, of the council it names. */
function people(councils: string): readonly Person[] {
  return [...councils].map((councilId, index) => ({ memberId: `person ${index}`, councilId }));
}

describe('what may be told', () => {
  test.each([
    ['AABBC', true, 'five of three councils'],
    ['ABCDE', true, 'five of five'],
    ['ABCD', false, 'four people'],
    ['AABBB', false, 'two councils'],
    ['AAABC', false, 'three of one council could tell the other two apart'],
    ['AAAAAABCD', true, 'one large council, and three outsiders'],
    ['AAAAAAABC', false, 'one large council, and two outsiders'],
    ['', false, 'nobody'],
  ])('%s: %s (%s)', (councils, told) => {
    expect(mayBeTold(people(councils), standard)).toBe(told);
  });

  test('somebody who wrote often counts once', () => {
    const [first] = people('A');
    if (first === undefined) throw new Error('nobody');
    const other = { memberId: 'other', councilId: 'B' };
    const third = { memberId: 'third', councilId: 'C' };
    expect(mayBeTold([first, first, first, other, third], standard)).toBe(false);
  });
});

const threshold = fc.record({ people: fc.integer({ min: 3, max: 9 }), councils: fc.integer({ min: 2, max: 5 }) });
const person = fc.record({
  memberId: fc.integer({ min: 0, max: 40 }).map((number) => `m${number}`),
});
/** A member has one council: the number tells it. */
const crowd = fc
  .array(person, { maxLength: 60 })
  .chain((chosen) =>
    fc
      .integer({ min: 1, max: 8 })
      .map((councils) =>
        chosen.map(({ memberId }) => ({ memberId, councilId: `c${Number(memberId.slice(1)) % councils}` })),
      ),
  );

function distinct(values: readonly string[]): number {
  return new Set(values).size;
}

describe('whatever the numbers', () => {
  test('enough people, of enough councils, and enough without any one council', () => {
    fc.assert(
      fc.property(crowd, threshold, (some, limit) => {
        fc.pre(mayBeTold(some, limit));
        expect(distinct(some.map(({ memberId }) => memberId))).toBeGreaterThanOrEqual(limit.people);
        expect(distinct(some.map(({ councilId }) => councilId))).toBeGreaterThanOrEqual(limit.councils);
        for (const council of new Set(some.map(({ councilId }) => councilId))) {
          const others = some.filter(({ councilId }) => councilId !== council);
          expect(distinct(others.map(({ memberId }) => memberId))).toBeGreaterThanOrEqual(2);
          expect(distinct(others.map(({ councilId }) => councilId))).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });

  test('one person more never takes away what may be told, where they are of a new council', () => {
    fc.assert(
      fc.property(crowd, threshold, (some, limit) => {
        fc.pre(mayBeTold(some, limit));
        expect(mayBeTold([...some, { memberId: 'new', councilId: 'new' }], limit)).toBe(true);
      }),
    );
  });

  test('every count is told as the same as at least a threshold of others: so many come or go unseen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 5_000 }), (limit, count) => {
        fc.pre(count >= limit && count < 1_000 * limit);
        const told = stepOf(count, limit);
        expect(told).toBeLessThanOrEqual(count);
        const before = Array.from({ length: limit }, (_, less) => stepOf(count - less, limit));
        const after = Array.from({ length: limit }, (_, more) => stepOf(count + more, limit));
        expect([...before, ...after].filter((other) => other === told).length).toBeGreaterThan(limit);
      }),
    );
  });

  test('what is told is no more than it is', () => {
    fc.assert(
      fc.property(crowd, threshold, (some, limit) => {
        const told = countsToTell(some, limit);
        expect(told !== undefined).toBe(mayBeTold(some, limit));
        if (told === undefined) return;
        expect(told.people).toBeLessThanOrEqual(distinct(some.map(({ memberId }) => memberId)));
        expect(told.people).toBeGreaterThanOrEqual(limit.people);
        expect(told.councils).toBeLessThanOrEqual(distinct(some.map(({ councilId }) => councilId)));
      }),
    );
  });
});

const themes = ['a', 'b', 'c'] as const;
const part = fc.record({
  promptId: fc.uuid(),
  framework: fc.constant('f'),
  theme: fc.constantFrom(...themes),
  memberId: fc.integer({ min: 0, max: 25 }).map((number) => `m${number}`),
});
const parts = fc
  .array(part, { maxLength: 80 })
  .map((given): readonly Part[] =>
    given.map((one) => ({ ...one, councilId: `c${Number(one.memberId.slice(1)) % 6}` })),
  );

describe('from one digest to the next', () => {
  test('nothing stands in two, and what stands in one is of enough people of enough councils', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ written: parts, shared: parts }), { maxLength: 6 }),
        threshold,
        (months, limit) => {
          const published: string[] = [];
          let waiting: readonly Part[] = [];
          for (const { written, shared } of months) {
            waiting = [...waiting, ...shared];
            const told = digestOf(written, waiting, limit);
            for (const theme of told) {
              const standing = waiting.filter(({ promptId }) => theme.prompts.includes(promptId));
              expect(standing.length).toBe(theme.prompts.length);
              expect(standing.every((one) => one.theme === theme.theme)).toBe(true);
              if (standing.length > 0) expect(mayBeTold(standing, limit)).toBe(true);
              expect(
                mayBeTold(
                  written.filter((one) => one.theme === theme.theme),
                  limit,
                ),
              ).toBe(true);
            }
            const now = told.flatMap(({ prompts }) => prompts);
            published.push(...now);
            waiting = waiting.filter(({ promptId }) => !now.includes(promptId));
          }
          expect(distinct(published)).toBe(published.length);
        },
      ),
    );
  });

  test('whatever published sets are taken from or added to one another, no few people remain', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 2, maxLength: 5 }), fc.array(fc.boolean()), (months, picks) => {
        const released: (readonly Part[])[] = [];
        let waiting: readonly Part[] = [];
        for (const shared of months) {
          waiting = [...waiting, ...shared];
          for (const theme of digestOf(waiting, waiting, standard)) {
            released.push(waiting.filter(({ promptId }) => theme.prompts.includes(promptId)));
            waiting = waiting.filter(({ promptId }) => !theme.prompts.includes(promptId));
          }
        }
        // Any union of releases, minus any other union of them.
        const chosen = released.filter((_, index) => picks[index] ?? false).flat();
        const others = new Set(
          released
            .filter((_, index) => !(picks[index] ?? false))
            .flat()
            .map((one) => one.promptId),
        );
        const rest = chosen.filter(({ promptId }) => !others.has(promptId));
        if (rest.length > 0) expect(mayBeTold(rest, standard)).toBe(true);
      }),
    );
  });
});
