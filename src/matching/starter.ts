import { createHash } from 'node:crypto';
import type { Framework } from '../framework/model.ts';

/** A question to start a first conversation with: the same for both, different from match to match. '' for none. */
export function starterFor(frameworks: readonly Framework[], matchId: string): string {
  const questions = frameworks.flatMap((framework) => framework.themes.flatMap((theme) => theme.openingQuestions));
  if (questions.length === 0) return '';
  const draw = createHash('sha256').update(matchId).digest().readUInt32BE();
  return questions[draw % questions.length] ?? '';
}
