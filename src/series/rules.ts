import { subjectProblems } from '../conversations/rules.ts';
import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { tidy } from '../messages/answers.ts';
import { noTheme, problems } from './messages.ts';
import type { Topic } from './model.ts';

type TopicAnswers = Extract<Intent, { kind: 'series.suggest-topic' }>;

/**
 * Reads a suggested topic: it may be what a conversation may be, and needs no theme.
 *
 * @param themes the ids of those on offer
 */
export function readTopic(answers: TopicAnswers, themes: readonly string[]): Omit<Topic, 'id'> | readonly Problem[] {
  const theme = answers.theme === noTheme ? '' : answers.theme;
  const topic = { theme, title: tidy(answers.title), about: tidy(answers.about) };
  const isKnown = theme === '' || themes.includes(theme);
  const found = [...subjectProblems(topic), ...(isKnown ? [] : [{ field: 'theme', text: problems.theme }])];
  return found.length > 0 ? found : topic;
}
