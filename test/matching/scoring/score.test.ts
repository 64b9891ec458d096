import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate, PastMatch, RoundInput, Weights } from '../../../src/matching/scoring/model.ts';
import { pairScore, scoresOf } from '../../../src/matching/scoring/score.ts';
import { NEVER } from '../../../src/matching/solver/model.ts';
import { scoreOf } from '../../../src/matching/solver/pair-score.ts';
import { problemOf } from '../../../src/matching/solving/problem-of.ts';
import { randomRound } from './random-round.ts';

function someone(id: string, more: Partial<Candidate> = {}): Candidate {
  return Candidate.parse({ id, council: id, level: 'director', ...more });
}

/** The terms of one pair. */
function terms(one: Partial<Candidate>, other: Partial<Candidate>, more: Partial<RoundInput> = {}) {
  const members = [someone('a', one), someone('b', { level: 'manager', ...other })];
  return pairScore(RoundInput.parse({ version: 1, number: 1, members, ...more }))(0, 1).terms;
}

const at = (weights: Partial<Weights>) => ({ weights: Weights.parse(weights) });
const hours = (from: number, until: number) => [[from, until] as const];

describe('what each thing counts', () => {
  test('themes: the share of both’s themes that both have', () => {
    expect(terms({ themes: ['x', 'y'] }, { themes: ['x', 'y'] }).themes).toBe(400);
    expect(terms({ themes: ['x', 'y'] }, { themes: ['y', 'z'] }).themes).toBe(133);
    expect(terms({ themes: ['x'] }, { themes: ['x'] }, at({ themes: 10 })).themes).toBe(800);
    expect(terms({}, {}).themes).toBe(0);
  });

  test('stages: the furthest apart in a theme of both', () => {
    const both = { themes: ['x', 'y'] };
    expect(terms({ ...both, stages: { x: 0, y: 1 } }, { ...both, stages: { x: 2, y: 1 } }).stages).toBe(200);
    expect(terms({ ...both, stages: { x: 1 } }, { ...both, stages: { x: 2, y: 0 } }).stages).toBe(110);
    expect(terms({ ...both, stages: { x: 1 } }, { ...both, stages: { x: 1 } }).stages).toBe(30);
    expect(terms({ ...both, stages: { x: 0 } }, { ...both, stages: { y: 2 } }).stages).toBe(30);
    expect(terms({ themes: ['x'], stages: { z: 0 } }, { themes: ['x'], stages: { z: 2 } }).stages).toBe(30);
  });

  test('hours: in proportion up to twenty a week, and against a pair with none; nothing where they are not known', () => {
    expect(terms({ hours: hours(0, 1200) }, { hours: hours(0, 2000) }).hours).toBe(300);
    expect(terms({ hours: hours(0, 300) }, { hours: hours(100, 2000) }).hours).toBe(50);
    expect(terms({ hours: hours(0, 300) }, { hours: hours(300, 600) }).hours).toBe(-500);
    expect(terms({ hours: [...hours(0, 200), ...hours(100, 300)] }, { hours: hours(0, 9000) }).hours).toBe(75);
    expect(
      terms(
        { hours: [[10_000, 60]] },
        {
          hours: [
            [0, 60],
            [10_020, 10_080],
          ],
        },
      ).hours,
    ).toBe(30);
    expect(terms({}, { hours: hours(0, 300) }).hours).toBe(0);
  });

  test('level, cohort, place', () => {
    expect(terms({ level: 'manager' }, {}).level).toBe(100);
    expect(terms({}, {}).level).toBe(0);
    expect(terms({ cohort: 'x' }, { cohort: 'y' }).cohort).toBe(60);
    expect(terms({ cohort: 'x' }, { cohort: '' }).cohort).toBe(0);
    const [north, south] = [
      { nation: 'England', region: 'north' },
      { nation: 'England', region: 'south' },
    ];
    const wales = { nation: 'Wales', region: 'mid' };
    expect(terms(north, north, at({ place: 5 })).place).toBe(150);
    expect(terms(north, south, at({ place: 5 })).place).toBe(50);
    expect(terms(north, wales, at({ place: 5 })).place).toBe(0);
    expect(terms(north, north, at({ place: -5 })).place).toBe(0);
    expect(terms(north, south, at({ place: -5 })).place).toBe(150);
    expect(terms(north, wales, at({ place: -5 })).place).toBe(200);
    expect(terms({}, north, at({ place: -5 })).place).toBe(0);
  });

  test('wishes: each that the other answers; and more for whoever came off badly', () => {
    const wish = { kind: 'new-to-role' } as const;
    expect(terms({ wish }, { isNewToRole: true }).wishes).toBe(300);
    expect(terms({ wish, isNewToRole: true }, { wish, isNewToRole: true }).wishes).toBe(600);
    expect(terms({ wish }, {}).wishes).toBe(0);
    const merger = { kind: 'experience', experience: 'merger' } as const;
    expect(terms({ wish: merger }, { experiences: ['other', 'merger'] }).wishes).toBe(300);
    expect(terms({ wish: { kind: 'theme', theme: 'x' } }, { themes: ['x'] }).wishes).toBe(300);
    expect(terms({ owed: 2, level: 'manager' }, { owed: 1 }).owed).toBe(Math.floor((130 * 3) / 16));
    expect(terms({ owed: 2, hours: hours(0, 1) }, { hours: hours(5, 6) }).owed).toBe(0);
  });

  test('earlier matches cost less with every round, and something for good', () => {
    const cost = (match: Partial<PastMatch>, weights: Partial<Weights> = {}) =>
      terms({}, {}, { past: [PastMatch.parse({ a: 'b', b: 'a', roundsAgo: 1, ...match })], ...at(weights) }).repeats;
    expect(cost({})).toBe(-3600);
    expect(cost({ roundsAgo: 3 })).toBe(-1687 - 600);
    expect(cost({ outcome: 'not-met' })).toBe(-3000);
    expect(cost({ outcome: 'not-useful' })).toBe(-5400);
    expect(cost({}, { repeats: 10 })).toBe(-7200);
    expect(cost({}, { repeats: 0 })).toBeCloseTo(0);
    // What was of no use counts alike whatever the weight: nobody finds out by moving it.
    expect(cost({ outcome: 'not-useful' }, { repeats: 0 })).toBe(-1800);
  });
});

test('for any round: whole, the same either way, made of its terms; none beyond a rule; both paths agree', () => {
  fc.assert(
    fc.property(randomRound({ least: 2, most: 14 }), (input) => {
      const of = pairScore(input);
      const scores = scoresOf(input);
      const members = [...input.members.keys()];
      const [free, profiles] = [
        scoreOf(problemOf(scores, members, 'free')),
        scoreOf(problemOf(scores, members, 'profiles')),
      ];
      const isTwo = (pairs: readonly (readonly [string, string])[], a: string, b: string) =>
        pairs.some(([one, other]) => (one === a && other === b) || (one === b && other === a));
      for (const a of members) {
        for (const b of members.slice(a + 1)) {
          const pair = of(a, b);
          expect(of(b, a)).toEqual(pair);
          expect(Number.isInteger(pair.points)).toBe(true);
          expect(Object.values(pair.terms).reduce((sum, points) => sum + points, 0)).toBe(pair.points);
          const [one, other] = [input.members[a], input.members[b]];
          const near = input.past.filter(({ roundsAgo }) => roundsAgo <= input.weights.coolDownRounds);
          const isForbidden =
            one?.council === other?.council ||
            isTwo(input.apart, one?.id ?? '', other?.id ?? '') ||
            isTwo(input.councilsApart, one?.council ?? '', other?.council ?? '') ||
            isTwo(
              near.map((match) => [match.a, match.b] as const),
              one?.id ?? '',
              other?.id ?? '',
            );
          expect(pair.mayMeet).toBe(!isForbidden);
          expect(free(a, b)).toBe(isForbidden ? NEVER : pair.points);
          expect(profiles(a, b)).toBe(free(a, b));
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a weight of nought switches its term off', () => {
  fc.assert(
    fc.property(
      randomRound({ least: 2, most: 6 }),
      fc.constantFrom('themes', 'stages', 'hours', 'level', 'place', 'cohort', 'wishes'),
      (input, term) => {
        const of = pairScore({ ...input, weights: { ...input.weights, [term]: 0 } });
        // A product with minus nought is minus nought.
        for (const a of input.members.keys())
          for (const b of input.members.keys()) expect(of(a, b).terms[term] === 0).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

test('ties fall the same whoever else takes part, and differently in another round', () => {
  const members = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => someone(id));
  const ties = (of: readonly Candidate[], number: number) => {
    const score = pairScore(RoundInput.parse({ version: 1, number, members: of }));
    const place = (id: string) => of.findIndex((member) => member.id === id);
    return [
      ['a', 'b'],
      ['c', 'f'],
      ['b', 'f'],
    ].map(([one = '', other = '']) => score(place(one), place(other)).terms.tieBreak);
  };
  const some = members.filter(({ id }) => id !== 'd' && id !== 'e').toReversed();
  expect(ties(some, 1)).toEqual(ties(members, 1));
  expect(ties(members, 2)).not.toEqual(ties(members, 1));
});
