import type { LeftOutReason } from './model.ts';

/** Why somebody is left out, for conveners, after their name. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  'odd-number': 'an odd number of people took part',
  'met-everyone': 'they met everybody from other councils lately',
  'one-council': 'more than half of those who took part are of their council',
  'nobody-free': 'nobody was left whom they could meet',
};
