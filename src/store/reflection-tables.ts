import type { Generated } from 'kysely';

/*
 * What members were asked and wrote, and what became of it.
 */

export interface PromptTable {
  id: string;
  member_id: string;
  week: string;
  framework: string;
  framework_version: number;
  theme: string;
  stage: string;
  prompt: string;
  wording: string;
  why: string;
  sent_at: Date;
  cohort_prompt_id: string | null;
  skipped_at: Date | null;
  swaps: Generated<number>;
  reminded_at: Date | null;
}

export interface SwappedPromptTable {
  prompt_id: string;
  framework: string;
  theme: string;
  stage: string;
  prompt: string;
  swapped_at: Date;
}

export type SharedWith = 'nobody' | 'match' | 'cohort' | 'network';

/** `answer`, `action` and `follow_up` are sealed. */
export interface ReflectionTable {
  prompt_id: string;
  member_id: string;
  answer: Buffer;
  written_at: Date;
  action: Buffer | null;
  action_at: Date | null;
  ask_at: Date | null;
  follow_up: Buffer | null;
  follow_up_at: Date | null;
  shared_with: Generated<SharedWith>;
  shared_at: Date | null;
  shared_match_id: string | null;
  shared_cohort_id: string | null;
}

export interface BreakTable {
  id: string;
  sort: 'break' | 'pre-election';
  name: string;
  /** `YYYY-MM-DD`, as is `last_day`, which belongs to it. */
  first_day: string;
  last_day: string;
  nation: Generated<string>;
  cohort_id: string | null;
}

export interface CohortPromptTable {
  id: string;
  cohort_id: string;
  on_day: string;
  week: string;
  wording: string;
  set_at: Date;
}

export interface DigestTable {
  month: string;
  published_at: Date;
}

export interface DigestThemeTable {
  month: string;
  framework: string;
  theme: string;
  people: number;
  councils: number;
}

export interface DigestReflectionTable {
  month: string;
  framework: string;
  theme: string;
  prompt_id: string;
}
