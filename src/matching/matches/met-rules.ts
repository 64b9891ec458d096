import type { MatchState, Outcome } from '../model.ts';
import { endOf } from '../rules.ts';

/** What became of a match, as its people told us. */
export type Met = 'met' | 'not-met' | 'dated' | 'unknown';

/** What one of them told us. */
type Told = { readonly state: MatchState; readonly outcome: Outcome | null };

/** What one of them says outweighs what the other leaves open; that they met outweighs that they did not. */
export function metOf(people: readonly Told[]): Met {
  const says = people.map(saidOf);
  const order: readonly Met[] = ['met', 'not-met', 'dated'];
  return order.find((one) => says.includes(one)) ?? 'unknown';
}

function saidOf({ state, outcome }: Told): Met {
  if (outcome === 'useful' || outcome === 'not-useful') return 'met';
  if (outcome !== null) return 'not-met';
  return state === 'met' || state === 'dated' ? state : 'unknown';
}

/**
 * What became of a match, for conveners: also that some say that they met and others that they did not (`differ`), that the
 * time that all agreed to has passed and nobody has said (`passed`), and that somebody left it before they met.
 */
export type Came = Met | 'differ' | 'passed' | 'ended';

/** When a match ended; null while it stands. And the time that all agreed to, called off with the match or not. */
interface Times {
  readonly endedAt: Date | null;
  readonly agreedAt: Date | undefined;
}

/** What one of a match answered last, and when. */
interface Answer {
  readonly outcome: Outcome | null;
  readonly answeredAt: Date | null;
}

/** Whether an answer is that they did not meet, whoever is to blame. */
export function saysNotMet(outcome: Outcome | null): boolean {
  return outcome === 'not-met' || outcome === 'no-show';
}

/**
 * What somebody's answer says of their match. That they did not meet, said before the time that all agreed to, is said of an
 * earlier one, or too soon: of this time they have said nothing. It holds where this time was called off with the match.
 */
export function answerThatHolds({ outcome, answeredAt }: Answer, { endedAt, agreedAt }: Times): Outcome | null {
  if (!saysNotMet(outcome) || answeredAt === null || agreedAt === undefined || answeredAt >= agreedAt) return outcome;
  return endOf(endedAt, agreedAt) === 'before-its-time' ? outcome : null;
}

/** Once the time that all agreed to has passed they may have met, whether it ended since or not, and nobody has said. */
export function cameOf(people: readonly Told[], { endedAt, agreedAt }: Times, now: Date): Came {
  const says = people.map(saidOf);
  if (says.includes('met') && says.includes('not-met')) return 'differ';
  const met = metOf(people);
  if (met === 'met' || met === 'not-met') return met;
  if (endOf(endedAt, agreedAt) === 'before-its-time') return 'ended';
  return agreedAt !== undefined && agreedAt <= now ? 'passed' : met;
}

/** With fewer answers than this, counts of them could be laid at somebody's door. */
const fewestAnswers = 5;

/** How many of those who answered found it useful: two thirds or more, a third or less, or between. */
export type Usefulness = 'most' | 'about-half' | 'few';

/**
 * How many found it useful, where enough have said so. Roughly: exact counts, read before and after somebody answered, would
 * tell what they said, and so would ‘all’ and ‘none’.
 */
export function usefulnessOf(outcomes: readonly (Outcome | null)[]): Usefulness | undefined {
  const useful = outcomes.filter((outcome) => outcome === 'useful').length;
  const all = useful + outcomes.filter((outcome) => outcome === 'not-useful').length;
  if (all < fewestAnswers) return undefined;
  if (3 * useful >= 2 * all) return 'most';
  return 3 * useful <= all ? 'few' : 'about-half';
}
