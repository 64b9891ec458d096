import type { Core } from '../core.ts';
import type { Reader } from '../store/database.ts';
import type { SharedWith } from '../store/reflection-tables.ts';
import type { NamedPrompt } from './model.ts';
import { named, promptRows } from './prompts.ts';
import { openPart } from './sealing.ts';

/** A prompt as it was sent, and all that its member wrote about it: '', null and 'nobody' while they have not. */
export interface Asked {
  readonly sent: NamedPrompt;
  readonly sentAt: Date;
  readonly skippedAt: Date | null;
  readonly answer: string;
  readonly writtenAt: Date | null;
  /** One thing to try. */
  readonly action: string;
  readonly actionAt: Date | null;
  /** When they are asked how it went, or were. */
  readonly askAt: Date | null;
  readonly followUp: string;
  readonly followUpAt: Date | null;
  readonly sharedWith: SharedWith;
  readonly sharedAt: Date | null;
  readonly sharedMatchId: string | null;
  readonly sharedCohortId: string | null;
}

function askedRows(db: Reader, memberId: string) {
  return promptRows(db)
    .leftJoin('reflections', 'reflections.prompt_id', 'prompts.id')
    .select([
      'prompts.sent_at as sentAt',
      'prompts.skipped_at as skippedAt',
      'reflections.answer',
      'reflections.written_at as writtenAt',
      'reflections.action',
      'reflections.action_at as actionAt',
      'reflections.ask_at as askAt',
      'reflections.follow_up as followUp',
      'reflections.follow_up_at as followUpAt',
      'reflections.shared_with as sharedWith',
      'reflections.shared_at as sharedAt',
      'reflections.shared_match_id as sharedMatchId',
      'reflections.shared_cohort_id as sharedCohortId',
    ])
    .where('prompts.member_id', '=', memberId);
}

type Row = Awaited<ReturnType<ReturnType<typeof askedRows>['executeTakeFirstOrThrow']>>;

function opened(core: Core, row: Row): Asked {
  const { answer, action, followUp, sentAt, skippedAt, writtenAt, actionAt, askAt, followUpAt, ...rest } = row;
  const { sharedWith, sharedAt, sharedMatchId, sharedCohortId, ...sent } = rest;
  return {
    sent: named(core.frameworks, sent),
    sentAt,
    skippedAt,
    answer: openPart(core, 'reflection', sent, answer),
    writtenAt,
    action: openPart(core, 'reflection-action', sent, action),
    actionAt,
    askAt,
    followUp: openPart(core, 'reflection-follow-up', sent, followUp),
    followUpAt,
    sharedWith: sharedWith ?? 'nobody',
    sharedAt,
    sharedMatchId,
    sharedCohortId,
  };
}

/** Everything asked of a member, the oldest first, with what they wrote opened: for their own eyes. */
export async function everythingAsked(core: Core, memberId: string): Promise<readonly Asked[]> {
  const rows = await askedRows(core.db, memberId).orderBy('prompts.week').execute();
  return rows.map((row) => opened(core, row));
}

/** One of those; another member's id finds nothing. */
export async function findAsked(core: Core, db: Reader, memberId: string, id: string): Promise<Asked | undefined> {
  const row = await askedRows(db, memberId).where('prompts.id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : opened(core, row);
}
