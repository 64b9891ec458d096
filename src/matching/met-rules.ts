import type { MatchState, Outcome } from './model.ts';

/** What became of a match, as its people told us. */
export type Met = 'met' | 'not-met' | 'dated' | 'unknown';

/** What one of them says outweighs what the other leaves open; that they met outweighs that they did not. */
export function metOf(people: readonly { readonly state: MatchState; readonly outcome: Outcome | null }[]): Met {
  const says = people.map(({ state, outcome }): Met => {
    if (outcome === 'useful' || outcome === 'not-useful') return 'met';
    if (outcome !== null) return 'not-met';
    return state === 'met' || state === 'dated' ? state : 'unknown';
  });
  const order: readonly Met[] = ['met', 'not-met', 'dated'];
  return order.find((one) => says.includes(one)) ?? 'unknown';
}

/** With fewer answers than this, counts of them could be laid at somebody's door. */
const fewestAnswers = 5;

export interface AnswerCounts {
  readonly useful: number;
  readonly notUseful: number;
}

/** How many found it useful, where enough have said so. */
export function answerCounts(outcomes: readonly (Outcome | null)[]): AnswerCounts | undefined {
  const useful = outcomes.filter((outcome) => outcome === 'useful').length;
  const notUseful = outcomes.filter((outcome) => outcome === 'not-useful').length;
  return useful + notUseful < fewestAnswers ? undefined : { useful, notUseful };
}
