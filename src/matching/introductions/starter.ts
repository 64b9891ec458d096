import { recentThemes } from '../../afterwards/recent-theme.ts';
import { openingQuestions } from '../../conversations/themes.ts';
import type { Core } from '../../core.ts';
import type { Framework } from '../../framework/model.ts';
import { draw, questionsOf } from './starter-rules.ts';

/** What people who meet for the first time can begin with. */
export interface Starter {
  /** '' for none. */
  readonly question: string;
}

/**
 * The same for all of a match: from the cell that was kept for it when it was made; else about a theme on which all of
 * them came to a conversation lately, where there is one. That is not said: who was there is for each of them to tell.
 */
export async function readStarter(core: Core, matchId: string, memberIds: readonly string[]): Promise<Starter> {
  const kept = questionsOf(core.frameworks, await keptCell(core, matchId));
  if (kept.length > 0) return { question: draw(kept, matchId) ?? '' };
  const theme = await sharedTheme(core, memberIds);
  const about = theme === undefined ? [] : openingQuestions(core.frameworks, theme);
  const any = core.frameworks.flatMap((framework) => framework.themes.flatMap((one) => one.openingQuestions));
  return { question: draw(about.length === 0 ? any : about, matchId) ?? '' };
}

async function keptCell({ db }: Core, matchId: string): Promise<string> {
  const row = await db.selectFrom('matches').select('starter').where('id', '=', matchId).executeTakeFirst();
  return row?.starter ?? '';
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
