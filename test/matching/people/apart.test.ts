import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairsApart } from '../../../src/membership/avoid-rules.ts';

test('a list holds in both directions, for whoever has the address now or later, and never for oneself', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const entry = fc.oneof(
    fc.record({ memberId: id, otherId: id, token: fc.constant(null) }),
    fc.record({ memberId: id, otherId: fc.constant(null), token: id.map((owner) => `token of ${owner}`) }),
  );
  fc.assert(
    fc.property(fc.array(entry), fc.subarray(['a', 'b', 'c', 'd']), (entries, joined) => {
      const byToken = new Map(joined.map((each) => [`token of ${each}`, [each]]));
      const pairs = pairsApart(entries, byToken);
      for (const [one, other] of pairs) expect(one < other).toBe(true);
      expect(new Set(pairs.map(String)).size).toBe(pairs.length);
      const meant = entries.flatMap(({ memberId, otherId, token }) => {
        const other = otherId ?? token?.at(-1) ?? '';
        const holds = other !== memberId && (otherId !== null || joined.includes(other));
        return holds ? [[memberId, other].toSorted().join(' ')] : [];
      });
      expect(new Set(pairs.map((each) => each.join(' ')))).toEqual(new Set(meant));
    }),
  );
});
