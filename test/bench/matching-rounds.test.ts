import { describe, expect, test } from 'vitest';
import { colette } from '../../bench/matching/bots/choosing.ts';
import { icebreaker } from '../../bench/matching/bots/shuffling.ts';
import { botPlayer, ours, playRounds } from '../../bench/matching/rounds.ts';

/*
 * Twenty rounds of invented networks, every third with an odd number.
 */

describe('by the network’s own rule', () => {
  test.each([
    [60, 1],
    [60, 2],
    [60, 3],
    [200, 1],
  ])('%i members, network %i: no rule is broken, and nobody is left out', (size, seed) => {
    const figures = playRounds(ours, size, seed);
    expect(figures).toMatchObject({ sameCouncil: 0, soonRepeats: 0, leftOut: 0, mostLeftOut: 0 });
    expect(figures.repeats).toBeLessThanOrEqual(0.01);
    expect(figures.noSharedHours).toBeLessThanOrEqual(0.02);
  });
});

test('the figures tell a bad rule from a good one', () => {
  const [own, shuffling, costs] = [ours, botPlayer(icebreaker), botPlayer(colette)].map((one) =>
    playRounds(one, 60, 1),
  );
  expect(shuffling?.sameCouncil).toBeGreaterThan(0.1);
  expect(shuffling?.soonRepeats).toBeGreaterThan(0.01);
  expect(shuffling?.leftOut).toBeGreaterThan(0);
  expect(shuffling?.noSharedHours).toBeGreaterThan(0.02);
  expect(costs).toMatchObject({ sameCouncil: 0, soonRepeats: 0 });
  expect(own?.meanScore).toBeGreaterThan(1.2 * (costs?.meanScore ?? Infinity));
});
