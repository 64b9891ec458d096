import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askingOrder, byVotes, type Candidate } from '../../src/series/order.ts';

const at = fc.option(
  fc.integer({ min: 1, max: 5 }).map((day) => new Date(Date.UTC(2027, 0, day))),
  { nil: null },
);
const candidates = fc.uniqueArray(
  fc.record({
    memberId: fc.uuid(),
    hosted: fc.integer({ min: 0, max: 2 }),
    lastHostedAt: at,
    lastAskedAt: at,
    suggestedIt: fc.boolean(),
  }),
  { selector: ({ memberId }) => memberId, maxLength: 12 },
);

test('everybody has one place, and it does not hang on how they were read', () => {
  fc.assert(
    fc.property(candidates, (given) => {
      const ordered = askingOrder(given);
      expect(ordered).toHaveLength(given.length);
      expect(askingOrder(given.toReversed())).toEqual(ordered);
      for (const [index, next] of ordered.slice(1).entries()) {
        const before = ordered[index];
        if (before !== undefined) expect(isBefore(before, next)).toBe(true);
      }
    }),
  );
});

/** The rule in other words: the first thing in which two differ decides. */
function isBefore(a: Candidate, b: Candidate): boolean {
  if (a.suggestedIt !== b.suggestedIt) return b.suggestedIt;
  if (a.hosted !== b.hosted) return a.hosted < b.hosted;
  const [hostedA, hostedB] = [Number(a.lastHostedAt), Number(b.lastHostedAt)];
  if (hostedA !== hostedB) return hostedA < hostedB;
  const [askedA, askedB] = [Number(a.lastAskedAt), Number(b.lastAskedAt)];
  return askedA === askedB ? a.memberId < b.memberId : askedA < askedB;
}

test('who never hosted goes before who did, who was never asked before who was, and who suggested it comes last', () => {
  const nobody = { hosted: 0, lastHostedAt: null, lastAskedAt: null, suggestedIt: false };
  const day = (date: number) => new Date(Date.UTC(2027, 0, date));
  const order = askingOrder([
    { ...nobody, memberId: 'suggested it', suggestedIt: true },
    { ...nobody, memberId: 'hosted twice', hosted: 2, lastHostedAt: day(1) },
    { ...nobody, memberId: 'hosted lately', hosted: 1, lastHostedAt: day(9) },
    { ...nobody, memberId: 'hosted long ago', hosted: 1, lastHostedAt: day(2), lastAskedAt: day(20) },
    { ...nobody, memberId: 'asked lately', lastAskedAt: day(9) },
    { ...nobody, memberId: 'asked long ago', lastAskedAt: day(2) },
    { ...nobody, memberId: 'never asked' },
  ]);
  expect(order.map(({ memberId }) => memberId)).toEqual([
    'never asked',
    'asked long ago',
    'asked lately',
    'hosted long ago',
    'hosted lately',
    'hosted twice',
    'suggested it',
  ]);
});

test('the most votes win, and of as many the oldest', () => {
  const topic = (id: string, votes: number, day: number) => ({
    id,
    votes,
    suggestedAt: new Date(Date.UTC(2027, 0, day)),
  });
  const ordered = byVotes([topic('new', 2, 9), topic('few', 1, 1), topic('old', 2, 2)]);
  expect(ordered.map(({ id }) => id)).toEqual(['old', 'new', 'few']);
});
