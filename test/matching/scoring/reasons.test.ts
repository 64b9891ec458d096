import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Candidate, RoundInput } from '../../../src/matching/scoring/model.ts';
import { qualityOf } from '../../../src/matching/scoring/quality.ts';
import { type Reason, reasonsFor } from '../../../src/matching/scoring/reasons.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { randomRound } from './random-round.ts';

const someone = (id: string, more: Partial<Candidate> = {}): Candidate =>
  Candidate.parse({ id, council: id, level: 'director', ...more });

const input = RoundInput.parse({
  version: 1,
  number: 1,
  weights: { place: 2 },
  members: [
    someone('a', {
      themes: ['x', 'y'],
      stages: { x: 2 },
      hours: [[0, 600]],
      region: 'north',
      nation: 'England',
      cohort: 'one',
    }),
    someone('b', {
      themes: ['x'],
      stages: { x: 0 },
      hours: [[0, 240]],
      region: 'south',
      nation: 'England',
      wish: { kind: 'theme', theme: 'y' },
    }),
    someone('c', {
      themes: ['z'],
      hours: [[600, 700]],
      level: 'manager',
      cohort: 'two',
      wish: { kind: 'new-to-role' },
    }),
    someone('d'),
  ],
  past: [{ a: 'c', b: 'a', roundsAgo: 9 }],
});

test('what speaks for a pair is told from what counted, the strongest first', () => {
  expect(reasonsFor(input, ['a', 'b'])).toEqual<readonly Reason[]>([
    { kind: 'wish', whose: 'b', wish: { kind: 'theme', theme: 'y' } },
    { kind: 'themes', themes: ['x'] },
    { kind: 'stages', theme: 'x', more: 'a', less: 'b' },
    { kind: 'level' },
    { kind: 'hours', minutes: 240 },
    { kind: 'place', is: 'same-nation' },
    { kind: 'new-to-each-other' },
  ]);
  expect(reasonsFor(input, ['a', 'c'])).toEqual([{ kind: 'cohort' }]);
  expect(reasonsFor(input, ['a', 'nobody'])).toEqual([]);
});

test('for any group each weight of nought silences its reason, and what is told is so', () => {
  const silenced = {
    themes: 'themes',
    stages: 'stages',
    hours: 'hours',
    level: 'level',
    place: 'place',
    cohort: 'cohort',
    wishes: 'wish',
  } as const;
  fc.assert(
    fc.property(
      randomRound({ least: 2, most: 4 }),
      fc.constantFrom('themes', 'stages', 'hours', 'level', 'place', 'cohort', 'wishes'),
      (round, term) => {
        const ids = round.members.map(({ id }) => id);
        const told = reasonsFor({ ...round, weights: { ...round.weights, [term]: 0 } }, ids);
        expect(told.map(({ kind }) => kind)).not.toContain(silenced[term]);
        for (const reason of reasonsFor(round, ids)) {
          if (reason.kind !== 'themes') continue;
          for (const theme of reason.themes)
            expect(round.members.every(({ themes }) => themes.includes(theme))).toBe(true);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('the figures of a round', () => {
  const quality = qualityOf(input, [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(quality).toMatchObject({
    members: 4,
    groups: 2,
    pairs: 2,
    pairsWithSharedThemes: 1,
    meanSharedHours: 4,
    pairsWithoutSharedHours: 0,
    repeats: 0,
    pairsOfOneLevel: 1,
    wishesAsked: 2,
    wishesAnswered: 1,
    leftOut: 0,
  });
  expect(qualityOf(input, [['c', 'a']])).toMatchObject({ repeats: 1, pairsWithoutSharedHours: 1, leftOut: 2 });
  const wanting = {
    ...input,
    members: input.members.map((one) => ({ ...one, wish: null, wantsGroup: one.id !== 'd' })),
  };
  expect(qualityOf(wanting, [['a', 'b', 'd']])).toMatchObject({ wishesAsked: 3, wishesAnswered: 2 });
  expect(qualityOf(wanting, [['a', 'b']])).toMatchObject({ wishesAsked: 3, wishesAnswered: 0 });
  expect(qualityOf(input, [])).toMatchObject({ meanScore: 0, leftOut: 4, meanSharedHours: 0 });
});

test('the mean score of a round of pairs is its value, shared out', () => {
  fc.assert(
    fc.property(randomRound({ least: 2, most: 12, wantsGroup: false }), (round) => {
      const { groups, objective, leftOut } = solveRound(round);
      if (leftOut.length > 0) return;
      const { meanScore } = qualityOf(
        round,
        groups.map(({ members }) => members),
      );
      expect(meanScore).toBeCloseTo((2 * objective) / 6 / round.members.length, 6);
    }),
    { numRuns: 60 },
  );
});
