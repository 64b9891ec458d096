import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideIntoSets, type Learner } from '../../../src/convening/sets/rules.ts';
import { canDivide, setSizes } from '../../../src/convening/sets/sizes.ts';
import { Level } from '../../../src/network/model.ts';

const learners = (councils: fc.Arbitrary<string>) =>
  fc
    .array(fc.record({ councilId: councils, level: fc.constantFrom(...Level.options) }), { maxLength: 95, size: 'max' })
    .map((people): readonly Learner[] => people.map((person, index) => ({ ...person, id: `p${index}` })));

const tally = (set: readonly Learner[], of: (learner: Learner) => string) =>
  new Map([...Map.groupBy(set, of)].map(([key, those]) => [key, those.length]));

/** The most by which two sets differ in how many of one kind they have. */
function spread(sets: readonly (readonly Learner[])[], of: (learner: Learner) => string): number {
  const kinds = [...new Set(sets.flat().map(of))];
  const tallies = sets.map((set) => tally(set, of));
  const differ = kinds.map((kind) => {
    const counts = tallies.map((counted) => counted.get(kind) ?? 0);
    return Math.max(...counts) - Math.min(...counts);
  });
  return Math.max(0, ...differ);
}

test('everybody sits in one set, and the sets have 12 to 15 wherever the number allows it', () => {
  fc.assert(
    fc.property(learners(fc.constantFrom('a', 'b', 'c', 'd')), fc.string(), (people, seed) => {
      const sets = divideIntoSets(people, seed);
      const seated = sets.flat().map(({ id }) => id);
      expect(seated.toSorted()).toEqual(people.map(({ id }) => id).toSorted());
      expect(sets.map((set) => set.length)).toEqual(setSizes(people.length));
    }),
  );
  const cannot = Array.from({ length: 400 }, (_, people) => people).filter((people) => !canDivide(people));
  // A number can be divided when some number of sets of 12 to 15 makes it.
  const possible = (people: number) =>
    Array.from({ length: 40 }, (_, sets) => [sets * 12, sets * 15] as const).some(
      ([least = 0, most = 0]) => people >= least && people <= most,
    );
  expect(cannot).toEqual(Array.from({ length: 400 }, (_, people) => people).filter((people) => !possible(people)));
  expect([17, 20, 33, 46].map(setSizes)).toEqual([[17], [10, 10], [11, 11, 11], [12, 12, 11, 11]]);
});

test('no set has two of one council unless it has more people than there are sets, and then as few as can be', () => {
  const councils = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
  fc.assert(
    fc.property(learners(councils), fc.string(), (people, seed) => {
      expect(spread(divideIntoSets(people, seed), ({ councilId }) => councilId)).toBeLessThanOrEqual(1);
    }),
  );
});

test('the levels are even to one person where the councils do not stand in the way', () => {
  const people = learners(fc.constant('')).map((all) => all.map((one) => ({ ...one, councilId: one.id })));
  fc.assert(
    fc.property(people, fc.string(), (all, seed) => {
      expect(spread(divideIntoSets(all, seed), ({ level }) => level)).toBeLessThanOrEqual(1);
    }),
  );
});

test('the same people are divided the same way, in whatever order they come; another seed divides them otherwise', () => {
  const people = Array.from(
    { length: 40 },
    (_, index): Learner => ({
      id: `p${index}`,
      councilId: `c${index % 9}`,
      level: Level.options[index % 3] ?? 'manager',
    }),
  );
  expect(divideIntoSets(people.toReversed(), '1')).toEqual(divideIntoSets(people, '1'));
  expect(divideIntoSets(people, '2')).not.toEqual(divideIntoSets(people, '1'));
});
