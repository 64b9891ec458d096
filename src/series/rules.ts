import { subjectProblems } from '../conversations/rules.ts';
import type { Problem } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Topic } from './model.ts';

type TopicAnswers = Extract<Intent, { kind: 'series.suggest-topic' }>;

/** Reads a suggested topic: it may be what a conversation may be. */
export function readTopic(answers: TopicAnswers): Omit<Topic, 'id'> | readonly Problem[] {
  const topic = { theme: answers.theme, title: answers.title.trim(), about: answers.about.trim() };
  const found = subjectProblems(topic);
  return found.length > 0 ? found : topic;
}
