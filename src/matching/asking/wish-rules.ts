import type { IntentOf } from '../../asker.ts';
import type { Problem } from '../../errors.ts';
import { check } from '../../messages/answers.ts';
import type { Wish } from '../scoring/model.ts';

/** What the first question can be answered with. */
export const wishKinds = ['anybody', 'new-to-role', 'experience', 'theme'] as const;
export type WishKind = (typeof wishKinds)[number];

/** What one member asked for in the next round. */
export interface Wishes {
  readonly wish: Wish | null;
  /** They would rather be in a group of three or four. */
  readonly wantsGroup: boolean;
}

export const noWishes: Wishes = { wish: null, wantsGroup: false };

/** What a form offers to choose from, by value. */
export interface OfferedWishes {
  readonly themes: readonly string[];
  readonly experiences: readonly string[];
}

export const problems = {
  wish: 'Choose who you would like to meet.',
  otherWish:
    'You chose something below that belongs to another answer. Choose that answer, or leave the lists below empty.',
  theme: 'Choose a theme from the list.',
  experience: 'Choose what they have been through.',
  group: 'Say yes or no.',
} as const;

/**
 * Reads the answers: all of them good, or a problem for each that is not. What belongs to another choice must be as it
 * stood in the form: else they meant that, and would lose it.
 *
 * @param before what they asked for so far
 */
export function readWishes(
  answers: Extract<IntentOf<'matching'>, { kind: 'matching.wishes' }>,
  offered: OfferedWishes,
  before: Wish | null,
): Wishes | readonly Problem[] {
  const { theme, experience, group } = answers;
  const kind = wishKinds.find((one) => one === (answers.wish === '' ? 'anybody' : answers.wish));
  const found = [
    ...check('wish', kind !== undefined, problems.wish),
    ...check('wish', kind === undefined || !isForAnother(kind, answers, before), problems.otherWish),
    ...check('theme', kind !== 'theme' || offered.themes.includes(theme), problems.theme),
    ...check('experience', kind !== 'experience' || offered.experiences.includes(experience), problems.experience),
    ...check('group', group === 'yes' || group === 'no', problems.group),
  ];
  if (found.length > 0 || kind === undefined) return found;
  return { wish: wishOf(kind, theme, experience), wantsGroup: group === 'yes' };
}

/** Whether something new was chosen in a question that belongs to another answer. */
function isForAnother(
  kind: WishKind,
  said: { readonly theme: string; readonly experience: string },
  before: Wish | null,
): boolean {
  const stood = {
    theme: before?.kind === 'theme' ? before.theme : '',
    experience: before?.kind === 'experience' ? before.experience : '',
  };
  const fields = ['theme', 'experience'] as const;
  return fields.some((field) => field !== kind && said[field] !== '' && said[field] !== stood[field]);
}

function wishOf(kind: WishKind, theme: string, experience: string): Wish | null {
  switch (kind) {
    case 'anybody':
      return null;
    case 'new-to-role':
      return { kind };
    case 'experience':
      return { kind, experience };
    case 'theme':
      return { kind, theme };
  }
}
