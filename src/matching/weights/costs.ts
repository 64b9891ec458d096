import { countOthers } from '../figures/group-rules.ts';
import type { RoundInput, Weights } from '../scoring/model.ts';
import { meanScoreBy, type Quality, qualityBy } from '../scoring/quality.ts';
import { scoresOf } from '../scoring/score.ts';
import type { RoundSolution } from '../solving/model.ts';
import { type Weighed, weighed } from './rules.ts';

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
  /** How many of the groups there would not be without it. */
  readonly moved: number;
  /** How many people more would meet somebody without it; below 0 where it is fewer. */
  readonly morePeople: number;
  /** By which share all other rules would fit better without it: 0.03 is 3 in 100; below 0 where they would fit less well. */
  readonly betterFit: number;
  readonly withIt: Quality;
  readonly withoutIt: Quality;
}

/** Holds a round against what is made without a rule: both are judged by all the other rules. */
export function costsAgainst(
  input: RoundInput,
  solution: RoundSolution,
): (rule: Rule, without: RoundSolution) => RuleCost {
  const scores = scoresOf(input);
  const now = groupsOf(solution);
  const withIt = qualityBy(scores, now);
  return (rule, without) => {
    const then = groupsOf(without);
    const judge = scoresOf(withoutRule(input, rule));
    const [fitNow, fitThen] = [meanScoreBy(judge, now), meanScoreBy(judge, then)];
    return {
      rule,
      groups: now.length,
      moved: countOthers(then, now),
      morePeople: then.flat().length - now.flat().length,
      betterFit: (fitThen - fitNow) / Math.max(1, Math.abs(fitNow)),
      withIt,
      withoutIt: qualityBy(scores, then),
    };
  };
}

function groupsOf({ groups }: RoundSolution): readonly (readonly string[])[] {
  return groups.map(({ members }) => members);
}
