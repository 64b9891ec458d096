import type { Core } from '../core.ts';
import type { Member } from '../network/model.ts';
import { type HeldAsked, heldAsked } from './asking/held.ts';
import { earlierMatches } from './current/earlier.ts';
import { everybodyOf } from './history.ts';
import { standingMatchOf } from './matches/standing.ts';
import type { MatchState, Outcome } from './model.ts';

/** What we hold about one member's matches. */
export interface HeldMatches {
  readonly matches: readonly HeldMatch[];
  /** When there was nobody for them. */
  readonly leftOut: readonly Date[];
  readonly asked: HeldAsked;
}

export interface HeldMatch {
  readonly at: Date;
  /** Name, role and council of each other person whom the member was introduced to; none of somebody erased since. */
  readonly people: readonly string[];
  readonly isErased: boolean;
  readonly own: OwnPart;
}

/** What they said of it themselves. */
interface OwnPart {
  readonly state: MatchState;
  readonly outcome: Outcome | null;
  readonly answeredAt: Date | null;
  /** The time they suggest, the one they say yes to, and the one that all who are still in it agreed on. */
  readonly suggestedAt: Date | null;
  readonly saysYesTo: Date | null;
  readonly agreedAt: Date | null;
  readonly endedAt: Date | null;
}

const nothingSaid: OwnPart = {
  state: 'open',
  outcome: null,
  answeredAt: null,
  suggestedAt: null,
  saysYesTo: null,
  agreedAt: null,
  endedAt: null,
};

export async function heldMatches(core: Core, memberId: string): Promise<HeldMatches> {
  const held = [...(await matches(core, memberId)), ...(await erasedSince(core, memberId))];
  return {
    matches: held.toSorted((one, other) => one.at.getTime() - other.at.getTime()),
    leftOut: await leftOut(core, memberId),
    asked: await heldAsked(core, memberId),
  };
}

async function matches(core: Core, memberId: string): Promise<readonly HeldMatch[]> {
  const rows = await core.db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select(['matches.id', 'matches.made_at as at', 'matches.suggested_by as suggestedBy'])
    .select(['state', 'outcome', 'answered_at as answeredAt', 'suggested_at as suggestedAt', 'says_yes as saysYes'])
    .select(['ended_at as endedAt', 'agreed_at as agreedAt'])
    .where('match_members.member_id', '=', memberId)
    .orderBy('matches.made_at')
    .execute();
  const earlier = await earlierMatches(core.db, memberId, core.clock.now());
  const onHome = new Set([await standingMatchOf(core.db, memberId), ...earlier.map((match) => match.id)]);
  const held: HeldMatch[] = [];
  for (const { id, at, suggestedBy, saysYes, suggestedAt, ...said } of rows) {
    const others = (await everybodyOf(core.db, id)).filter(({ member }) => member.id !== memberId);
    const told = await wasIntroduced(core, memberId, id);
    // What stands on the member's home they are shown, introduced or not, while the others are in it and in the network.
    const shown = others.filter(
      ({ member, isInIt }) => told || (onHome.has(id) && isInIt && member.status === 'active'),
    );
    const own = {
      ...said,
      suggestedAt: suggestedBy === memberId ? suggestedAt : null,
      saysYesTo: saysYes ? suggestedAt : null,
      agreedAt: said.state === 'dropped' ? null : said.agreedAt,
    };
    held.push({ at, people: shown.map(({ member }) => described(member)), isErased: false, own });
  }
  return held;
}

/** Of these only a keyed token stays, which says nothing to anybody. */
async function erasedSince({ db }: Core, memberId: string): Promise<readonly HeldMatch[]> {
  const rows = await db.selectFrom('past_matches').select('matched_at').where('member_id', '=', memberId).execute();
  return rows.map(({ matched_at: at }) => ({ at, people: [], isErased: true, own: nothingSaid }));
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
