import type { LeftOutReason } from '../model.ts';

/** Why somebody is left out, for conveners, after their name. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  'no-other-council': 'nobody from another council took part',
  'met-everyone': 'they were matched lately with everybody from other councils who took part',
  'one-council': 'more than half of those who took part are of their council',
  'others-fixed': 'those whom conveners put together left nobody for them',
  'odd-number': 'an odd number of people took part',
  'all-matched': 'everybody else whom they could meet has a match',
  'nobody-free': 'we did not find anyone for them to meet',
};
