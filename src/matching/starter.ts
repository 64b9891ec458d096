import { createHash } from 'node:crypto';
import { recentThemes } from '../afterwards/recent-theme.ts';
import { openingQuestions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Framework } from '../framework/model.ts';

/** What people who meet for the first time can begin with. */
export interface Starter {
  /** '' for none. */
  readonly question: string;
}

/**
 * The same for all of a match. The question is about a theme on which all of them came to a conversation lately, where
 * there is one. That is not said: who was there is for each of them to tell.
 */
export async function readStarter(core: Core, matchId: string, memberIds: readonly string[]): Promise<Starter> {
  const theme = await sharedTheme(core, memberIds);
  const about = theme === undefined ? [] : openingQuestions(core.frameworks, theme);
  const any = core.frameworks.flatMap((framework) => framework.themes.flatMap((one) => one.openingQuestions));
  return { question: drawn(about.length === 0 ? any : about, matchId) };
}

/**
 * The theme that all of them came to a conversation on lately, not always the same one; the latest of several. Those
 * under the Chatham House Rule are left out: nothing may follow from who was there.
 */
async function sharedTheme({ db, clock, frameworks }: Core, memberIds: readonly string[]): Promise<string | undefined> {
  const all = await Promise.all(memberIds.map((id) => recentThemes(db, id, clock.now())));
  const [first = [], ...others] = all.map((recent) =>
    recent.filter(({ chathamHouse }) => !chathamHouse).map(({ theme }) => theme),
  );
  return first.find((theme) => isThere(frameworks, theme) && others.every((themes) => themes.includes(theme)));
}

/** A framework may have been changed since. */
function isThere(frameworks: readonly Framework[], theme: string): boolean {
  return frameworks.some(({ id, themes }) => themes.some((one) => `${id}/${one.id}` === theme));
}

/** Different from match to match; '' of none. */
function drawn(questions: readonly string[], matchId: string): string {
  if (questions.length === 0) return '';
  const draw = createHash('sha256').update(matchId).digest().readUInt32BE();
  return questions[draw % questions.length] ?? '';
}
