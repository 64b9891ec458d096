import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentWords } from '../../src/matching/certificate-words.ts';
import { countOthers } from '../../src/matching/group-rules.ts';
import { contradiction, type Nameable, whoIs } from '../../src/matching/locks-rules.ts';
import { answerCounts, metOf } from '../../src/matching/met-rules.ts';
import { costOf, rulesInUse, withoutRule } from '../../src/matching/rule-costs.ts';
import { RoundInput } from '../../src/matching/scoring/model.ts';
import { solveRound } from '../../src/matching/solving/solve-round.ts';
import { triedWeights, type WeighedValues, weighed, weightsText } from '../../src/matching/weights-rules.ts';

const weight = fc.integer({ min: 0, max: 10 });
const weights: fc.Arbitrary<WeighedValues> = fc.record({
  themes: weight,
  stages: weight,
  hours: weight,
  level: weight,
  cohort: weight,
  wishes: weight,
  repeats: weight,
});

test('weights that a button carries come back as they were; anything else is what holds', () => {
  fc.assert(
    fc.property(weights, weights, (tried, present) => {
      expect(triedWeights(weightsText(tried), present)).toEqual(tried);
    }),
  );
  const present = { themes: 1, stages: 1, hours: 1, level: 1, cohort: 1, wishes: 1, repeats: 1 };
  for (const text of ['', '1', '5,5,5,5,5,5', '5,5,5,5,5,5,11', '5,5,5,5,5,5,5,5', 'a,b,c,d,e,f,g'])
    expect(triedWeights(text, present)).toBe(present);
  expect(weighed).toHaveLength(7);
});

test('a percentage is never told as less than it is, nor as nothing', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1, noNaN: true }), (share) => {
      expect(Number(percentWords(share).slice(0, -1)) / 100).toBeGreaterThanOrEqual(share - 1e-12);
    }),
  );
});

test('groups are the same whoever stands first in them', () => {
  expect(
    countOthers(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [
        ['b', 'a'],
        ['d', 'c'],
      ],
    ),
  ).toBe(0);
  expect(
    countOthers(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [
        ['a', 'c'],
        ['b', 'd'],
      ],
    ),
  ).toBe(2);
});

describe('what became of a match', () => {
  const said = (...outcomes: readonly ('useful' | 'not-useful' | 'not-met' | 'no-show' | null)[]) =>
    metOf(outcomes.map((outcome) => ({ state: 'open', outcome })));

  test('is what its people say of it', () => {
    expect(said('useful', 'not-met')).toBe('met');
    expect(said(null, 'no-show')).toBe('not-met');
    expect(said(null, null)).toBe('unknown');
    expect(
      metOf([
        { state: 'met', outcome: null },
        { state: 'open', outcome: null },
      ]),
    ).toBe('met');
    expect(metOf([{ state: 'dated', outcome: null }])).toBe('dated');
    expect(metOf([])).toBe('unknown');
  });

  test('is counted only where enough have answered', () => {
    expect(answerCounts(['useful', 'useful', 'useful', 'not-useful', 'not-met', null])).toBeUndefined();
    const five = ['useful', 'useful', 'useful', 'useful', 'not-useful'] as const;
    expect(answerCounts(five)).toEqual({ useful: 4, notUseful: 1 });
  });
});

describe('people who are fixed', () => {
  const person = (id: string, councilId = id): Nameable => ({
    id,
    name: `Name ${id}`,
    email: `${id}@council.example`,
    council: `Council ${councilId}`,
    councilId,
  });
  const [a, b, c] = [person('a'), person('b'), person('c')];

  test('are found by id, address, name, and words that only one has', () => {
    const all = [a, b, c, { ...person('d'), name: 'Name a' }];
    expect(whoIs('b', all)).toEqual({ kind: 'one', person: b });
    expect(whoIs(' B@Council.example ', all)).toEqual({ kind: 'one', person: b });
    expect(whoIs('name c@council', all)).toEqual({ kind: 'one', person: c });
    expect(whoIs('name a', all)).toMatchObject({ kind: 'several', people: { length: 2 } });
    expect(whoIs('zoë', all)).toEqual({ kind: 'unknown' });
    expect(whoIs('  ', all)).toEqual({ kind: 'nobody' });
  });

  test('are refused for what is no secret', () => {
    const of = (kind: 'together' | 'apart', people: readonly Nameable[]) =>
      contradiction(kind, people, [{ kind: 'apart', members: ['a', 'b'] }], [['a', 'c']])?.kind;
    expect(of('together', [b, c])).toBeUndefined();
    expect(of('together', [a, b])).toBe('other-way');
    expect(of('apart', [a, b])).toBeUndefined();
    expect(of('together', [c, a])).toBe('councils-apart');
    expect(of('apart', [c, a])).toBeUndefined();
    expect(of('together', [b, person('e', 'b')])).toBe('one-council');
    expect(of('together', [b, c, b])).toBe('same-person');
    expect(of('together', [b])).toBe('too-few');
  });
});

test('no rule is in the way of nothing: without it, all else fits as well or better', () => {
  const member = fc.record({
    council: fc.constantFrom('x', 'y', 'z', 'w'),
    level: fc.constantFrom('manager' as const, 'director' as const),
    themes: fc.subarray(['f/1', 'f/2', 'f/3']),
    cohort: fc.constantFrom('', 'k', 'l'),
  });
  fc.assert(
    fc.property(fc.array(member, { minLength: 2, maxLength: 8 }), (all) => {
      const members = all.map((one, index) => ({ ...one, id: `m${index}` }));
      const past = members.length < 3 ? [] : [{ a: 'm0', b: 'm1', roundsAgo: 1 }];
      const input = RoundInput.parse({ version: 1, number: 3, members, past });
      const solution = solveRound(input);
      for (const rule of rulesInUse(input)) {
        const without = solveRound(withoutRule(input, rule));
        const cost = costOf(rule, input, solution, without);
        expect(cost.morePeople).toBeGreaterThanOrEqual(0);
        expect(cost.betterFit).toBeGreaterThanOrEqual(0);
        if (cost.moved === 0 && cost.morePeople === 0) expect(cost.betterFit).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});
