import { readAudience } from '../conversations/seats.ts';
import type { Reader, Transaction } from '../store/database.ts';
import type { Proposal, ProposalState } from './model.ts';

export async function findProposal(db: Reader, id: string): Promise<Proposal | undefined> {
  const row = await proposalRows(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : readProposal(row);
}

/** Holds it until the transaction ends: after members, and before conversations. */
export async function lockProposal(tx: Transaction, id: string): Promise<Proposal | undefined> {
  const row = await proposalRows(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : readProposal(row);
}

/** What a host has under way, the latest change first. */
export async function openProposalsOf(db: Reader, hostId: string): Promise<readonly Proposal[]> {
  const rows = proposalRows(db).where('host_id', '=', hostId).where('state', 'in', open);
  return (await rows.orderBy('changed_at', 'desc').orderBy('id').execute()).map(readProposal);
}

/** What waits for a convener, the longest first. */
export async function awaitingProposals(db: Reader): Promise<readonly Proposal[]> {
  const rows = proposalRows(db).where('state', '=', 'awaiting').orderBy('changed_at').orderBy('id');
  return (await rows.execute()).map(readProposal);
}

const open: readonly ProposalState[] = ['draft', 'polling', 'awaiting'];

function proposalRows(db: Reader) {
  return db
    .selectFrom('proposals')
    .select([
      'id',
      'host_id as hostId',
      'state',
      'theme',
      'title',
      'about',
      'for_level as forLevel',
      'for_cohort_id as forCohortId',
      'chatham_house as chathamHouse',
      'topic_id as topicId',
      'follows_id as followsId',
      'zone',
      'minutes',
      'capacity',
      'per_council as perCouncil',
      'link',
      'place',
      'starts_at as startsAt',
      'refusal',
      'revision',
    ]);
}

type ProposalRow = Awaited<ReturnType<ReturnType<typeof proposalRows>['executeTakeFirstOrThrow']>>;

function readProposal({ forLevel, forCohortId, ...row }: ProposalRow): Proposal {
  return { ...row, audience: readAudience(forLevel, forCohortId) };
}
