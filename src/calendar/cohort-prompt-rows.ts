import type { Reader } from '../store/database.ts';

/** One question that a convener set for a cohort between two modules. */
export interface CohortPrompt {
  readonly id: string;
  readonly cohortId: string;
  readonly cohort: string;
  /** `YYYY-MM-DD`; `week` is the Monday of its week. */
  readonly day: string;
  readonly week: string;
  readonly wording: string;
}

export function cohortPromptRows(db: Reader) {
  return db
    .selectFrom('cohort_prompts')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_prompts.cohort_id')
    .select([
      'cohort_prompts.id',
      'cohort_prompts.cohort_id as cohortId',
      'cohorts.name as cohort',
      'cohort_prompts.on_day as day',
      'cohort_prompts.week',
      'cohort_prompts.wording',
    ]);
}

/** What a cohort is asked in that week, if it is asked anything of its own. */
export async function cohortPromptIn(
  db: Reader,
  cohortId: string | null,
  week: string,
): Promise<CohortPrompt | undefined> {
  if (cohortId === null) return undefined;
  return await cohortPromptRows(db)
    .where('cohort_prompts.cohort_id', '=', cohortId)
    .where('cohort_prompts.week', '=', week)
    .executeTakeFirst();
}
