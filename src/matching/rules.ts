import { dayOf, daysAfter } from '../time/days.ts';
import { localParts, momentOn } from '../time/local.ts';
import type { MatchState, Outcome } from './model.ts';
import type { PastMatch } from './scoring/model.ts';

/** What one person of a match said of it. */
export interface Answered {
  readonly state: MatchState;
  readonly outcome: Outcome | null;
}

/**
 * What became of a match between these two, for the rounds to come. Whether it was useful is for each to say, and what one
 * of them did not find useful is not tried again soon; that they did not meet must be said by both, or by one who waited.
 *
 * @param hasEnded whether somebody dropped out of it
 */
export function outcomeOf(both: readonly [Answered, Answered], hasEnded: boolean): PastMatch['outcome'] {
  const said = both.map(({ outcome }) => outcome);
  if (said.includes('not-useful')) return 'not-useful';
  if (said.includes('useful')) return 'useful';
  if (both.some(({ state }) => state === 'met')) return 'unknown';
  const didNot = said.includes('no-show') || said.every((outcome) => outcome === 'not-met');
  return didNot || hasEnded || both.some(({ state }) => state === 'dropped') ? 'not-met' : 'unknown';
}

/** The most that a round's input can say of how often somebody was left out. */
const mostLeftOut = 12;

/**
 * How often each was left out, against the one who was so the least: only the difference decides whose turn it is, and
 * it stays small however long the network has been there.
 *
 * @param times how often each who takes part was left out
 */
export function sinceLeast(times: readonly number[]): readonly number[] {
  const least = times.length === 0 ? 0 : Math.min(...times);
  return times.map((one) => Math.min(mostLeftOut, one - least));
}

/** Members are told of a round so many days before it. */
const openingDays = 2;

/** When members are told of the round that comes at this moment: at the same hour of an earlier day. */
export function openingOf(at: Date, zone: string): Date {
  const [day, hour] = [dayOf(at, zone), Number(localParts(at, zone).slice(11, 13))];
  return momentOn(daysAfter(day, -openingDays), hour, zone);
}
