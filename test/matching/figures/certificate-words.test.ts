import { expect, test } from 'vitest';
import { certificateWords } from '../../../src/matching/figures/certificate-words.ts';

const sound = { isSound: true, isBest: false, gap: 0.021 };

test('the best round is said only where one proof covers everybody; of two parts each is said by itself', () => {
  const best = { isSound: true, isBest: true, gap: 0 };
  expect(certificateWords(best, { hasGroups: false, leavesOut: false })).toBe(
    'This is the best possible round: none of the possible pairs would improve it.',
  );
  // A second group of three might have left out fewer.
  expect(certificateWords(best, { hasGroups: true, leavesOut: true })).toBe(
    'None of the possible groups would improve this round.',
  );
  const groups = { kind: 'groups', isBest: false, gap: 0.021 } as const;
  const others = { kind: 'trio', isBest: true, gap: 0 } as const;
  expect(certificateWords({ ...sound, parts: [groups, others] }, { hasGroups: true, leavesOut: false })).toBe(
    'For those who wanted a group, no groups could be more than 3% better. For everybody else, none of the possible pairs would be better.',
  );
  expect(
    certificateWords(
      { ...sound, gap: 0, parts: [{ ...groups, gap: 0 }, others] },
      { hasGroups: true, leavesOut: false },
    ),
  ).not.toContain('best');
  expect(certificateWords(sound, { hasGroups: true, leavesOut: false })).toBe(
    'No round with groups of these sizes could be more than 3% better. We looked at all possible groups.',
  );
  expect(certificateWords({ ...sound, gap: 2.22 }, { hasGroups: true, leavesOut: false })).toContain(
    'could not prove how near',
  );
  expect(
    certificateWords({ ...sound, parts: [{ ...groups, gap: 0.3 }, others] }, { hasGroups: true, leavesOut: false }),
  ).not.toContain('%');
  expect(certificateWords({ ...sound, gap: 0 }, { hasGroups: false, leavesOut: false })).toContain(
    'could not prove that nobody else could have a match',
  );
});
