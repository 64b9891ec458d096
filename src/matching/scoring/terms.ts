import {
  countEither,
  countShared,
  type Features,
  hasItem,
  meet,
  wishExperience,
  wishNewToRole,
  wishTheme,
} from './features.ts';
import type { Weights } from './model.ts';

/** What each thing adds to the score of one pair, in points; `repeats` is what it costs to bring them together again. */
export interface Terms {
  readonly themes: number;
  readonly stages: number;
  readonly hours: number;
  readonly level: number;
  readonly place: number;
  readonly cohort: number;
  readonly wishes: number;
  /** More for a pair with somebody who came off badly lately. */
  readonly owed: number;
  readonly repeats: number;
  /** 0 to 31, drawn anew each round, so that equals are not always served in one order. */
  readonly tieBreak: number;
}

/** The most that a tie-break adds is 2^tieBits − 1. */
export const tieBits = 5;

const minutesThatSuffice = 1200;

/** A share of the themes of both that both have. */
export function themePoints(f: Features, weights: Weights, a: number, b: number): number {
  const either = countEither(f.themes, a, b);
  if (either === 0) return 0;
  return Math.floor((80 * weights.themes * countShared(f.themes, a, f.themes, b)) / either);
}

/** Somebody who sharpens their judgement with somebody who acquires knowledge, in the theme where they differ most. */
export function stagePoints(f: Features, weights: Weights, a: number, b: number): number {
  const distance = stageDistance(f, a, b);
  return weights.stages * (distance === 2 ? 40 : distance === 1 ? 22 : 6);
}

/** How many stages two members are apart at most in a theme of both: 0 where that is not known. */
function stageDistance({ stages: [acquiring, gaining, sharpening] }: Features, a: number, b: number): 0 | 1 | 2 {
  if (meet(acquiring, a, sharpening, b) || meet(sharpening, a, acquiring, b)) return 2;
  const isOneApart =
    meet(acquiring, a, gaining, b) ||
    meet(gaining, a, acquiring, b) ||
    meet(gaining, a, sharpening, b) ||
    meet(sharpening, a, gaining, b);
  return isOneApart ? 1 : 0;
}

/** Minutes of a week in which both work; `undefined` where the hours of one are not known. */
export function sharedMinutesOf({ hours }: Features, a: number, b: number): number | undefined {
  const one = hours.of[a] ?? -1;
  const other = hours.of[b] ?? -1;
  return one < 0 || other < 0 ? undefined : (hours.shared[one * hours.count + other] ?? 0);
}

export function hourPoints(f: Features, weights: Weights, a: number, b: number): number {
  const minutes = sharedMinutesOf(f, a, b);
  if (minutes === undefined) return 0;
  if (minutes === 0) return -100 * weights.hours;
  return Math.floor((Math.min(minutes, minutesThatSuffice) * 60 * weights.hours) / minutesThatSuffice);
}

export function levelPoints(f: Features, weights: Weights, a: number, b: number): number {
  return f.level[a] === f.level[b] ? 20 * weights.level : 0;
}

/** Near or far, as the network wants; what is not known is neither. */
export function placePoints(f: Features, { place }: Weights, a: number, b: number): number {
  const nations = nearness(f.nation, a, b);
  const regions = nearness(f.region, a, b);
  if (place >= 0) return regions === 'same' ? 30 * place : nations === 'same' ? 10 * place : 0;
  return nations === 'other' ? -40 * place : regions === 'other' ? -30 * place : 0;
}

function nearness(place: Int32Array, a: number, b: number): 'same' | 'other' | 'unknown' {
  if (place[a] === 0 || place[b] === 0) return 'unknown';
  return place[a] === place[b] ? 'same' : 'other';
}

export function cohortPoints(f: Features, weights: Weights, a: number, b: number): number {
  return nearness(f.cohort, a, b) === 'other' ? 12 * weights.cohort : 0;
}

export function wishPoints(f: Features, weights: Weights, a: number, b: number): number {
  return 60 * weights.wishes * ((answers(f, a, b) ? 1 : 0) + (answers(f, b, a) ? 1 : 0));
}

/** Whether the other is whom this member asked for. */
export function answers(f: Features, member: number, other: number): boolean {
  const item = f.wished[member] ?? 0;
  switch (f.wish[member]) {
    case wishNewToRole:
      return f.isNewToRole[other] === 1;
    case wishExperience:
      return hasItem(f.experiences, other, item);
    case wishTheme:
      return hasItem(f.themes, other, item);
    default:
      return false;
  }
}

/** What a pair’s profiles make, without repeats and tie-break: whole points, the same either way round. */
export function fitPoints(f: Features, weights: Weights, a: number, b: number): number {
  const sum =
    themePoints(f, weights, a, b) +
    stagePoints(f, weights, a, b) +
    hourPoints(f, weights, a, b) +
    levelPoints(f, weights, a, b) +
    placePoints(f, weights, a, b) +
    cohortPoints(f, weights, a, b) +
    wishPoints(f, weights, a, b);
  return sum + owedPoints(f, sum, a, b);
}

/** A good match counts a sixteenth more for each time that one of them came off badly. */
export function owedPoints(f: Features, sum: number, a: number, b: number): number {
  return sum > 0 ? Math.floor((sum * ((f.owed[a] ?? 0) + (f.owed[b] ?? 0))) / 16) : 0;
}
