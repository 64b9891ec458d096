import { daysAfter } from '../../time/days.ts';

/** Whoever waits so shortly before a round is in the round instead, in milliseconds. */
const beforeRoundMs = 3 * 86_400_000;

/** Whoever was matched so shortly before the question could hardly have met by then, in milliseconds. */
const beforeQuestionMs = 86_400_000;

/** For so many working days somebody waits for a match as good as others had; then anybody they may meet is well enough. */
const patienceDays = 5;

/**
 * Whether it is too late to match people before the next round.
 *
 * @param question when the people of this one are asked whether they met
 */
export function isTooLate(next: Date, question: Date, now: Date): boolean {
  const until = (at: Date) => at.getTime() - now.getTime();
  return until(question) <= beforeQuestionMs || until(next) <= beforeRoundMs;
}

/** The middle one of what the pairs of a round score, the lower of two; 0 of none. */
export function median(scores: readonly number[]): number {
  const ordered = scores.toSorted((one, other) => one - other);
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? 0;
}

/** How many working days there are after `first` until `last`, which counts; days are `YYYY-MM-DD`. */
export function workingDaysBetween(first: string, last: string, isRest: (day: string) => boolean): number {
  let count = 0;
  for (let day = daysAfter(first, 1); day <= last; day = daysAfter(day, 1)) {
    if (!isRest(day)) count += 1;
  }
  return count;
}

/**
 * What a pair must score for whoever of the two has waited longest: at first what the better half of the last round had,
 * each working day a fifth less of the way from there to nothing, and after five of them anything at all.
 *
 * @param usual the median of the last round's pairs, in points
 * @param waited working days, of the one who has waited longest
 */
export function leastScore(usual: number, waited: number): number {
  if (waited >= patienceDays) return Number.NEGATIVE_INFINITY;
  if (usual <= 0) return usual;
  return Math.floor((usual * (patienceDays - waited)) / patienceDays);
}

/** The day of the next look: the first working day after this one. */
export function nextLook(today: string, isRest: (day: string) => boolean): string {
  let day = daysAfter(today, 1);
  for (let more = 0; more < 400 && isRest(day); more += 1) day = daysAfter(day, 1);
  return day;
}
