import { createHash } from 'node:crypto';
import { anyStage, type Framework, stageKeys, type Theme } from '../../framework/model.ts';
import type { Candidate } from '../scoring/model.ts';

/** One theme of a framework at one of its stages. */
interface Cell {
  readonly framework: Framework;
  readonly theme: Theme;
  readonly stage: string;
}

/** Stages count from 0 to this, however many a framework has. */
const lastStage = 2;

/**
 * The cell that the starter of a match is from: a theme that all of them share, at the stage of whoever is least far with
 * it, because the others have been there. Of several themes, one by lot, the same each time for one match.
 *
 * @returns `<framework>/<theme>/<stage>`; '' where they share none
 */
export function starterCell(
  frameworks: readonly Framework[],
  people: readonly Pick<Candidate, 'themes' | 'stages'>[],
  matchId: string,
): string {
  const shared = frameworks.flatMap((framework) =>
    framework.themes
      .map((theme) => ({ framework, theme, key: `${framework.id}/${theme.id}` }))
      .filter(({ key }) => people.every(({ themes }) => themes.includes(key))),
  );
  const drawn = draw(shared, matchId);
  if (drawn === undefined) return '';
  const { framework, key } = drawn;
  // Of whom nothing is known may be at the beginning.
  const least = Math.min(...people.map(({ stages }) => stages[key] ?? 0));
  const keys = stageKeys(framework);
  return `${key}/${keys[Math.round((least * (keys.length - 1)) / lastStage)] ?? anyStage}`;
}

/** What a cell gives to begin with: what its theme has for groups; else the questions of the cell. Empty where it is gone. */
export function questionsOf(frameworks: readonly Framework[], cell: string): readonly string[] {
  const found = findCell(frameworks, cell);
  if (found === undefined) return [];
  const { openingQuestions, prompts } = found.theme;
  return openingQuestions.length > 0 ? openingQuestions : (prompts[found.stage] ?? []).map(({ text }) => text);
}

function findCell(frameworks: readonly Framework[], cell: string): Cell | undefined {
  const [frameworkId, themeId, stage = ''] = cell.split('/');
  const framework = frameworks.find(({ id }) => id === frameworkId);
  const theme = framework?.themes.find(({ id }) => id === themeId);
  return framework === undefined || theme === undefined ? undefined : { framework, theme, stage };
}

/** By lot: different from match to match, and the same each time for one; `undefined` of none. */
export function draw<Item>(items: readonly Item[], matchId: string): Item | undefined {
  if (items.length === 0) return undefined;
  return items[createHash('sha256').update(matchId).digest().readUInt32BE() % items.length];
}
