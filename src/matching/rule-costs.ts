import { countOthers } from './group-rules.ts';
import type { RoundInput, Weights } from './scoring/model.ts';
import { type Quality, qualityOf } from './scoring/quality.ts';
import type { RoundSolution } from './solving/model.ts';
import { type Weighed, weighed } from './weights-rules.ts';

/** A rule of a round that can be taken away to see what it costs. */
export type Rule = Weighed | 'place' | 'cool-down' | 'councils-apart' | 'fixed';

const rules: readonly Rule[] = [...weighed, 'place', 'cool-down', 'councils-apart', 'fixed'];

/** Those that decide anything in this round. */
export function rulesInUse(input: RoundInput): readonly Rule[] {
  return rules.filter((rule) => isInUse(input, rule));
}

function isInUse({ weights, past, councilsApart, locked, members }: RoundInput, rule: Rule): boolean {
  switch (rule) {
    case 'cool-down':
      return past.some(({ roundsAgo }) => roundsAgo <= weights.coolDownRounds);
    case 'councils-apart':
      return councilsApart.length > 0;
    case 'fixed':
      return locked.length > 0;
    case 'repeats':
      return weights.repeats > 0 && past.length > 0;
    case 'wishes':
      return weights.wishes > 0 && members.some(({ wish }) => wish !== null);
    default:
      return weights[rule] !== 0;
  }
}

/** The same round without this rule. */
export function withoutRule(input: RoundInput, rule: Rule): RoundInput {
  const weigh = (changed: Partial<Weights>) => ({ ...input, weights: { ...input.weights, ...changed } });
  switch (rule) {
    case 'cool-down':
      return weigh({ coolDownRounds: 0 });
    case 'councils-apart':
      return { ...input, councilsApart: [] };
    case 'fixed':
      return { ...input, locked: [] };
    default:
      return weigh({ [rule]: 0 });
  }
}

/** What a rule does to a round. */
export interface RuleCost {
  readonly rule: Rule;
  readonly groups: number;
  /** How many groups would be others without it. */
  readonly moved: number;
  /** How many people more would meet somebody without it; below 0 where it is fewer. */
  readonly morePeople: number;
  /** By which share all else would fit better without it: 0.03 is 3 in 100. */
  readonly betterFit: number;
  readonly withIt: Quality;
  readonly withoutIt: Quality;
}

/** Holds a round against the one that was made without the rule: both are judged by all the other rules. */
export function costOf(rule: Rule, input: RoundInput, solution: RoundSolution, without: RoundSolution): RuleCost {
  const [now, then] = [groupsOf(solution), groupsOf(without)];
  const judge = withoutRule(input, rule);
  const [fitNow, fitThen] = [fitOf(judge, now), fitOf(judge, then)];
  return {
    rule,
    groups: now.length,
    moved: countOthers(now, then),
    morePeople: then.flat().length - now.flat().length,
    betterFit: Math.max(0, (fitThen - fitNow) / Math.max(1, Math.abs(fitNow))),
    withIt: qualityOf(input, now),
    withoutIt: qualityOf(input, then),
  };
}

function groupsOf({ groups }: RoundSolution): readonly (readonly string[])[] {
  return groups.map(({ members }) => members);
}

/** What a member’s match is worth to them, on average over those who have one. */
function fitOf(input: RoundInput, groups: readonly (readonly string[])[]): number {
  return qualityOf(input, groups).meanScore;
}
