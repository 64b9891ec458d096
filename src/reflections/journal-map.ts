import type { Framework } from '../framework/model.ts';
import type { MapRow } from './journal-map-messages.ts';
import { grouped, type Shelved } from './journal-shelf.ts';

/** How often each stage of each theme was asked about: of every theme of the frameworks that anything was asked from. */
export function mapOf(frameworks: readonly Framework[], shelved: readonly Shelved[]): readonly MapRow[] {
  const known = frameworks
    .filter(({ id }) => shelved.some(({ asked }) => asked.sent.framework === id))
    .flatMap((framework) => framework.themes.map((theme) => rowOf(framework, theme, shelved)));
  const others = grouped(shelved, 'theme')
    .filter(({ key }) => !known.some((row) => row.key === key))
    .map(({ key, name, entries }) => ({ key, theme: name, cells: [count('', entries)] }));
  return [...known, ...others];
}

function rowOf(framework: Framework, theme: Framework['themes'][number], shelved: readonly Shelved[]): MapRow {
  const key = `${framework.id}/${theme.id}`;
  const here = shelved.filter((one) => one.theme.key === key);
  const stages = framework.stages.map(({ id, name }) =>
    count(
      name,
      here.filter((one) => one.stage.key === id),
    ),
  );
  return { key, theme: theme.name, cells: stages.length === 0 ? [count('', here)] : stages };
}

function count(stage: string, shelved: readonly Shelved[]) {
  return { stage, asked: shelved.length, answered: shelved.filter(({ asked }) => asked.writtenAt !== null).length };
}
