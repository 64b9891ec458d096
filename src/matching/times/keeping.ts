import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Reader, Transaction } from '../../store/database.ts';
import { dateAhead, timeAsked } from '../matches/rules.ts';
import { keptTime } from './agreed-messages.ts';
import { tell, theyMeet } from './agreeing.ts';
import { askedLast } from './asked.ts';
import { forgetSuggestion } from './forgetting.ts';
import { holdMeeting, isSame } from './holding.ts';
import { type Meeting, type MeetingPerson, namesFor, othersIn } from './meetings.ts';
import * as say from './messages.ts';

/* A time that was suggested in place of an agreed one, and does not take it. */

/**
 * The agreed time holds, because one of them cannot make the other that was suggested, or suggested it and thinks better of
 * it. Where nothing else is suggested any more, it holds anyway.
 *
 * @param at the other time
 * @throws Refusal where no agreed time is to come, another was suggested since, or all have agreed on the other time
 */
export async function keepTime(core: Core, member: Member, matchId: string, at: Date): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const meeting = await holdMeeting(tx, member, matchId, now);
    const agreed = dateAhead(meeting, now);
    if (agreed === undefined) throw new Refusal(say.refusals.noneAgreed);
    if (isSame(agreed, at)) throw new Refusal(say.refusals.alreadyAgreed);
    const asked = timeAsked(meeting, now);
    if (asked !== undefined && !isSame(asked, at)) throw new Refusal(say.refusals.changed);
    if (asked !== undefined) return await keepAgreed(core, tx, member, meeting, agreed);
    const names = namesFor(meeting, member.id);
    return { kind: 'replace', message: keptTime({ names, at: agreed, told: [] }, member.zone) };
  });
}

/** The same, whatever was suggested. To be called by who holds the meeting. @param agreed the time that holds */
export async function keepAgreed(
  core: Core,
  tx: Transaction,
  member: Member,
  meeting: Meeting,
  agreed: Date,
): Promise<Reply> {
  const now = core.clock.now();
  const was = timeAsked(meeting, now);
  if (was === undefined) return await theyMeet(tx, member, meeting, { at: agreed, instead: undefined });
  await forgetSuggestion(tx, meeting.id);
  const told = await whoKnow(tx, meeting, member);
  await tell(tx, now, 'matching.time-kept', { ...meeting, was }, told);
  await refreshHomes(tx, now, member.id);
  const kept = { names: namesFor(meeting, member.id), at: agreed, told: told.map(({ name }) => name) };
  return { kind: 'replace', message: keptTime(kept, member.zone) };
}

/** Those of the others who know of the time that is suggested: it is theirs, they said yes to it, or we have told them. */
async function whoKnow(db: Reader, meeting: Meeting, member: Member): Promise<readonly MeetingPerson[]> {
  const asked = await askedLast(db, meeting.id);
  const untold = asked.filter(({ mayKnow }) => !mayKnow).map(({ memberId }) => memberId);
  return othersIn(meeting, member.id).filter(({ id, saysYes }) => saysYes || !untold.includes(id));
}
