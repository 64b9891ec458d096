import { membersOf } from '../matching/history.ts';
import type { Reader } from '../store/database.ts';
import type { Asked } from './asked.ts';
import type { Audience } from './sharing-messages.ts';

/** Who can read an answer now, beside its writer. */
export async function audienceOf(db: Reader, memberId: string, asked: Asked | undefined): Promise<Audience> {
  switch (asked?.sharedWith) {
    case undefined:
    case 'nobody':
      return { kind: 'nobody' };
    case 'match':
      return await matchAudience(db, memberId, asked.sharedMatchId);
    case 'cohort':
      return await cohortAudience(db, asked.sharedCohortId);
    case 'network':
      return { kind: 'network' };
  }
}

/** The others of a match who are in the network. */
export async function matchAudience(
  db: Reader,
  memberId: string,
  matchId: string | null,
): Promise<Extract<Audience, { kind: 'match' }>> {
  const people = matchId === null ? [] : await membersOf(db, matchId);
  if (!people.some(({ id }) => id === memberId)) return { kind: 'match', names: [] };
  const others = people.filter(({ id, status }) => id !== memberId && status === 'active');
  return { kind: 'match', names: others.map(({ name }) => name) };
}

export async function cohortAudience(
  db: Reader,
  cohortId: string | null,
): Promise<Extract<Audience, { kind: 'cohort' }>> {
  const row = cohortId === null ? undefined : db.selectFrom('cohorts').select('name').where('id', '=', cohortId);
  return { kind: 'cohort', name: (await row?.executeTakeFirst())?.name ?? '' };
}
