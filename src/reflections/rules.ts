import type { Problem } from '../errors.ts';
import type { Framework } from '../framework/model.ts';
import type { Level } from '../network/model.ts';
import { answerLength } from './intents.ts';
import { problems } from './messages.ts';

/** What is wrong with an answer, or nothing. */
export function answerProblems(text: string): readonly Problem[] {
  if (text.trim() === '') return [{ field: 'text', text: problems.empty }];
  if (text.length > answerLength) return [{ field: 'text', text: problems.tooLong }];
  return [];
}

/** The frameworks each level is asked about. Where the network has none of them: all that it has. */
const frameworksOf: Readonly<Record<Level, readonly string[]>> = {
  'chief executive': ['chief-executives'],
  director: ['chief-executives', 'collective-leadership'],
  manager: ['managerial-leadership', 'collective-leadership'],
};

export function frameworksFor(level: Level, frameworks: readonly Framework[]): readonly Framework[] {
  const own = frameworks.filter((framework) => frameworksOf[level].includes(framework.id));
  return own.length > 0 ? own : frameworks;
}
