import type { Message } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import type { Reader } from '../../store/database.ts';
import { hasMet, whetherYouMet } from '../following-up/messages.ts';
import { toldOf } from '../following-up/told.ts';
import { dateAhead, isOver } from '../matches/rules.ts';
import { findMatch, type StandingMatch } from '../matches/standing.ts';
import { earlierLabel, meetingAhead, type OpenEarlier } from './messages.ts';

/**
 * What is open from earlier rounds: a meeting that is still to come; or, of the round before the last one, whether they met
 * and how it was.
 */
export async function earlierMatches(db: Reader, memberId: string, now: Date): Promise<readonly StandingMatch[]> {
  const [newest, before] = await db.selectFrom('rounds').select('id').orderBy('number', 'desc').limit(2).execute();
  const rows = await db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select(['matches.id'])
    .where('match_members.member_id', '=', memberId)
    .where('match_members.state', '!=', 'dropped')
    .where('matches.ended_at', 'is', null)
    .where('matches.round_id', '!=', newest?.id ?? null)
    .where((or) =>
      or.or([
        or('matches.agreed_at', '>', now),
        or.and([or('match_members.outcome', 'is', null), or('matches.round_id', '=', before?.id ?? null)]),
      ]),
    )
    .orderBy('matches.made_at', 'desc')
    .orderBy('matches.id')
    .execute();
  const found: StandingMatch[] = [];
  for (const { id } of rows) {
    const match = await findMatch(db, id);
    if (match !== undefined) found.push(match);
  }
  return found;
}

/** The same, as it is shown. */
export async function openEarlier(db: Reader, member: Member, now: Date): Promise<readonly OpenEarlier[]> {
  const open: OpenEarlier[] = [];
  for (const match of await earlierMatches(db, member.id, now)) {
    const told = await toldOf(db, match, member.id);
    const at = dateAhead(match, now);
    const { matchId, others } = told;
    if (at !== undefined) {
      const card = meetingAhead({ ...told, at }, member.zone);
      open.push({ matchId, card, label: earlierLabel(others, 'meeting') });
    } else if (others.length > 0 || isOver(match, now)) {
      // Those who have left without meeting them are nobody to be asked about.
      const label = earlierLabel(others, told.state === 'met' ? 'met' : 'question');
      open.push({ matchId, card: questionFor(told), label });
    }
  }
  return open;
}

/** Whether they met, or how it was where they have said so. */
export function questionFor(told: Parameters<typeof hasMet>[0]): Message {
  return told.state === 'met' ? hasMet(told) : whetherYouMet(told);
}
