import type { Framework } from '../framework/model.ts';
import { findPrompt } from '../framework/rules.ts';
import type { Reader } from '../store/database.ts';
import type { NamedPrompt } from './messages.ts';
import type { SentPrompt } from './model.ts';

function promptRows(db: Reader) {
  return db
    .selectFrom('prompts')
    .select([
      'prompts.id',
      'prompts.member_id as memberId',
      'prompts.week',
      'prompts.framework',
      'prompts.framework_version as frameworkVersion',
      'prompts.theme',
      'prompts.stage',
      'prompts.prompt',
      'prompts.wording',
      'prompts.why',
    ]);
}

/** A prompt sent to this member; another member's id finds nothing. */
export async function findSentPrompt(db: Reader, memberId: string, id: string): Promise<SentPrompt | undefined> {
  return await promptRows(db).where('id', '=', id).where('member_id', '=', memberId).executeTakeFirst();
}

export async function latestPrompt(db: Reader, memberId: string): Promise<SentPrompt | undefined> {
  return await promptRows(db).where('member_id', '=', memberId).orderBy('week', 'desc').limit(1).executeTakeFirst();
}

/** Everything asked of this member so far, the oldest first, with what was written (sealed), if anything. */
export async function promptHistory(db: Reader, memberId: string) {
  return await promptRows(db)
    .leftJoin('reflections', 'reflections.prompt_id', 'prompts.id')
    .select(['prompts.sent_at as sentAt', 'reflections.answer', 'reflections.written_at as writtenAt'])
    .where('prompts.member_id', '=', memberId)
    .orderBy('prompts.week')
    .execute();
}

/** Gives a prompt its theme and stage in words; a prompt whose framework has changed since keeps its ids. */
export function named(frameworks: readonly Framework[], sent: SentPrompt): NamedPrompt {
  const found = findPrompt(frameworks, sent.prompt);
  const theme = found?.themeName ?? sent.theme;
  const stage = found?.stageName ?? '';
  return { ...sent, topic: stage === '' ? theme : `${theme}: ${stage.toLowerCase()}` };
}
