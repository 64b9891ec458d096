import type { Message } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import type { Reader } from '../../store/database.ts';
import { hasMet, whetherYouMet } from '../following-up/messages.ts';
import { toldOf } from '../following-up/told.ts';
import { dateAhead, isOver, timeAsked } from '../matches/rules.ts';
import { findMatch, type StandingMatch } from '../matches/standing.ts';
import type { ChangeAsked } from '../times/card-messages.ts';
import { findMeeting, othersIn } from '../times/meetings.ts';
import { outsideOf } from '../times/outside.ts';
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
    .where((or) => or.or([or('matches.agreed_at', '>', now), or('matches.round_id', '=', before?.id ?? null)]))
    .orderBy('matches.made_at', 'desc')
    .orderBy('matches.id')
    .execute();
  const found: StandingMatch[] = [];
  for (const { id } of rows) {
    const match = await findMatch(db, id);
    const own = match?.people.find((person) => person.id === memberId);
    if (match === undefined) continue;
    if (own?.outcome === null || dateAhead(match, now) !== undefined) found.push(match);
  }
  return found;
}

/** The same, as it is shown. */
export async function openEarlier(db: Reader, member: Member, now: Date): Promise<readonly OpenEarlier[]> {
  const open: OpenEarlier[] = [];
  for (const match of await earlierMatches(db, member.id, now)) {
    const told = await toldOf(db, match, member.id, now);
    const at = dateAhead(match, now);
    const { matchId, others } = told;
    if (at !== undefined) {
      const change = await changeAsked(db, member, matchId, now);
      const card = meetingAhead({ ...told, at, change }, member.zone);
      open.push({ matchId, card, label: earlierLabel(others, 'meeting') });
    } else if (others.length > 0 || isOver(match, now)) {
      // Those who have left without meeting them are nobody to be asked about.
      const label = earlierLabel(others, told.state === 'met' ? 'met' : 'question');
      open.push({ matchId, card: questionFor(told), label });
    }
  }
  return open;
}

/** Another time that was suggested in place of the one that they have, where it can still be agreed on. */
async function changeAsked(db: Reader, member: Member, matchId: string, now: Date): Promise<ChangeAsked | undefined> {
  const meeting = await findMeeting(db, matchId);
  const own = meeting?.people.find(({ id }) => id === member.id);
  const at = meeting === undefined ? undefined : timeAsked(meeting, now);
  if (meeting === undefined || own === undefined || at === undefined) return undefined;
  const others = othersIn(meeting, member.id);
  if (others.length === 0 || (await outsideOf(db, meeting, now)).length > 0) return undefined;
  const suggestedBy = others.find(({ id }) => id === meeting.suggestedBy)?.name ?? '';
  return { at, saysYes: own.saysYes, suggestedBy, names: others.map(({ name }) => name) };
}

/** Whether they met, or how it was where they have said so. */
export function questionFor(told: Parameters<typeof hasMet>[0]): Message {
  return told.state === 'met' ? hasMet(told) : whetherYouMet(told);
}
