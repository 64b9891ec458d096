import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countOthers } from '../../../src/matching/figures/group-rules.ts';
import { answerThatHolds, cameOf, metOf, usefulnessOf } from '../../../src/matching/matches/met-rules.ts';
import { contradiction, type Nameable, whoIs } from '../../../src/matching/people/lock-rules.ts';
import { RoundInput } from '../../../src/matching/scoring/model.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { costsAgainst, rulesInUse, withoutRule } from '../../../src/matching/weights/costs.ts';
import { triedWeights, type WeighedValues, weighed, weightsText } from '../../../src/matching/weights/rules.ts';

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

test('an answer holds, unless it says that they did not meet and they were to meet after it', () => {
  const moment = fc.integer({ min: 0, max: 9 }).map((hour) => new Date(hour * 3_600_000));
  const outcome = fc.constantFrom('useful', 'not-useful', 'not-met', 'no-show', null);
  const maybe = fc.option(moment, { nil: undefined });
  fc.assert(
    fc.property(outcome, moment, maybe, fc.option(moment), (said, answeredAt, agreedAt, endedAt) => {
      const saysNot = said === 'not-met' || said === 'no-show';
      const wereToMeet = agreedAt !== undefined && agreedAt > answeredAt && (endedAt === null || endedAt >= agreedAt);
      const holds = answerThatHolds({ outcome: said, answeredAt }, { agreedAt, endedAt });
      expect(holds).toBe(saysNot && wereToMeet ? null : said);
    }),
  );
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

  test('is that it ended, where somebody left it before they can have met', () => {
    const people = (outcome: 'useful' | 'no-show' | null, state: 'open' | 'dated' | 'dropped' = 'open') => [
      { state, outcome },
      { state: 'open' as const, outcome: null },
    ];
    const [first, second, third] = [1, 2, 3].map((day) => new Date(Date.UTC(2027, 2, day)));
    const now = third ?? new Date(0);
    const of = (said: ReturnType<typeof people>, endedAt?: Date, agreedAt?: Date, at = now) =>
      cameOf(said, { endedAt: endedAt ?? null, agreedAt }, at);
    expect(of(people(null, 'dropped'), first)).toBe('ended');
    expect(of(people(null, 'dated'), first, second)).toBe('ended');
    expect(of(people(null, 'dated'), second, first)).toBe('passed');
    expect(of(people(null, 'dated'), undefined, second, first)).toBe('dated');
    expect(of(people(null, 'dated'), undefined, second)).toBe('passed');
    expect(of(people(null), undefined, second)).toBe('passed');
    expect(of(people(null))).toBe('unknown');
    expect(of(people(null, 'dated'))).toBe('dated');
    expect(of(people('useful', 'dropped'), first)).toBe('met');
    expect(of(people('no-show', 'dropped'), first)).toBe('not-met');
  });

  test('is that they say different things, where one says that they met and another that they did not', () => {
    const both = (one: 'useful' | 'not-useful' | null, other: 'no-show' | 'not-met', state: 'open' | 'met' = 'open') =>
      cameOf(
        [
          { state, outcome: one },
          { state: 'open', outcome: other },
        ],
        { endedAt: null, agreedAt: new Date(0) },
        new Date(1),
      );
    expect(both('useful', 'no-show')).toBe('differ');
    expect(both('not-useful', 'not-met')).toBe('differ');
    expect(both(null, 'no-show', 'met')).toBe('differ');
    expect(both(null, 'no-show')).toBe('not-met');
  });

  test('is told roughly, where enough have answered, so that no answer can be read from it', () => {
    expect(usefulnessOf(['useful', 'useful', 'useful', 'not-useful', 'not-met', null])).toBeUndefined();
    const five = ['useful', 'useful', 'useful', 'useful', 'useful'] as const;
    expect(usefulnessOf(five)).toBe('most');
    expect(usefulnessOf([...five, 'not-useful'])).toBe('most');
    expect(usefulnessOf([...five, ...five.map(() => 'not-useful' as const)])).toBe('about-half');
    expect(usefulnessOf(five.map(() => 'not-useful'))).toBe('few');
    expect(usefulnessOf(['useful', ...five.map(() => 'not-useful' as const)])).toBe('few');
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

function leftOutOf({ leftOut }: ReturnType<typeof solveRound>): readonly string[] {
  return leftOut.map(({ memberId }) => memberId).toSorted();
}

test('without a rule more people meet, or all else fits as well or better', () => {
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
      const round = solveRound(input);
      const costOf = costsAgainst(input, round);
      const leftOut = JSON.stringify(leftOutOf(round));
      for (const rule of rulesInUse(input)) {
        const without = solveRound(withoutRule(input, rule));
        const cost = costOf(rule, without);
        expect(cost.morePeople).toBeGreaterThanOrEqual(0);
        expect(cost.moved).toBeLessThanOrEqual(cost.groups);
        // Somebody else who is left out may be worth more to the others.
        if (JSON.stringify(leftOutOf(without)) === leftOut) expect(cost.betterFit).toBeGreaterThanOrEqual(0);
        if (cost.moved === 0 && cost.morePeople === 0) expect(cost.betterFit).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});

test('what a rule costs is counted in the matches of the round as it is', () => {
  const members = ['x', 'y'].map((council, index) => ({ id: `m${index}`, council, level: 'manager', themes: [] }));
  const past = [{ a: 'm0', b: 'm1', roundsAgo: 1 }];
  const input = RoundInput.parse({ version: 1, number: 3, members, past });
  const without = solveRound(withoutRule(input, 'cool-down'));
  expect(costsAgainst(input, solveRound(input))('cool-down', without)).toMatchObject({
    groups: 0,
    moved: 0,
    morePeople: 2,
  });
});
