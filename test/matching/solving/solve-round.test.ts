import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Candidate, RoundInput as Input, type RoundInput, Weights } from '../../../src/matching/scoring/model.ts';
import { scoresOf } from '../../../src/matching/scoring/score.ts';
import { lockFaults } from '../../../src/matching/solving/lock-faults.ts';
import {
  type PairsProof,
  type PartProof,
  RoundCertificate,
  type RoundSolution,
} from '../../../src/matching/solving/model.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import { randomRound } from '../scoring/random-round.ts';
import { bestByTrying, dice } from '../solver/random-graphs.ts';

const someone = (id: string, council: string, more: Partial<Candidate> = {}): Candidate =>
  Candidate.parse({ id, council, level: 'director', ...more });

/** A round of members named by their councils: 'aab' is two of council a and one of b, with the ids a0, a1 and b2. */
function roundOf(councils: string, more: Partial<RoundInput> = {}): RoundInput {
  const members = [...councils].map((council, at) => someone(`${council}${at}`, council));
  return Input.parse({ version: 1, number: 1, members, ...more });
}

/** Everybody once, no rule broken. */
function expectLawful(input: RoundInput, { groups, leftOut }: RoundSolution): void {
  const placed = [...groups.flatMap((group) => group.members), ...leftOut.map(({ memberId }) => memberId)];
  expect(placed.toSorted()).toEqual(input.members.map(({ id }) => id).toSorted());
  const scores = scoresOf(input);
  const place = new Map(input.members.map(({ id }, at) => [id, at]));
  for (const { members } of groups) {
    const [most = 0] = [Math.max(input.groupSize, 4)];
    expect(members.length).toBeGreaterThan(1);
    expect(members.length).toBeLessThanOrEqual(most);
    for (const one of members)
      for (const other of members) {
        if (one !== other) expect(scores.mayMeet(place.get(one) ?? -1, place.get(other) ?? -1)).toBe(true);
      }
  }
}

/** People of whom those of one cluster may meet nobody of another; everybody of a council of their own. */
function inClusters(sizes: readonly number[], more: Partial<RoundInput> = {}): RoundInput {
  const clusters = sizes.map((size, cluster) => Array.from({ length: size }, (_, at) => `c${cluster}-${at}`));
  const councilsApart = clusters.flatMap((own, at) =>
    clusters.slice(at + 1).flatMap((others) => own.flatMap((a) => others.map((b): [string, string] => [a, b]))),
  );
  const roll = dice(sizes.length);
  const themes = () => [`f/${roll(4)}`];
  const members = clusters.flat().map((council) => someone(`m-${council}`, council, { themes: themes() }));
  return Input.parse({ version: 1, number: 1, members, councilsApart, ...more });
}

test('where two odd halves never meet, each has a group of three, nobody is left out, and that is proven best', () => {
  const input = inClusters([51, 51]);
  const solution = solveRound(input);
  expect(solution.leftOut).toEqual([]);
  expect(solution.groups.filter(({ members }) => members.length === 3)).toHaveLength(2);
  const verdict = verifyRound(input, solution.certificate);
  expect(verdict).toMatchObject({ isSound: true, isBest: true, parts: [{ kind: 'trio', members: 102, gap: 0 }] });
  expect(JSON.stringify(solution.certificate).length).toBeLessThan(20_000);
});

test('people who fall apart are matched as well as if each cluster were matched by itself', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 4 }), fc.nat(), (sizes, at) => {
      const input = inClusters(sizes, { number: 1 + (at % 50) });
      // A council that holds half of its cluster leaves somebody over, whatever is made.
      const members = input.members.map((member) =>
        /^c0-[0-3]$/.test(member.council) && at % 3 === 0 ? { ...member, council: 'c0-0' } : member,
      );
      const whole = { ...input, members };
      const solution = solveRound(whole);
      const verdict = verifyRound(whole, solution.certificate);
      expect([verdict.faults, verdict.isBest]).toEqual([[], true]);
      const alone = sizes.map((_, cluster) =>
        solveRound({ ...whole, members: members.filter(({ id }) => id.startsWith(`m-c${cluster}-`)) }),
      );
      expect(solution.objective).toBe(alone.reduce((sum, { objective }) => sum + objective, 0));
      expect(solution.leftOut).toHaveLength(alone.flatMap(({ leftOut }) => leftOut).length);
      expect(solution.certificate.parts).toEqual(alone.flatMap(({ certificate }) => certificate.parts));
    }),
    { numRuns: 80 },
  );
});

test('a round that is split where people may meet is not taken for one', () => {
  const input = roundOf('abcd');
  const [one, other] = ['ab', 'cd'].map((pair) => {
    const members = input.members.filter(({ council }) => pair.includes(council));
    return solveRound({ ...input, members }).certificate.parts;
  });
  const verdict = verifyRound(input, { version: 2, parts: [...(one ?? []), ...(other ?? [])] });
  expect(verdict).toMatchObject({ isSound: false, faults: ['The round is not divided as its input says.'] });
});

/** Two parts as one, with the proof of each. */
function asOne<Part extends PairsProof>(one: Part, { members, groups, objective, bound }: PairsProof): Part {
  const moved = groups.map((group) => group.map((at) => at + one.members.length));
  return {
    ...one,
    members: [...one.members, ...members],
    groups: [...one.groups, ...moved],
    objective: one.objective + objective,
    bound: one.bound + bound,
  };
}

test('a group of three is not proven together with people whom nobody of it can meet; pairs may be', () => {
  const input = inClusters([3, 2, 2]);
  const [trio, pair, other] = solveRound(input).certificate.parts;
  if (trio?.kind !== 'trio' || pair?.kind !== 'pairs' || other?.kind !== 'pairs')
    throw new Error('It is divided otherwise');
  const pairs = asOne(pair, other);
  const proof = { ...pairs.proof, price: [...pair.proof.price, ...other.proof.price] };
  const told = (...parts: readonly PartProof[]) => verifyRound(input, { version: 2, parts });
  expect(told(trio, { ...pairs, proof })).toMatchObject({ isSound: true, isBest: true });
  const prices = { ...trio.proof.prices, price: [...trio.proof.prices.price, ...pair.proof.price] };
  const joined = { ...asOne(trio, pair), proof: { ...trio.proof, prices } };
  expect(told(joined, other)).toMatchObject({
    isSound: false,
    faults: ['The round is not divided as its input says.'],
  });
});

test('groups of few kinds of people in few councils are proven within some percent', () => {
  const roll = dice(1);
  const members = Array.from({ length: 200 }, (_, at) => someone(`m${at}`, `c${roll(6)}`, { themes: [`f/${at % 7}`] }));
  for (const groupSize of [3, 4]) {
    const { objective, bound } = solveRound(Input.parse({ version: 1, number: 5, groupSize, members }));
    expect((bound - objective) / bound).toBeLessThan(0.08);
  }
});

test('any round keeps every rule, is sound by the separate check, and is the same again', () => {
  fc.assert(
    fc.property(randomRound({ most: 22, groupSizes: [2, 2, 3, 4] }), (input) => {
      const shares: number[] = [];
      const solution = solveRound(input, { onProgress: (share) => shares.push(share) });
      expectLawful(input, solution);
      const certificate = RoundCertificate.parse(JSON.parse(JSON.stringify(solution.certificate)));
      const verdict = verifyRound(input, certificate);
      expect(verdict.faults).toEqual([]);
      expect(verdict).toMatchObject({ isSound: true, objective: solution.objective, bound: solution.bound });
      if (solution.certificate.parts.every(({ kind }) => kind !== 'groups')) expect(verdict.isBest).toBe(true);
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
      const shuffled = { ...input, members: input.members.toReversed() };
      expect(solveRound(shuffled).objective).toBe(solution.objective);
      expect(solveRound(input)).toEqual(solution);
    }),
    { numRuns: 60 },
  );
});

test('nobody is left out where a full round exists', () => {
  let full = 0;
  fc.assert(
    fc.property(randomRound({ least: 2, most: 12, councils: 4 }), (input) => {
      const { mayMeet } = scoresOf(input);
      const size = input.members.length;
      const all = Array.from({ length: size }, (_, at) => at);
      const edges = all.flatMap((a) => all.slice(a + 1).flatMap((b) => (mayMeet(a, b) ? [{ a, b, weight: 0 }] : [])));
      const fewest = (without: readonly number[]) =>
        -bestByTrying(
          size,
          edges.filter(({ a, b }) => !without.includes(a) && !without.includes(b)),
          all.map((at) => (without.includes(at) ? 0 : -1)),
        );
      const trios = edges.flatMap(({ a, b }) =>
        all.filter((c) => c > b && mayMeet(a, c) && mayMeet(b, c)).map((c) => [a, b, c]),
      );
      const isFull = size % 2 === 0 ? fewest([]) === 0 : trios.some((trio) => fewest(trio) === 0);
      if (!isFull) return;
      full++;
      expect(solveRound(input).leftOut).toEqual([]);
    }),
    { numRuns: 150, seed: 4 },
  );
  expect(full).toBeGreaterThan(10);
});

test('nobody is left out twice before all others of the large council once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 1, max: 3 }), (large, small) => {
      const weights = Weights.parse({ coolDownRounds: 0 });
      const times = new Map<string, number>();
      for (let number = 1; number <= 12; number++) {
        const plain = roundOf('a'.repeat(large) + 'b'.repeat(small), { number, weights });
        const members = plain.members.map((member) => ({ ...member, leftOut: times.get(member.id) ?? 0 }));
        const { leftOut } = solveRound({ ...plain, members });
        expect(leftOut.length).toBe(large - small);
        for (const { memberId, reason } of leftOut) {
          expect(reason).toBe('one-council');
          times.set(memberId, (times.get(memberId) ?? 0) + 1);
        }
        const counts = plain.members.filter(({ council }) => council === 'a').map(({ id }) => times.get(id) ?? 0);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 12 },
  );
});

describe('odd and awkward rounds', () => {
  test('an odd count makes one group of three', () => {
    const { groups, leftOut, certificate } = solveRound(roundOf('abcdefg'));
    expect(groups.map(({ members }) => members.length).toSorted()).toEqual([2, 2, 3]);
    expect(leftOut).toEqual([]);
    expect(certificate.parts.map(({ kind }) => kind)).toEqual(['trio']);
  });

  test('where no three may meet one is left out, for the odd number', () => {
    const { leftOut } = solveRound(roundOf('aabbb', { number: 4 }));
    expect(leftOut).toEqual([{ memberId: expect.stringMatching(/^b/), reason: 'one-council' }]);
    const met = [
      ['a0', 'b1'],
      ['a0', 'c2'],
      ['b1', 'c2'],
    ]
      .slice(0, 1)
      .map(([a, b]) => ({ a, b, roundsAgo: 1 }));
    expect(solveRound(Input.parse({ ...roundOf('abc'), past: met })).leftOut).toEqual([
      { memberId: expect.any(String), reason: 'odd-number' },
    ]);
  });

  test.each<[string, RoundInput, readonly string[]]>([
    ['nobody', roundOf(''), []],
    ['one', roundOf('a'), ['no-other-council']],
    ['one council', roundOf('aaa'), ['no-other-council', 'no-other-council', 'no-other-council']],
    [
      'two who met last time',
      Input.parse({ ...roundOf('ab'), past: [{ a: 'a0', b: 'b1', roundsAgo: 1 }] }),
      ['met-everyone', 'met-everyone'],
    ],
    ['two who are kept apart', roundOf('ab', { apart: [['a0', 'b1']] }), ['nobody-free', 'nobody-free']],
    [
      'two whose councils are kept apart',
      roundOf('ab', { councilsApart: [['b', 'a']] }),
      ['nobody-free', 'nobody-free'],
    ],
    ['all of them in one fixed group', roundOf('abc', { locked: [['a0', 'b1', 'c2']] }), []],
  ])('%s', (_who, input, reasons) => {
    const solution = solveRound(input);
    expect(solution.leftOut.map(({ reason }) => reason)).toEqual(reasons);
    expect(verifyRound(input, solution.certificate)).toMatchObject({ isSound: true, isBest: true, faults: [] });
  });

  test('who is kept apart changes no reason that is told', () => {
    const plain = roundOf('aaab');
    const apart = { ...plain, apart: [['a0', 'b3']] as const };
    expect(solveRound(apart).leftOut.map(({ reason }) => reason)).toEqual(['one-council', 'one-council']);
    expect(solveRound(apart).leftOut.map(({ memberId }) => memberId)).toContain('a0');
  });
});

describe('who would rather be in a group', () => {
  const wanting = (input: RoundInput, ids: readonly string[]): RoundInput => ({
    ...input,
    members: input.members.map((member) => ({ ...member, wantsGroup: ids.includes(member.id) })),
  });

  test('three or more of them meet in one; the others in pairs', () => {
    const input = wanting(roundOf('abcdefg'), ['a0', 'b1', 'c2']);
    const { groups, leftOut } = solveRound(input);
    expect(groups.find(({ members }) => members.length === 3)?.members.toSorted()).toEqual(['a0', 'b1', 'c2']);
    expect(leftOut).toEqual([]);
  });

  test('whom no group can take has a pair instead, and the wish costs nobody their place', () => {
    const input = wanting(roundOf('aaabcd'), ['a0', 'a1', 'a2']);
    expect(solveRound(input).leftOut).toEqual([]);
    const strait = wanting(roundOf('aaaabcde'), ['b4', 'c5', 'd6']);
    expect(solveRound(strait).leftOut).toEqual([]);
  });
});

describe('groups that are fixed', () => {
  test('stand as they are, also for two who met lately; the rest is solved around them', () => {
    const past = [{ a: 'a0', b: 'b1', roundsAgo: 1 }];
    const input = Input.parse({ ...roundOf('abcdef'), past, locked: [['a0', 'b1']] });
    const { groups } = solveRound(input);
    expect(groups[0]).toEqual({ members: ['a0', 'b1'], isLocked: true });
    expect(groups.filter(({ isLocked }) => !isLocked)).toHaveLength(2);
  });

  test.each<[string, Partial<RoundInput>, object]>([
    ['somebody unknown', { locked: [['a0', 'zz']] }, { kind: 'unknown', lock: 0, members: ['zz'] }],
    [
      'somebody twice',
      {
        locked: [
          ['a0', 'b2'],
          ['c3', 'a0'],
        ],
      },
      { kind: 'twice', lock: 1, members: ['a0'] },
    ],
    ['two of one council', { locked: [['a0', 'b2', 'a1']] }, { kind: 'one-council', lock: 0, members: ['a0', 'a1'] }],
    [
      'two who never meet',
      { locked: [['b2', 'a0']], apart: [['a0', 'b2']] },
      { kind: 'apart', lock: 0, members: ['b2', 'a0'] },
    ],
    [
      'two of councils kept apart',
      { locked: [['a0', 'b2']], councilsApart: [['b', 'a']] },
      { kind: 'apart', lock: 0, members: ['a0', 'b2'] },
    ],
  ])('%s is a fault that is told, and no round is made', (_what, more, fault) => {
    const input = roundOf('aabc', more);
    expect(lockFaults(input)).toEqual([fault]);
    expect(() => solveRound(input)).toThrow(/^Fixed group .* Change the group, or do not fix it\.$/);
  });

  test('ids that are any text are not taken for one another', () => {
    const piece = fc.constantFrom('a', 'b', ' ', '"', ',', '","', '\\', 'é', 'e\u0301', '\u0000', '[', '😀');
    const id = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    const ids = fc.uniqueArray(id, { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(
        ids,
        ids,
        fc.array(fc.nat({ max: 7 }), { minLength: 4, maxLength: 4 }),
        (own, names, [a = 0, b = 0, c = 0, d = 0]) => {
          const members = own.map((one, at) => someone(one, names[at] ?? `council ${at}`));
          const [first, second] = members;
          if (first === undefined || second === undefined) return;
          const pick = (list: readonly string[], at: number) => list[at % list.length] ?? '';
          const apart = [[pick(own, a), pick(own, b)]] as const;
          const councilsApart = [[pick(names, c), pick(names, d)]] as const;
          const input = Input.parse({
            version: 1,
            number: 1,
            members,
            apart,
            councilsApart,
            locked: [[first.id, second.id]],
          });
          const is = (pair: readonly string[], one: string, other: string) =>
            one !== other && pair.includes(one) && pair.includes(other);
          const isApart = is(apart[0], first.id, second.id) || is(councilsApart[0], first.council, second.council);
          expect(lockFaults(input).map(({ kind }) => kind)).toEqual(isApart ? ['apart'] : []);
        },
      ),
      { numRuns: 250 },
    );
    for (const between of [' ', ',', '"', '","', '\u0000', '\\', '/', '|']) {
      const [one, other] = [`b${between}c`, `a${between}b`];
      const members = [someone('a', 'x'), someone(one, 'y'), someone(other, 'x'), someone('c', 'z')];
      const input = Input.parse({ version: 1, number: 1, members, apart: [['a', one]], locked: [[other, 'c']] });
      expect(lockFaults(input)).toEqual([]);
    }
    const councils = [someone('a', 'x'), someone('b', 'y'), someone('c', 'a'), someone('d', 'b')];
    const named = Input.parse({
      version: 1,
      number: 1,
      members: councils,
      councilsApart: [['a', 'b']],
      locked: [['a', 'b']],
    });
    expect(lockFaults(named)).toEqual([]);
  });

  test('two members with one id are refused', () => {
    const twice = roundOf('ab');
    expect(() => solveRound({ ...twice, members: [...twice.members, ...twice.members] })).toThrow(
      'Two members have the id',
    );
  });
});
