import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RoundInput } from '../../../src/matching/scoring/model.ts';
import { type PartProof, RoundCertificate } from '../../../src/matching/solving/model.ts';
import { solveRound } from '../../../src/matching/solving/solve-round.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import { type ProvenRound, withoutMember } from '../../../src/matching/solving/without.ts';
import { randomRound } from '../scoring/random-round.ts';

/** The same round each time: everybody of another council, all may meet but for two. */
function drawnRound(size: number, more: Partial<RoundInput> = {}): RoundInput {
  const [drawn] = fc.sample(randomRound({ least: size, most: size, wantsGroup: false, past: 0, apart: 0 }), {
    seed: 7,
    numRuns: 1,
  });
  if (drawn === undefined) throw new Error('nothing was drawn');
  const members = drawn.members.map((member, at) => ({ ...member, council: `council-${at % 10}` }));
  return { ...drawn, members, councilsApart: [], ...more };
}

type Part<Kind extends PartProof['kind']> = Extract<PartProof, { kind: Kind }>;

/** A round, the one part of its certificate, and what the check says of the certificate with a changed part. */
function solved<Kind extends PartProof['kind']>(kind: Kind, input: RoundInput) {
  const { certificate } = solveRound(input);
  const part = certificate.parts.find((one): one is Part<Kind> => one.kind === kind);
  if (part === undefined || certificate.parts.length !== 1) throw new Error(`there is no ${kind} part by itself`);
  const told = (changed: PartProof) => verifyRound(input, { ...certificate, parts: [changed] });
  expect(told(part).faults).toEqual([]);
  return { part, told };
}

describe('a good certificate that was tampered with', () => {
  const input = drawnRound(20);
  const { part, told } = solved('pairs', input);
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = [], ...rest] = part.groups;

  /** As the forger would leave it who also puts right the sums that the check names. */
  function withSumsPutRight(changed: Part<'pairs'>) {
    const { objective, bound } = told(changed);
    return told({ ...changed, objective, bound });
  }

  test('partners who were swapped', () => {
    const swapped = { ...part, groups: [[a, c], [b, d], ...rest] };
    expect(told(swapped).isSound).toBe(false);
    expect(withSumsPutRight(swapped).isBest).toBe(false);
  });

  test('two of one council', () => {
    const council = (at: number) => input.members.find(({ id }) => id === part.members[at])?.council;
    const other = part.groups.flat().find((at) => at !== a && council(at) === council(a)) ?? -1;
    const alone = part.groups.find((group) => group.includes(other))?.find((at) => at !== other) ?? -1;
    const groups = part.groups.filter((group) => !group.includes(a) && !group.includes(other));
    const changed = { ...part, groups: [...groups, [a, other], [b, alone]] };
    expect(withSumsPutRight(changed).isSound).toBe(false);
  });

  test('two who are kept apart', () => {
    const [one = '', other = ''] = [part.members[a], part.members[b]];
    const verdict = verifyRound({ ...input, apart: [[one, other]] }, { version: 1, parts: [part] });
    expect(verdict.isSound).toBe(false);
  });

  test('a price that was lowered', () => {
    const price = part.proof.price.with(a, (part.proof.price[a] ?? 0) - 2);
    expect(withSumsPutRight({ ...part, proof: { ...part.proof, price } }).isSound).toBe(false);
  });

  test('a price that was raised: sound, but it no longer proves the best', () => {
    const price = part.proof.price.with(a, (part.proof.price[a] ?? 0) + 2);
    const raised = { ...part, proof: { ...part.proof, price } };
    expect(told(raised).isSound).toBe(false);
    expect(withSumsPutRight(raised)).toMatchObject({ isSound: true, isBest: false });
    expect(withSumsPutRight(raised).gap).toBeGreaterThan(0);
  });

  test('a value that was raised, a bound that was forged', () => {
    expect(told({ ...part, objective: part.objective + 6 }).faults).toHaveLength(1);
    expect(told({ ...part, bound: part.bound - 6 }).faults).toHaveLength(1);
  });

  test('somebody missing, somebody twice, somebody from nowhere', () => {
    expect(told({ ...part, groups: [[c, d], ...rest] }).isSound).toBe(false);
    expect(told({ ...part, groups: [...part.groups, [a, c]] }).isSound).toBe(false);
    expect(told({ ...part, leftOut: [a] }).isSound).toBe(false);
    const members = part.members.with(a, 'nobody');
    expect(told({ ...part, members }).faults.join()).toContain('nobody is in the round and does not take part');
    const verdict = verifyRound(input, { version: 1, parts: [] });
    expect(verdict.faults.join()).toContain('takes part and is missing');
    expect(verifyRound(input, { version: 1, parts: [part, part] }).faults.join()).toContain('in the round twice');
  });

  test('a set that counts somebody twice, or has a price below nought', () => {
    for (const set of [
      [2, a, a, b],
      [-2, a, b, c],
    ]) {
      const proof = { ...part.proof, oddSets: [...part.proof.oddSets, set] };
      expect(withSumsPutRight({ ...part, proof }).isSound).toBe(false);
    }
  });

  test('a certificate of another shape is no certificate', () => {
    expect(RoundCertificate.safeParse({ version: 1, parts: [{ ...part, proof: { price: [] } }] }).success).toBe(false);
  });
});

test('a round with a trio: forged bounds, lowered prices and another trio are caught', () => {
  const { part, told } = solved('trio', drawnRound(21));
  expect(told(part)).toMatchObject({ isSound: true, isBest: true });
  expect(told({ ...part, bound: part.bound - 1, objective: part.objective - 1 }).isSound).toBe(false);
  const { prices } = part.proof;
  const price = prices.price.with(3, (prices.price[3] ?? 0) - 2);
  expect(told({ ...part, proof: { ...part.proof, prices: { ...prices, price } } }).isSound).toBe(false);
  const [[a = 0, b = 0, c = 0] = [], [d = 0, e = 0] = [], ...rest] = part.groups.toSorted(
    (one, two) => two.length - one.length,
  );
  const changed = { ...part, groups: [[a, b, d], [c, e], ...rest] };
  const { objective } = told(changed);
  expect(told(changed).isSound).toBe(false);
  expect(told({ ...changed, objective }).isBest).toBe(false);
  expect(told({ ...part, groups: [[a, b], [d, e], ...rest], leftOut: [c] }).isSound).toBe(false);
});

test('after any erasures what is left still verifies, names nobody who went, and loses no proof', () => {
  fc.assert(
    fc.property(
      randomRound({ least: 1, most: 20, groupSizes: [2, 2, 3] }),
      fc.array(fc.nat({ max: 19 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (drawn, places, isFixed) => {
        const first = solveRound(drawn);
        const locked = isFixed ? first.groups.slice(0, 1).map(({ members }) => members) : [];
        let kept: ProvenRound = {
          input: { ...drawn, locked },
          certificate: solveRound({ ...drawn, locked }).certificate,
        };
        const before = verifyRound(kept.input, kept.certificate);
        for (const at of places) {
          const erased = drawn.members[at]?.id ?? 'nobody';
          kept = withoutMember(kept, erased);
          expect(JSON.stringify(kept)).not.toContain(`"${erased}"`);
        }
        const verdict = verifyRound(kept.input, kept.certificate, kept.division);
        expect(verdict.faults).toEqual([]);
        expect(verdict.bound - verdict.objective).toBeLessThanOrEqual(before.bound - before.objective);
        if (before.isBest) expect(verdict.isBest).toBe(true);
      },
    ),
    { numRuns: 80 },
  );
});

test('without its trio a round is still proven, also where that trio had prices of its own', () => {
  const drawn = randomRound({ least: 11, most: 11, councils: 11, past: 30, apart: 1, wantsGroup: false });
  let withOwnPrices = 0;
  // It is rare.
  for (const input of fc.sample(drawn, { seed: 2, numRuns: 2_000 })) {
    const { certificate } = solveRound(input);
    const [part] = certificate.parts;
    const trio = part?.groups.find((group) => group.length === 3) ?? [];
    if (part?.kind !== 'trio' || !part.proof.others.some((other) => other.trio.every((at) => trio.includes(at))))
      continue;
    withOwnPrices++;
    const rest = withoutMember({ input, certificate }, part.members[trio[0] ?? 0] ?? '');
    expect(verifyRound(rest.input, rest.certificate, rest.division)).toMatchObject({ isSound: true, isBest: true });
  }
  expect(withOwnPrices).toBeGreaterThan(2);
});
