import type { Framework, Theme } from './model.ts';
import { type AskedPrompt, first, scatter } from './ranking.ts';

/** A theme that a member said they care about. */
export interface Interest {
  readonly framework: string;
  readonly theme: string;
}

/** A theme that is next in turn. */
export interface Turn {
  readonly framework: Framework;
  readonly theme: Theme;
  /** The member said that they care about it, and not about all the themes alike. */
  readonly isInterest: boolean;
  /** They came to a conversation on it since they were last asked anything. */
  readonly isRecent: boolean;
}

/** How many times faster a theme of interest waits than another, and one of a conversation they came to lately. */
const lean = 2;

/**
 * The theme that has waited longest since it was last asked about, where a theme of interest waits twice as fast. So the
 * others take turns evenly, those of interest are asked about twice as often, and none is left out: with n themes of
 * which k are of interest, each comes within n + k prompts or so. Only the last time counts, and not how often: a theme
 * that is added later is asked about at once, and not week after week until it has caught up.
 *
 * The theme of a conversation that the member came to lately waits as one of interest does, that once; of two that have
 * waited alike it comes first. So it never comes twice in a row for it, and the others come as soon as they did.
 */
export function chooseTheme({ frameworks, asked, interests, recent, seed }: ChoiceOfTheme): Turn {
  const named = frameworks.flatMap((framework) =>
    framework.themes.map((theme) => ({
      framework,
      theme,
      isInterest: isNamed(interests, framework, theme),
      isRecent: recent !== undefined && isNamed([recent], framework, theme),
    })),
  );
  const isAll = named.every(({ isInterest }) => isInterest);
  const turns = named.map((turn) => ({ ...turn, isInterest: turn.isInterest && !isAll }));
  const waits = waitsOf(turns, asked);
  const next = first(
    turns.map((turn, index) => ({ turn, wait: waits[index] ?? 0 })),
    ({ turn, wait }) => [
      wait === 0 ? 1 : 0,
      -wait * (turn.isInterest || turn.isRecent ? lean : 1),
      turn.isRecent ? 0 : 1,
      turn.isInterest ? 0 : 1,
      wait === Number.POSITIVE_INFINITY ? scatter(seed, turn.theme.id) : 0,
    ],
  );
  return next.turn;
}

interface ChoiceOfTheme {
  readonly frameworks: readonly Framework[];
  readonly asked: readonly AskedPrompt[];
  readonly interests: readonly Interest[];
  readonly recent?: Interest;
  readonly seed: string;
}

/**
 * For each theme, how many prompts about others came since it was last asked about: 0 for last time's, infinite for one
 * never asked about. Prompts about themes that are not here are not counted.
 */
function waitsOf(turns: readonly Turn[], asked: readonly AskedPrompt[]): readonly number[] {
  const waits = turns.map(() => Number.POSITIVE_INFINITY);
  let unseen = turns.length;
  let later = 0;
  // From the newest: each theme came up not long ago, so the whole history is seldom read.
  for (let at = asked.length - 1; at >= 0 && unseen > 0; at -= 1) {
    const one = asked[at];
    const index = turns.findIndex(({ framework, theme }) => one?.theme === theme.id && one.framework === framework.id);
    if (index === -1) continue;
    if (waits[index] === Number.POSITIVE_INFINITY) {
      waits[index] = later;
      unseen -= 1;
    }
    later += 1;
  }
  return waits;
}

function isNamed(interests: readonly Interest[], framework: Framework, theme: Theme): boolean {
  return interests.some((one) => one.framework === framework.id && one.theme === theme.id);
}
