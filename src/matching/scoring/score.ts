import { tieBreak } from '../solver/tie-break.ts';
import { type Features, featuresOf } from './features.ts';
import { type PairHistory, pairHistory } from './history.ts';
import type { RoundInput, Weights } from './model.ts';
import {
  cohortPoints,
  fitPoints,
  hourPoints,
  levelPoints,
  owedPoints,
  placePoints,
  stagePoints,
  type Terms,
  themePoints,
  tieBits,
  wishPoints,
} from './terms.ts';

/** A round’s scores, ready to be asked for any two members by their places in `input.members`. */
export interface Scores {
  readonly input: RoundInput;
  readonly features: Features;
  readonly history: PairHistory;
  /** Members of one council, kept apart, or matched too lately may not be matched, whatever they score. */
  readonly mayMeet: (a: number, b: number) => boolean;
  /** Whole points, the same either way round. */
  readonly points: (a: number, b: number) => number;
}

export interface PairScore {
  readonly mayMeet: boolean;
  readonly points: number;
  /** What makes the points: they add up to them. */
  readonly terms: Terms;
}

const tieMask = (1 << tieBits) - 1;

export function scoresOf(input: RoundInput): Scores {
  const { members, weights } = input;
  const features = featuresOf(input);
  const history = pairHistory(input);
  const { tieKeys } = features;
  const council = members.map((member) => member.council);
  return {
    input,
    features,
    history,
    mayMeet: (a, b) => a !== b && council[a] !== council[b] && !history.isApart(a, b) && !history.hasMetLately(a, b),
    points: (a, b) =>
      fitPoints(features, weights, a, b) - history.cost(a, b) + tieBreak(tieKeys[a] ?? 0, tieKeys[b] ?? 0, tieMask),
  };
}

/** The score of any two members, by their places in `input.members`, and what makes it. */
export function pairScore(input: RoundInput): (a: number, b: number) => PairScore {
  const scores = scoresOf(input);
  return (a, b) => ({
    mayMeet: scores.mayMeet(a, b),
    points: scores.points(a, b),
    terms: termsOf(scores, input.weights, a, b),
  });
}

function termsOf({ features, history }: Scores, weights: Weights, a: number, b: number): Terms {
  const plain = {
    themes: themePoints(features, weights, a, b),
    stages: stagePoints(features, weights, a, b),
    hours: hourPoints(features, weights, a, b),
    level: levelPoints(features, weights, a, b),
    place: placePoints(features, weights, a, b),
    cohort: cohortPoints(features, weights, a, b),
    wishes: wishPoints(features, weights, a, b),
  };
  const sum = Object.values(plain).reduce((total, points) => total + points, 0);
  return {
    ...plain,
    owed: owedPoints(features, sum, a, b),
    repeats: -history.cost(a, b),
    tieBreak: tieBreak(features.tieKeys[a] ?? 0, features.tieKeys[b] ?? 0, tieMask),
  };
}
