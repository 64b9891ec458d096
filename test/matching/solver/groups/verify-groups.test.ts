import { expect, test } from 'vitest';
import { bestGroups } from '../../../../src/matching/solver/groups/best-groups.ts';
import type { GroupRound } from '../../../../src/matching/solver/groups/model.ts';
import { verifyGroups } from '../../../../src/matching/solver/groups/verify-groups.ts';
import type { Problem } from '../../../../src/matching/solver/model.ts';

const problem: Problem = {
  size: 14,
  council: Int32Array.from({ length: 14 }, (_, v) => v >> 1),
  score: { kind: 'free', of: (a, b) => ((a * b * 37 + (a + b) * 11) % 101) + 100 },
  leave: new Int32Array(14).fill(-(1 << 20)),
  apart: [[0, 13]],
};
const good = bestGroups(problem, 3, 'thorough');

/** The round with two members in each other’s place. */
function swapped(one: number, other: number): GroupRound {
  const groups = good.groups.map((group) => group.map((v) => (v === one ? other : v === other ? one : v)));
  return { ...good, groups };
}

function withPrice(v: number, by: number): GroupRound {
  const price = good.proof.price.map((one, at) => (at === v ? one + by : one));
  return { ...good, bound: good.bound + by, proof: { ...good.proof, price } };
}

test('a good certificate is sound, and tells how many groups there could have been', () => {
  let [threes, fours] = [0, 0];
  const mayMeet = (a: number, b: number) => a >> 1 !== b >> 1 && !(a === 0 && b === 13);
  for (let a = 0; a < 14; a++)
    for (let b = a + 1; b < 14; b++)
      for (let c = b + 1; c < 14; c++) {
        if (!mayMeet(a, b) || !mayMeet(a, c) || !mayMeet(b, c)) continue;
        threes++;
        for (let d = c + 1; d < 14; d++) if (mayMeet(a, d) && mayMeet(b, d) && mayMeet(c, d)) fours++;
      }
  expect(good.groups.map((group) => group.length).sort()).toEqual([3, 3, 4, 4]);
  expect(verifyGroups(problem, good)).toMatchObject({ isSound: true, isBest: true, possible: threes + fours });
});

test('prices that let no group be worth more cannot be lowered together with the bound', () => {
  for (let v = 0; v < 14; v++) {
    const verdict = verifyGroups(problem, withPrice(v, -1000));
    expect(verdict.isSound).toBe(false);
    expect(verdict.improving).toBeGreaterThan(0);
  }
});

test('an offset cannot be lowered together with the bound', () => {
  const [one, two, three, four] = good.proof.offset;
  const proof = { ...good.proof, offset: [one, two, three, four - 1000] as const };
  expect(verifyGroups(problem, { ...good, bound: good.bound - 2000, proof })).toMatchObject({ isSound: false });
});

const [first = []] = good.groups;
const [a = 0] = first;
const neighbour = a ^ 1;

test.each<[string, GroupRound]>([
  ['a raised objective', { ...good, objective: good.objective + 1 }],
  ['a forged bound', { ...good, bound: good.bound - 6 }],
  ['two who changed places', swapped(first[1] ?? 0, neighbour)],
  ['a missing member', { ...good, groups: good.groups.map((group) => group.filter((v) => v !== a)) }],
  ['somebody twice', { ...good, leftOut: [a] }],
  ['somebody who does not exist', { ...good, groups: [...good.groups.slice(1), [...first.slice(1), 99]] }],
  ['a price that is not whole', withPrice(0, 0.5)],
  ['a price that is missing', { ...good, proof: { ...good.proof, price: good.proof.price.slice(1) } }],
])('%s is caught', (_, round) => {
  expect(verifyGroups(problem, round)).toMatchObject({ isSound: false, isBest: false });
});

test('two of a group who are kept apart, or come from one council, are caught though all sums are right', () => {
  const [one = 0, two = 0] = first;
  expect(verifyGroups({ ...problem, apart: [[one, two]] }, good).isSound).toBe(false);
  const council = problem.council.map((own, v) => (v === two ? (problem.council[one] ?? 0) : own));
  expect(verifyGroups({ ...problem, council }, good).isSound).toBe(false);
  expect(verifyGroups(problem, good).isSound).toBe(true);
});
