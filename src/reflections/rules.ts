import type { Problem } from '../errors.ts';
import type { Framework } from '../framework/model.ts';
import type { Level } from '../network/model.ts';
import { actionLength, answerLength } from './intents.ts';
import { problems } from './messages.ts';

/** What is wrong with an answer and its action ('' for none), or nothing. */
export function answerProblems(text: string, action: string): readonly Problem[] {
  const wrong = {
    text: text.trim() === '' ? problems.empty : text.length > answerLength ? problems.tooLong : '',
    action: action.length > actionLength ? problems.actionTooLong : '',
  };
  return Object.entries(wrong).flatMap(([field, problem]) => (problem === '' ? [] : [{ field, text: problem }]));
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
