import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { latestMatch, membersOf } from './history.ts';

/** What we hold about one member's matches. */
export interface HeldMatches {
  readonly matches: readonly HeldMatch[];
  /** When there was nobody for them. */
  readonly leftOut: readonly Date[];
}

export interface HeldMatch {
  readonly at: Date;
  /** Name, role and council of each other person whom the member was introduced to; none of somebody erased since. */
  readonly people: readonly string[];
  readonly isErased: boolean;
}

export async function heldMatches(core: Core, memberId: string): Promise<HeldMatches> {
  const held = [...(await matches(core, memberId)), ...(await erasedSince(core, memberId))];
  return {
    matches: held.toSorted((one, other) => one.at.getTime() - other.at.getTime()),
    leftOut: await leftOut(core, memberId),
  };
}

async function matches(core: Core, memberId: string): Promise<readonly HeldMatch[]> {
  const rows = await core.db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select(['matches.id', 'rounds.published_at as at'])
    .where('match_members.member_id', '=', memberId)
    .orderBy('rounds.number')
    .execute();
  const latest = await latestMatch(core.db, memberId);
  const held: HeldMatch[] = [];
  for (const { id, at } of rows) {
    const others = (await membersOf(core.db, id)).filter((other) => other.id !== memberId);
    const told = await wasIntroduced(core, memberId, id);
    // The latest match stands on the member's home, introduced or not, while the other is in the network.
    const shown = others.filter((other) => told || (id === latest && other.status === 'active'));
    held.push({ at, people: shown.map(described), isErased: false });
  }
  return held;
}

/** Of these only a keyed token stays, which says nothing to anybody. */
async function erasedSince({ db }: Core, memberId: string): Promise<readonly HeldMatch[]> {
  const rows = await db.selectFrom('past_matches').select('matched_at').where('member_id', '=', memberId).execute();
  return rows.map(({ matched_at: at }) => ({ at, people: [], isErased: true }));
}

function described({ name, role, council }: Member): string {
  return `${name}, ${role}, ${council}`;
}

async function wasIntroduced({ db }: Core, memberId: string, matchId: string): Promise<boolean> {
  const row = await db
    .selectFrom('deliveries')
    .select('id')
    .where('subject', '=', matchId)
    .where('status', '=', 'sent')
    .where((or) => or.or([or('kind', '=', 'matching.group-introduction'), or('member_id', '=', memberId)]))
    .executeTakeFirst();
  return row !== undefined;
}

async function leftOut({ db }: Core, memberId: string): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('left_out')
    .innerJoin('rounds', 'rounds.id', 'left_out.round_id')
    .select('rounds.published_at')
    .where('left_out.member_id', '=', memberId)
    .orderBy('rounds.number')
    .execute();
  return rows.map((row) => row.published_at);
}
