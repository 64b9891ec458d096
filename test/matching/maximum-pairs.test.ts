import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maximumPairs } from '../../src/matching/solver/maximum-pairs.ts';

/** A graph as its edges, on up to nine vertices. */
const graph = fc.integer({ min: 0, max: 9 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat(Math.max(0, count - 1)), fc.nat(Math.max(0, count - 1))), { maxLength: 24 }),
  }),
);

function allowedBy(edges: readonly (readonly [number, number])[]): (a: number, b: number) => boolean {
  const keys = new Set(edges.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  return (a, b) => a !== b && keys.has(`${a} ${b}`);
}

/** The size of the largest matching, by trying everything. */
function bruteForce(vertices: readonly number[], allowed: (a: number, b: number) => boolean): number {
  const [first, ...rest] = vertices;
  if (first === undefined) return 0;
  const alone = bruteForce(rest, allowed);
  const paired = rest
    .filter((other) => allowed(first, other))
    .map(
      (other) =>
        1 +
        bruteForce(
          rest.filter((vertex) => vertex !== other),
          allowed,
        ),
    );
  return Math.max(alone, ...paired);
}

/** Whether some largest matching holds all of `must`. */
function canCover(
  must: readonly number[],
  vertices: readonly number[],
  size: number,
  allowed: (a: number, b: number) => boolean,
): boolean {
  const [first, ...rest] = vertices;
  if (first === undefined) return size === 0;
  const alone = !must.includes(first) && canCover(must, rest, size, allowed);
  return (
    alone ||
    rest.some(
      (other) =>
        allowed(first, other) &&
        canCover(
          must,
          rest.filter((vertex) => vertex !== other),
          size - 1,
          allowed,
        ),
    )
  );
}

test('it pairs as many as can be paired, along allowed edges only', () => {
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const allowed = allowedBy(edges);
      const partner = maximumPairs(count, allowed);
      const matched = [...partner.keys()].filter((vertex) => partner[vertex] !== -1);
      for (const vertex of matched) {
        const mate = partner[vertex] ?? -1;
        expect(partner[mate]).toBe(vertex);
        expect(allowed(vertex, mate)).toBe(true);
      }
      expect(matched.length / 2).toBe(bruteForce([...partner.keys()], allowed));
    }),
    { numRuns: 2000 },
  );
});

test('whoever stands first is left out only when no largest set holds them with those before', () => {
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const allowed = allowedBy(edges);
      const partner = maximumPairs(count, allowed);
      const vertices = [...partner.keys()];
      const size = bruteForce(vertices, allowed);
      const held: number[] = [];
      for (const vertex of vertices) {
        const wanted = [...held, vertex];
        expect(partner[vertex] !== -1).toBe(canCover(wanted, vertices, size, allowed));
        if (partner[vertex] !== -1) held.push(vertex);
      }
    }),
    { numRuns: 500 },
  );
});

test('two odd rings joined by one edge are all paired', () => {
  const edges = [
    [0, 1],
    [1, 2],
    [2, 0],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 3],
  ] as const;
  const partner = maximumPairs(6, allowedBy(edges));
  expect([...partner]).not.toContain(-1);
});
