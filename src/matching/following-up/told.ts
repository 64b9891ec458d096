import type { Reader } from '../../store/database.ts';
import { roundAhead } from '../asking/round-ahead.ts';
import { dateAhead, isComplete, isOver, staying } from '../matches/rules.ts';
import { namesOf, type StandingMatch } from '../matches/standing.ts';
import type * as say from './messages.ts';

/** A match as this one of its people is told of it: of those who are in it still, or, once it has ended, who were. */
export async function toldOf(db: Reader, match: StandingMatch, memberId: string, now: Date): Promise<say.Told> {
  const people = match.endedAt === null ? staying(match) : match.people;
  const others = people.map(({ id }) => id).filter((id) => id !== memberId);
  const own = match.people.find(({ id }) => id === memberId);
  return {
    matchId: match.id,
    others: await namesOf(db, others),
    state: own?.state ?? 'open',
    meetsLater: dateAhead(match, now) !== undefined,
    isOver: isOver(match, now),
    isComplete: own !== undefined && isComplete(match, own, now),
    isAgreed: match.agreedAt !== undefined,
  };
}

/** A match that is gone, with somebody who was erased. */
export function goneOf(matchId: string): say.Told {
  const nothing = { meetsLater: false, isOver: false, isComplete: false, isAgreed: false };
  return { matchId, others: [], state: 'open', ...nothing };
}

/** What is said of a match of which they are told again. */
export async function aheadOf(db: Reader, found: string | undefined): Promise<say.Ahead> {
  return found === undefined ? { kind: 'waiting', round: (await roundAhead(db))?.at } : { kind: 'matched' };
}
