import { anyStage, type Framework, stageKeys } from './model.ts';
import { sameWords } from './question.ts';
import type { FrameworkFile, FrameworkProblem, Place } from './read-file.ts';

/** Something that may stand only once in all the files: an id, or the words of a question. */
interface Mark {
  readonly value: string;
  readonly place: Place;
  readonly twice: (first: string) => string;
}

interface Fault {
  readonly place: Place;
  readonly reason: string;
}

/** What cannot be seen in one value alone: prompts under a wrong stage, ids out of place, and ids or questions used twice. */
export function crossFileProblems(files: readonly FrameworkFile[]): readonly FrameworkProblem[] {
  const problems: FrameworkProblem[] = [];
  const seen = new Map<string, string>();
  for (const { path, framework, lineOf } of files) {
    if (framework === undefined) continue;
    for (const { place, reason } of placeFaults(framework)) problems.push({ path, line: lineOf(place), reason });
    for (const { value, place, twice } of marks(framework)) {
      const line = lineOf(place);
      const first = seen.get(value);
      if (first === undefined) seen.set(value, `${path}:${line}`);
      else problems.push({ path, line, reason: twice(first) });
    }
  }
  return problems;
}

function placeFaults(framework: Framework): readonly Fault[] {
  const keys = stageKeys(framework);
  const reserved = framework.stages.flatMap(({ id }, index) =>
    id === anyStage
      ? [{ place: ['stages', index, 'id'], reason: `A stage cannot have the id “${anyStage}”. Choose another.` }]
      : [],
  );
  const misplaced = framework.themes.flatMap(({ id, prompts }, index) => {
    const place = ['themes', index, 'prompts'];
    const absent = keys.filter((key) => prompts[key] === undefined);
    const unknown = Object.keys(prompts).filter((key) => !keys.includes(key));
    return [
      ...absent.map((key) => ({ place, reason: `Theme “${id}” has no prompts under “${key}”.` })),
      ...unknown.map((key) => ({
        place: [...place, key],
        reason: `“${key}” is not a stage of this framework. Use ${quoted(keys)}.`,
      })),
      ...idFaults(framework, id, prompts).map(({ place: rest, reason }) => ({ place: [...place, ...rest], reason })),
    ];
  });
  return [...reserved, ...misplaced];
}

/** An id that starts with its theme and stage tells a reader of the store, or of a problem, where to look. */
function idFaults(
  framework: Framework,
  theme: string,
  prompts: Framework['themes'][number]['prompts'],
): readonly Fault[] {
  return stageKeys(framework).flatMap((key) => {
    const start = key === anyStage ? `${theme}.` : `${theme}.${key}.`;
    return (prompts[key] ?? []).flatMap(({ id }, index) =>
      id.startsWith(start)
        ? []
        : [{ place: [key, index, 'id'], reason: `The id of a prompt here starts with “${start}”.` }],
    );
  });
}

function marks(framework: Framework): readonly Mark[] {
  const ids = framework.stages.map(({ id }, index) =>
    mark(`stage ${framework.id} ${id}`, ['stages', index, 'id'], `The stage id “${id}” is used already`),
  );
  return [
    mark(`framework ${framework.id}`, ['id'], `The framework id “${framework.id}” is used already`),
    ...ids,
    ...framework.themes.flatMap((theme, index) => themeMarks(theme, ['themes', index])),
  ];
}

function themeMarks(theme: Framework['themes'][number], at: Place): readonly Mark[] {
  const prompts = Object.entries(theme.prompts).flatMap(([key, cell]) =>
    cell.flatMap(({ id, text }, index) => {
      const place = [...at, 'prompts', key, index];
      return [
        mark(`prompt ${id}`, [...place, 'id'], `The id “${id}” is used already`),
        questionMark(text, [...place, 'text']),
      ];
    }),
  );
  const openings = theme.openingQuestions.map((text, index) => questionMark(text, [...at, 'openingQuestions', index]));
  return [
    mark(`theme ${theme.id}`, [...at, 'id'], `The theme id “${theme.id}” is used already`),
    ...prompts,
    ...openings,
  ];
}

function questionMark(text: string, place: Place): Mark {
  return mark(`question ${sameWords(text)}`, place, 'This question is asked already');
}

function mark(value: string, place: Place, reason: string): Mark {
  return { value, place, twice: (first) => `${reason}, at ${first}.` };
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => `“${key}”`).join(', ');
}
