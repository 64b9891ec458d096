import type { OwnRound } from '../matching/asking/round-ahead.ts';
import type { Purpose } from '../store/people-tables.ts';
import type { Choices } from './choices.ts';
import type { Member, Pause } from './model.ts';

/** What a member said yes or no to, and when; `undefined` where they were not asked. */
export type Said = Readonly<Record<Purpose, { readonly given: boolean; readonly at: Date } | undefined>>;

/** What the settings of one member are made of. */
export interface ShownSettings {
  readonly member: Member;
  readonly choices: Choices;
  /** HH:mm on their own clock. */
  readonly worksFrom: string;
  readonly worksUntil: string;
  readonly said: Said;
  /** Names of themes. */
  readonly interests: readonly string[];
  /** What others can ask them about. */
  readonly experiences: readonly string[];
  /** Those that hold now. */
  readonly pauses: readonly Pause[];
  readonly nextRound: OwnRound;
  /** Where we write to them now: in words, '' for nowhere. */
  readonly writtenTo: string;
  /** Of the workspace that a convener asks from; `undefined` where it is not theirs to choose. */
  readonly announcements: 'chosen' | 'not-chosen' | undefined;
}
