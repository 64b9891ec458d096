import type { Candidate, Stage, Wish } from '../../src/matching/scoring/model.ts';
import type { Level } from '../../src/network/model.ts';
import { councilWeights, type Dice, diceOf, draw, pick } from './dice.ts';

/*
 * Invented members as the network knows them: what whole rounds are measured on. Everything is drawn from the seed.
 */

const themes = ['adult-care', 'climate', 'commercial', 'finance', 'governance', 'housing', 'people'].map(
  (theme) => `leading/${theme}`,
);
const themePopularity = [26, 20, 16, 13, 11, 8, 6];
const levels: readonly (readonly [Level, number])[] = [
  ['manager', 40],
  ['director', 40],
  ['chief executive', 20],
];
const places: readonly (readonly [{ readonly nation: string; readonly region: string }, number])[] = [
  [{ nation: 'England', region: 'North' }, 26],
  [{ nation: 'England', region: 'Midlands' }, 20],
  [{ nation: 'England', region: 'South' }, 32],
  [{ nation: 'Scotland', region: 'Central Belt' }, 7],
  [{ nation: 'Scotland', region: 'Highlands' }, 3],
  [{ nation: 'Wales', region: 'South Wales' }, 6],
  [{ nation: 'Wales', region: 'North Wales' }, 3],
  [{ nation: 'Northern Ireland', region: 'Northern Ireland' }, 3],
];
const experiences = ['merged two councils', 'ran an election', 'closed a service', 'set up a company'];
const stages: readonly (readonly [Stage, number])[] = [
  [0, 45],
  [1, 35],
  [2, 20],
];

/** Days from Monday, and hours in UTC: more varied than in most networks, so that it is hard to find shared hours. */
const days: readonly (readonly [readonly number[], number])[] = [
  [[0, 1, 2, 3, 4], 70],
  [[0, 1, 2], 12],
  [[2, 3, 4], 10],
  [[1, 2, 3], 8],
];
const hours: readonly (readonly [readonly [from: number, until: number], number])[] = [
  [[9, 17], 55],
  [[7, 14], 15],
  [[10, 15], 12],
  [[12, 20], 10],
  [[16, 22], 8],
];

interface Council {
  readonly id: string;
  readonly nation: string;
  readonly region: string;
  /** The theme that its people lean to. */
  readonly lean: number;
}

/** So many members of about a twelfth as many councils, of which the largest has a seventh to two fifths of them. */
export function peopleOf(size: number, seed: number): readonly Candidate[] {
  const dice = diceOf(seed * 104_729 + size);
  const weights = councilWeights(Math.max(2, Math.round(size / 12)), 0.9);
  const councils = weights.map((share, at): readonly [Council, number] => [
    { id: `c${at + 1}`, ...pick(dice, places), lean: draw(dice, themePopularity) },
    share,
  ]);
  return Array.from({ length: size }, (_, at) => candidateOf(dice, `m${at + 1}`, pick(dice, councils)));
}

function candidateOf(dice: Dice, id: string, { id: council, nation, region, lean }: Council): Candidate {
  const popularity = themePopularity.map((weight, theme) => (theme === lean ? 3 * weight + 20 : weight));
  const wanted = 1 + draw(dice, [20, 35, 30, 15]);
  const chosen = [...new Set(Array.from({ length: wanted }, () => themes[draw(dice, popularity)] ?? ''))].toSorted();
  const known = chosen.filter(() => dice(100) < 70);
  const [from, until] = pick(dice, hours);
  return {
    id,
    council,
    level: pick(dice, levels),
    cohort: dice(100) < 60 ? `cohort ${1 + dice(4)}` : '',
    nation,
    region,
    themes: chosen,
    stages: Object.fromEntries(known.map((theme) => [theme, pick(dice, stages)])),
    experiences: experiences.filter(() => dice(100) < 20),
    isNewToRole: dice(100) < 15,
    hours: pick(dice, days).map((day): readonly [number, number] => [(day * 24 + from) * 60, (day * 24 + until) * 60]),
    wish: wishOf(dice),
    wantsGroup: false,
    leftOut: 0,
    owed: 0,
  };
}

function wishOf(dice: Dice): Wish | null {
  const drawn = draw(dice, [85, 5, 5, 5]);
  if (drawn === 1) return { kind: 'new-to-role' };
  if (drawn === 2) return { kind: 'experience', experience: experiences[dice(experiences.length)] ?? '' };
  if (drawn === 3) return { kind: 'theme', theme: themes[dice(themes.length)] ?? '' };
  return null;
}
