import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchEverybody } from '../../../src/matching/solver/blossom/match-everybody.ts';
import { admit, changeFloors } from '../../../src/matching/solver/blossom/repair.ts';
import { startGreedily } from '../../../src/matching/solver/blossom/start-greedily.ts';
import { bestByTrying, dice, forestOf, provenTotal, randomCase } from './random-graphs.ts';

/** From a seed comes a graph of one of several characters: see {@link randomCase}. */
const seed = fc.nat();

describe('maximum-weight matching with leave-out values', () => {
  test('equals trying everything on thousands of small graphs, and proves it', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const { n, edges, leave } = randomCase(drawn, 1, 10);
        const forest = forestOf(n, edges, leave);
        startGreedily(forest);
        matchEverybody(forest);
        expect(provenTotal(forest, edges)).toBe(bestByTrying(n, edges, leave));
      }),
      { numRuns: 5000 },
    );
  });

  test('repairing after pairs and floors changed gives the same as starting afresh, up to 80 members', () => {
    fc.assert(
      fc.property(seed, (drawn) => {
        const roll = dice(drawn + 7);
        const { n, edges, leave } = randomCase(drawn, 2, 80);
        const known = edges.filter(() => roll(2) === 0);
        const high = leave.map((value) => value + roll(50));
        const forest = forestOf(n, known, high);
        startGreedily(forest);
        matchEverybody(forest);
        provenTotal(forest, known);
        const whole = forestOf(n, edges, leave);
        forest.graph = whole.graph;
        changeFloors(forest, whole.floor);
        for (const { a, b, weight } of edges) admit(forest, a, b, 2 * weight);
        matchEverybody(forest);
        startGreedily(whole);
        matchEverybody(whole);
        expect(provenTotal(forest, edges)).toBe(provenTotal(whole, edges));
      }),
      { numRuns: 250 },
    );
  });
});
