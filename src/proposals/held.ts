import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Level } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import type { Proposal } from './model.ts';

/** What we hold of the conversations that one member proposes, and of when they could come to others'. */
export interface HeldProposals {
  readonly proposals: readonly HeldProposal[];
  readonly timeAnswers: readonly HeldTimeAnswer[];
}

export interface HeldProposal
  extends Pick<
    Proposal,
    | 'title'
    | 'about'
    | 'state'
    | 'chathamHouse'
    | 'minutes'
    | 'capacity'
    | 'perCouncil'
    | 'link'
    | 'place'
    | 'startsAt'
    | 'refusal'
  > {
  /** In words. */
  readonly theme: string;
  readonly level: Level | null;
  /** The name of the cohort it is for; null for none. */
  readonly cohort: string | null;
  /** The times that people are asked about. */
  readonly times: readonly Date[];
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** To a host who asked when people could come. */
export interface HeldTimeAnswer {
  readonly title: string;
  readonly answeredAt: Date;
  /** The times they ticked. */
  readonly times: readonly Date[];
}

export async function heldProposals(core: Core, memberId: string): Promise<HeldProposals> {
  return { proposals: await proposals(core, memberId), timeAnswers: await timeAnswers(core.db, memberId) };
}

async function proposals({ db, frameworks }: Core, memberId: string): Promise<readonly HeldProposal[]> {
  const rows = await db
    .selectFrom('proposals')
    .leftJoin('cohorts', 'cohorts.id', 'proposals.for_cohort_id')
    .select(['proposals.id', 'title', 'about', 'theme', 'state', 'for_level as level', 'cohorts.name as cohort'])
    .select(['chatham_house as chathamHouse', 'minutes', 'capacity', 'per_council as perCouncil', 'link', 'place'])
    .select(['starts_at as startsAt', 'refusal', 'proposals.created_at as createdAt', 'changed_at as changedAt'])
    .where('host_id', '=', memberId)
    .orderBy('proposals.created_at')
    .orderBy('proposals.id')
    .execute();
  const times = await db
    .selectFrom('proposal_times')
    .innerJoin('proposals', 'proposals.id', 'proposal_times.proposal_id')
    .select(['proposal_times.proposal_id as proposalId', 'proposal_times.starts_at as at'])
    .where('proposals.host_id', '=', memberId)
    .orderBy('proposal_times.starts_at')
    .execute();
  return rows.map(({ id, ...row }) => ({
    ...row,
    theme: themeName(frameworks, row.theme),
    times: times.flatMap(({ proposalId, at }) => (proposalId === id ? [at] : [])),
  }));
}

async function timeAnswers(db: Reader, memberId: string): Promise<readonly HeldTimeAnswer[]> {
  const rows = await db
    .selectFrom('time_answers')
    .innerJoin('proposals', 'proposals.id', 'time_answers.proposal_id')
    .select(['proposals.id', 'proposals.title', 'time_answers.answered_at as answeredAt'])
    .where('time_answers.member_id', '=', memberId)
    .orderBy('time_answers.answered_at')
    .execute();
  const ticks = await db
    .selectFrom('time_ticks')
    .innerJoin('proposal_times', 'proposal_times.id', 'time_ticks.time_id')
    .select(['proposal_times.proposal_id as proposalId', 'proposal_times.starts_at as at'])
    .where('time_ticks.member_id', '=', memberId)
    .orderBy('proposal_times.starts_at')
    .execute();
  return rows.map(({ id, ...row }) => ({
    ...row,
    times: ticks.flatMap(({ proposalId, at }) => (proposalId === id ? [at] : [])),
  }));
}
