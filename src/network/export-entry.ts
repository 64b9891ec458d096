import type { Platform } from '../account.ts';
import { datedWords } from '../time/words.ts';

type Pair = readonly [label: string, value: string];

/** One thing we hold, in words: how a page shows it, and how a file names it. */
export interface Entry {
  readonly heading: string;
  readonly pairs: readonly Pair[];
  /** What the member wrote: private text, each under its label. */
  readonly written: readonly Pair[];
}

export interface Section {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** A moment on the member's own clock. */
export type When = (moment: Date) => string;

export function whenIn(zone: string): When {
  return (moment) => datedWords(moment, zone);
}

/** A fact or a text without a value says nothing; adapters may refuse it. */
export function entry(heading: string, pairs: readonly Pair[], written: readonly Pair[] = []): Entry {
  const said = ([, value]: Pair) => value !== '';
  return { heading, pairs: pairs.filter(said), written: written.filter(said) };
}

/** '' for what never was. */
export function at(moment: Date | null, when: When): string {
  return moment === null ? '' : when(moment);
}

export const platformWords: Readonly<Record<Platform, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  web: 'Web page',
  email: 'Email',
};
