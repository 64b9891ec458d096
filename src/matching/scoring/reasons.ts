import type { Candidate, RoundInput, Wish } from './model.ts';
import { type PairScore, pairScore } from './score.ts';
import { minutesOfAll } from './shared-hours.ts';

/** One plain thing that speaks for a group. `score`: what it adds to the round, in points, the strongest first. */
export type Reason =
  | { readonly kind: 'wish'; readonly whose: string; readonly wish: Wish }
  | { readonly kind: 'themes'; readonly themes: readonly string[] }
  /** In this theme one is further than the other. */
  | { readonly kind: 'stages'; readonly theme: string; readonly more: string; readonly less: string }
  /** Of a week, in which all of them work. */
  | { readonly kind: 'hours'; readonly minutes: number }
  | { readonly kind: 'level' }
  | { readonly kind: 'place'; readonly is: 'same-region' | 'same-nation' | 'other-region' | 'other-nation' }
  | { readonly kind: 'cohort' }
  | { readonly kind: 'new-to-each-other' };

/** What somebody of a group asked for and does not have in it: it speaks for nothing, and is told to nobody else. */
export interface Unmet {
  readonly kind: 'unmet';
  readonly whose: string;
  readonly wish: Wish | null;
  /** They would rather have met in a group, and do not. */
  readonly group: boolean;
}

type Strength = { readonly reason: Reason; readonly points: number };

/**
 * What speaks for bringing these together, the strongest first, from the same terms as their score: nothing that did not
 * count is told. Empty for fewer than two, or where one is not in the round.
 */
export function reasonsFor(input: RoundInput, ids: readonly string[]): readonly Reason[] {
  const members = input.members.filter(({ id }) => ids.includes(id));
  if (members.length < 2 || members.length !== ids.length) return [];
  const past = input.past.filter(({ a, b }) => ids.includes(a) && ids.includes(b));
  const among: RoundInput = { ...input, members, past, apart: [], councilsApart: [], locked: [] };
  const of = pairScore(among);
  const pairs = members.flatMap((_, a) => members.slice(a + 1).map((_other, at) => of(a, a + 1 + at)));
  const mean = (term: (pair: PairScore) => number) => pairs.reduce((sum, pair) => sum + term(pair), 0) / pairs.length;
  const strengths: Strength[] = [
    ...wishReasons(among, 1 / pairs.length),
    ...themeReason(
      among,
      mean(({ terms }) => terms.themes),
    ),
    ...stageReason(among, of),
    ...hoursReason(
      among,
      mean(({ terms }) => terms.hours),
    ),
    ...(pairs.every(({ terms }) => terms.level > 0)
      ? [{ reason: { kind: 'level' } as const, points: mean(({ terms }) => terms.level) }]
      : []),
    ...placeReason(
      among,
      mean(({ terms }) => terms.place),
    ),
    ...(pairs.every(({ terms }) => terms.cohort > 0)
      ? [{ reason: { kind: 'cohort' } as const, points: mean(({ terms }) => terms.cohort) }]
      : []),
    ...(past.length === 0 ? [{ reason: { kind: 'new-to-each-other' } as const, points: 0 }] : []),
  ];
  return strengths.toSorted((one, other) => other.points - one.points).map(({ reason }) => reason);
}

function wishReasons({ members, weights }: RoundInput, share: number): readonly Strength[] {
  return members.flatMap(({ id, wish }) => {
    if (wish === null || weights.wishes === 0) return [];
    const isAnswered = members.some((other) => other.id !== id && isWhom(other, wish));
    return isAnswered ? [{ reason: { kind: 'wish', whose: id, wish }, points: 60 * weights.wishes * share }] : [];
  });
}

/** What these people asked for and do not get by being brought together, whatever wishes count. */
export function unmetIn(people: readonly Candidate[]): readonly Unmet[] {
  return people.flatMap(({ id, wish, wantsGroup }) => {
    const isMet = wish === null || people.some((other) => other.id !== id && isWhom(other, wish));
    const group = wantsGroup && people.length < 3;
    return isMet && !group ? [] : [{ kind: 'unmet', whose: id, wish: isMet ? null : wish, group }];
  });
}

function isWhom(other: Candidate, wish: Wish): boolean {
  switch (wish.kind) {
    case 'new-to-role':
      return other.isNewToRole;
    case 'experience':
      return other.experiences.includes(wish.experience);
    case 'theme':
      return other.themes.includes(wish.theme);
  }
}

function sharedThemes(members: readonly Candidate[]): readonly string[] {
  const [first, ...others] = members;
  return [...new Set(first?.themes)].filter((theme) => others.every(({ themes }) => themes.includes(theme)));
}

function themeReason({ members }: RoundInput, points: number): readonly Strength[] {
  const themes = sharedThemes(members);
  return themes.length > 0 && points > 0 ? [{ reason: { kind: 'themes', themes }, points }] : [];
}

/** The two of the group who are furthest apart in a theme that they share. */
function stageReason({ members }: RoundInput, of: (a: number, b: number) => PairScore): readonly Strength[] {
  let furthest = 0;
  let strongest: Strength | undefined;
  members.forEach((one, a) => {
    members.slice(a + 1).forEach((other, at) => {
      const points = of(a, a + 1 + at).terms.stages;
      for (const theme of points > 0 ? sharedThemes([one, other]) : []) {
        const distance = (one.stages[theme] ?? Number.NaN) - (other.stages[theme] ?? Number.NaN);
        if (!(Math.abs(distance) > furthest)) continue;
        furthest = Math.abs(distance);
        const [more, less] = distance > 0 ? [one.id, other.id] : [other.id, one.id];
        strongest = { reason: { kind: 'stages', theme, more, less }, points };
      }
    });
  });
  return strongest === undefined ? [] : [strongest];
}

function hoursReason({ members }: RoundInput, points: number): readonly Strength[] {
  const minutes = minutesOfAll(members.map(({ hours }) => hours));
  return minutes > 0 && points > 0 ? [{ reason: { kind: 'hours', minutes }, points }] : [];
}

function placeReason({ members, weights }: RoundInput, points: number): readonly Strength[] {
  if (points <= 0) return [];
  const is = weights.place > 0 ? near(members) : far(members);
  return is === undefined ? [] : [{ reason: { kind: 'place', is }, points }];
}

function near(members: readonly Candidate[]): 'same-region' | 'same-nation' | undefined {
  const one = (places: readonly string[]) => new Set(places).size === 1 && places[0] !== '';
  if (one(members.map(({ region }) => region))) return 'same-region';
  return one(members.map(({ nation }) => nation)) ? 'same-nation' : undefined;
}

function far(members: readonly Candidate[]): 'other-region' | 'other-nation' | undefined {
  const all = (places: readonly string[]) => new Set(places).size === places.length && !places.includes('');
  if (all(members.map(({ nation }) => nation))) return 'other-nation';
  return all(members.map(({ region }) => region)) ? 'other-region' : undefined;
}
