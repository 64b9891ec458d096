import { anyStage, type Framework } from '../framework/model.ts';
import type { Asked } from './asked.ts';
import { betweenModules } from './model.ts';

/** How a journal can be read. */
export type JournalOrder = 'week' | 'theme' | 'stage';

/** What a member was asked, with its place in the journal. */
export interface Shelved {
  readonly asked: Asked;
  readonly theme: Part;
  readonly stage: Part;
}

/** A theme or a stage: its key tells it from every other, and parts come by rank. */
export interface Part {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
}

/** A theme or a stage that has a part of the journal. */
export interface JournalPart {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

/** Entries that stand together; all of them in one group, without a name, by week. */
export interface Group<Entry> {
  readonly key: string;
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** After everything that a framework has. */
const last = 1_000_000;
/** What a framework had once comes after what it has now. */
const gone = 900;

/** Finds the place of each; a theme or stage that its framework no longer has is known by its id. */
export function shelve(frameworks: readonly Framework[], asked: readonly Asked[]): readonly Shelved[] {
  return asked.map((one) => ({ asked: one, theme: themeOf(frameworks, one), stage: stageOf(frameworks, one) }));
}

function themeOf(frameworks: readonly Framework[], { sent }: Asked): Part {
  if (sent.framework === betweenModules) return { key: betweenModules, name: 'Between modules', rank: last };
  const at = frameworks.findIndex(({ id }) => id === sent.framework);
  const themes = frameworks[at]?.themes ?? [];
  const place = themes.findIndex(({ id }) => id === sent.theme);
  const rank = (at < 0 ? gone : at) * 1000 + (place < 0 ? gone : place);
  return { key: `${sent.framework}/${sent.theme}`, name: themes[place]?.name ?? sent.theme, rank };
}

function stageOf(frameworks: readonly Framework[], { sent }: Asked): Part {
  if (sent.framework === betweenModules) return { key: betweenModules, name: 'Between modules', rank: last };
  if (sent.stage === anyStage) return { key: anyStage, name: 'Themes without stages', rank: last - 1 };
  const stages = frameworks.find(({ id }) => id === sent.framework)?.stages ?? [];
  const place = stages.findIndex(({ id }) => id === sent.stage);
  return { key: sent.stage, name: stages[place]?.name ?? sent.stage, rank: place < 0 ? gone : place };
}

/** Entries in one order, and in each group as they were given. */
export function grouped<Entry extends Shelved>(entries: readonly Entry[], by: JournalOrder): readonly Group<Entry>[] {
  if (by === 'week') return entries.length === 0 ? [] : [{ key: '', name: '', entries }];
  const parts = new Map(entries.map((entry) => [entry[by].key, entry[by]]));
  return [...parts.values()]
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ key, name }) => ({ key, name, entries: entries.filter((entry) => entry[by].key === key) }));
}
