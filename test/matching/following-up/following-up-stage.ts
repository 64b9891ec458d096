import { randomUUID } from 'node:crypto';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';

/** The round before the next one, as it was published: by its number. */
export async function addRound(core: Core, number: number, publishedAt: Date): Promise<string> {
  const id = randomUUID();
  await core.db.insertInto('rounds').values({ id, number, published_at: publishedAt }).execute();
  return id;
}

/** A match of these people that has just been made. */
export async function addMatch(core: Core, roundId: string, people: readonly Member[]): Promise<string> {
  const id = randomUUID();
  await core.db
    .insertInto('matches')
    .values({ id, round_id: roundId, made_at: core.clock.now(), reasons: '[]' })
    .execute();
  await core.db
    .insertInto('match_members')
    .values(people.map((member) => ({ match_id: id, member_id: member.id })))
    .execute();
  return id;
}
