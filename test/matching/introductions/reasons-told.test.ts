import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlainReason, type Reader, reasonWords } from '../../../src/matching/introductions/reason-messages.ts';
import { mayBeTold, type SaidOfThemselves } from '../../../src/matching/introductions/reason-rules.ts';
import type { Reason } from '../../../src/matching/scoring/reasons.ts';

const ids: readonly string[] = ['a', 'b', 'c', 'd'];
const theme = fc.constantFrom('f/one', 'f/two', 'f/three');
const id = fc.constantFrom(...ids);
const wish = fc.oneof(
  fc.constant({ kind: 'new-to-role' } as const),
  fc.record({ kind: fc.constant('experience' as const), experience: fc.constantFrom('merger', 'strike') }),
  fc.record({ kind: fc.constant('theme' as const), theme }),
);
const reason: fc.Arbitrary<Reason> = fc.oneof(
  fc.record({ kind: fc.constant('themes' as const), themes: fc.array(theme, { minLength: 1 }) }),
  fc.record({ kind: fc.constant('stages' as const), theme, more: id, less: id }),
  fc.record({ kind: fc.constant('wish' as const), whose: id, wish }),
  fc.constant({ kind: 'level' } as const),
);
const perPerson = (value: fc.Arbitrary<string>) =>
  fc.tuple(...ids.map(() => fc.uniqueArray(value))).map((all) => new Map(ids.map((one, at) => [one, all[at] ?? []])));
const said: fc.Arbitrary<SaidOfThemselves> = fc.record({
  interests: perPerson(theme),
  experiences: perPerson(fc.constantFrom('merger', 'strike')),
  newToRole: fc.subarray([...ids]).map((some) => new Set(some)),
});

test('of each person nothing is told but what they say of themselves now, and of nobody who is not there', () => {
  fc.assert(
    fc.property(fc.array(reason), fc.subarray([...ids], { minLength: 2 }), said, (reasons, people, by) => {
      const chose = (who: string, what: string) => by.interests.get(who)?.includes(what) === true;
      for (const told of mayBeTold(reasons, people, by)) {
        if (told.kind === 'themes') {
          expect(told.themes.length).toBeGreaterThan(0);
          expect(told.themes.every((one) => people.every((who) => chose(who, one)))).toBe(true);
        }
        if (told.kind === 'stages') {
          for (const who of [told.more, told.less])
            expect([people.includes(who), chose(who, told.theme)]).toEqual([true, true]);
        }
        if (told.kind === 'wish') {
          const { wish: asked } = told;
          const others = people.filter((who) => who !== told.whose);
          const isOne = (who: string) => {
            if (asked.kind === 'new-to-role') return by.newToRole.has(who);
            if (asked.kind === 'theme') return chose(who, asked.theme);
            return by.experiences.get(who)?.includes(asked.experience) === true;
          };
          expect([people.includes(told.whose), others.some(isOne)]).toEqual([true, true]);
        }
      }
      expect(mayBeTold([{ kind: 'level' }], people, by)).toHaveLength(1);
    }),
  );
});

const asha = { id: 'a', name: 'Asha' };
const bo = { id: 'b', name: 'Bo' };
const cy = { id: 'c', name: 'Cy' };
const asked = { kind: 'wish', asker: asha, who: 'somebody new to their role', wish: 'new-to-role' } as const;
const one = (reader: string): Reader => ({ is: 'one', id: reader });

describe('a reason in words', () => {
  test.each<[PlainReason, number, Reader, string]>([
    [{ ...asked, whom: [bo] }, 2, one('a'), 'You asked for somebody new to their role, and Bo is.'],
    [{ ...asked, whom: [bo] }, 2, one('b'), 'Asha asked for somebody new to their role, and you are.'],
    [{ ...asked, whom: [bo, cy] }, 3, one('a'), 'You asked for somebody new to their role, and Bo and Cy are.'],
    [{ ...asked, whom: [bo] }, 3, one('c'), 'Asha asked for somebody new to their role, and Bo is.'],
    [{ ...asked, whom: [bo] }, 2, { is: 'all' }, 'Asha asked for somebody new to their role, and Bo is.'],
    [{ kind: 'themes', themes: ['A', 'B'] }, 2, one('a'), 'You are both interested in “A” and “B”.'],
    [{ kind: 'themes', themes: ['A', 'B', 'C', 'D'] }, 3, { is: 'all' }, 'You are all interested in “A”, “B” and “C”.'],
    [
      { kind: 'stages', theme: 'A' },
      2,
      one('a'),
      'You are at different stages with “A”, so you can learn from each other.',
    ],
    [{ kind: 'stages', theme: 'A' }, 3, { is: 'convener' }, 'Two of them are at different stages with “A”.'],
    [{ kind: 'hours', minutes: 2220 }, 2, one('a'), 'You work at the same times for about 37 hours a week.'],
    [
      { kind: 'hours', minutes: 15 },
      2,
      { is: 'convener' },
      'They work at the same times for less than an hour a week.',
    ],
    [{ kind: 'hours', minutes: 60 }, 2, one('a'), 'You work at the same times for about 1 hour a week.'],
    [{ kind: 'place', is: 'other-nation' }, 2, one('a'), 'Your councils are in different nations.'],
    [{ kind: 'new-to-each-other' }, 3, one('a'), 'No two of you have been matched before.'],
  ])('%j, to one of %d: %j', (told, size, reader, words) => {
    expect(reasonWords([told], size, reader)).toEqual([words]);
  });

  test('the four that weigh most are said, in their order', () => {
    const all = [{ kind: 'level' }, { kind: 'cohort' }, { kind: 'new-to-each-other' }] as const;
    const words = reasonWords([...all, ...all], 2, one('a'));
    expect(words).toEqual([
      'You lead at the same level.',
      'You are from different cohorts.',
      'You have not been matched before.',
      'You lead at the same level.',
    ]);
  });
});
