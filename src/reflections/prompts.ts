import type { Framework } from '../framework/model.ts';
import { findPrompt } from '../framework/rules.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { betweenModules, type NamedPrompt, type SentPrompt } from './model.ts';

/** A prompt with what became of it. */
export interface PromptState extends SentPrompt {
  readonly sentAt: Date;
  /** How often it was exchanged for another. */
  readonly swaps: number;
  readonly isSkipped: boolean;
  readonly isAnswered: boolean;
  /** It was set for a cohort, between two modules. */
  readonly isOfCohort: boolean;
}

/** Prompts as they were sent; whoever asks adds whose, and what else. */
export function promptRows(db: Reader) {
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

export async function latestPrompt(db: Reader, memberId: string): Promise<SentPrompt | undefined> {
  return await promptRows(db).where('member_id', '=', memberId).orderBy('week', 'desc').limit(1).executeTakeFirst();
}

function states(db: Reader, memberId: string) {
  return promptRows(db)
    .leftJoin('reflections', 'reflections.prompt_id', 'prompts.id')
    .select([
      'prompts.sent_at as sentAt',
      'prompts.swaps',
      'prompts.skipped_at as skippedAt',
      'prompts.cohort_prompt_id as cohortPromptId',
      'reflections.written_at as writtenAt',
    ])
    .where('prompts.member_id', '=', memberId)
    .orderBy('prompts.week', 'desc');
}

type StateRow = Awaited<ReturnType<ReturnType<typeof states>['execute']>>[number];

function stateOf({ skippedAt, cohortPromptId, writtenAt, ...sent }: StateRow): PromptState {
  return {
    ...sent,
    isAnswered: writtenAt !== null,
    isSkipped: writtenAt === null && skippedAt !== null,
    isOfCohort: cohortPromptId !== null || sent.framework === betweenModules,
  };
}

/** What became of everything sent to this member, the newest first. */
export async function promptStates(db: Reader, memberId: string): Promise<readonly PromptState[]> {
  return (await states(db, memberId).execute()).map(stateOf);
}

/** One of them, and whether it is their latest. */
export async function findPromptState(
  db: Reader,
  memberId: string,
  id: string,
): Promise<{ readonly state: PromptState; readonly isLatest: boolean } | undefined> {
  const row = await states(db, memberId).where('prompts.id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  return { state: stateOf(row), isLatest: (await latestPrompt(db, memberId))?.id === id };
}

/**
 * Holds what is on the agenda for a prompt until the transaction ends. To be called before its member is held, as
 * whatever falls due does: in the other order the two would wait for each other.
 */
export async function holdAgendaOfPrompt(tx: Transaction, id: string): Promise<void> {
  const due = tx.selectFrom('agenda').select('id').where('subject', '=', id).where('done_at', 'is', null);
  await due.orderBy('id').forUpdate().execute();
}

/** Holds a prompt until the transaction ends; an answer that is being saved is waited for. */
export async function holdPrompt(tx: Transaction, memberId: string, id: string): Promise<void> {
  const row = tx.selectFrom('prompts').select('id').where('id', '=', id).where('member_id', '=', memberId);
  await row.forUpdate().executeTakeFirst();
}

/** What was put in front of a member, swapped for another, and so not answered: the oldest first. */
export async function swappedPrompts(db: Reader, memberId: string) {
  return await db
    .selectFrom('swapped_prompts')
    .innerJoin('prompts', 'prompts.id', 'swapped_prompts.prompt_id')
    .select([
      'prompts.id',
      'swapped_prompts.framework',
      'swapped_prompts.theme',
      'swapped_prompts.stage',
      'swapped_prompts.prompt',
    ])
    .where('prompts.member_id', '=', memberId)
    .orderBy('prompts.week')
    .orderBy('swapped_prompts.swapped_at')
    .execute();
}

/** Gives a prompt its theme and stage in words; a prompt whose framework has changed since keeps its ids. */
export function named(frameworks: readonly Framework[], sent: SentPrompt): NamedPrompt {
  if (sent.framework === betweenModules) return { ...sent, topic: 'A question for your cohort' };
  const found = findPrompt(frameworks, sent.prompt);
  const theme = found?.themeName ?? sent.theme;
  const stage = found?.stageName ?? '';
  return { ...sent, topic: stage === '' ? theme : `${theme}: ${stage.toLowerCase()}` };
}
