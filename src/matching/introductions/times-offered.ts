import type { Core } from '../../core.ts';
import { does, paragraph } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import * as card from '../times/card-messages.ts';
import { findMeeting, type Meeting, type MeetingPerson, namesFor, othersIn } from '../times/meetings.ts';
import * as say from '../times/messages.ts';
import { outsideOf } from '../times/outside.ts';
import { otherTimes } from '../times/rules.ts';
import { timesFor } from '../times/service.ts';
import type { TimesShown } from './messages.ts';

const nothing: TimesShown = { body: [], buttons: [], date: 'none' };

/**
 * What an introduction says to one member about when they meet, or could: what was suggested or agreed, and other times.
 *
 * @param saidNotMet whether they have answered that they did not meet
 */
export async function timesShown(
  core: Core,
  member: Member,
  matchId: string,
  saidNotMet: boolean,
): Promise<TimesShown> {
  const meeting = await findMeeting(core.db, matchId);
  const own = meeting?.people.find(({ id }) => id === member.id);
  if (meeting === undefined || own === undefined) return nothing;
  const { at, isAgreed } = meeting;
  const now = core.clock.now();
  const isAhead = at !== null && at > now;
  const outside = await outsideOf(core.db, meeting, now);
  if (outside.length > 0 && !(isAgreed && isAhead)) return noneShown({ ...meeting, saidNotMet }, member, outside);
  const times = outside.length > 0 ? [] : await timesFor(core, meeting);
  if (at !== null && isAgreed) {
    const shown = { ...meeting, at, saidNotMet, canChange: outside.length === 0 };
    return isAhead ? meetsShown(shown, member, times) : wereToMeetShown(shown, member, times);
  }
  if (at !== null && isAhead) return suggestedShown({ ...meeting, at }, member, own.saysYes, times);
  // They have a date that they found by themselves.
  if (own.state === 'dated') return { body: [], buttons: [say.suggestsOwn(say.sayWhen, matchId)], date: 'own' };
  const words = card.suggestWords(times, namesFor(meeting, member.id));
  return { body: words, buttons: card.nextStepButtons(matchId, times, member.zone), date: 'none' };
}

/** Some of them take no part in matching now: nobody can be asked about a time. */
function noneShown(
  { at, isAgreed, people, saidNotMet }: Answered,
  member: Member,
  outside: readonly MeetingPerson[],
): TimesShown {
  const names = outside.some(({ id }) => id === member.id) ? [] : outside.map(({ name }) => name);
  const agreed = { at, names: namesFor({ people }, member.id), canChange: false };
  const were = at === null || !isAgreed ? [] : card.wereToMeetWords({ ...agreed, at, saidNotMet }, member.zone);
  return { body: [...were, card.noTimesWords(names)], buttons: [], date: isAgreed ? 'begun' : 'no-more' };
}

/** With whether the reader has answered that they did not meet. */
type Answered = Meeting & { readonly saidNotMet: boolean };
type Timed = Meeting & { readonly at: Date };

/** With whether they can be asked about another time. */
type Agreed = Timed & Answered & { readonly canChange: boolean };

function meetsShown({ id, at, people, canChange }: Agreed, member: Member, times: readonly Date[]): TimesShown {
  const others = otherTimes(times, at).slice(0, 2);
  const own = canChange ? [say.suggestsOwn('Change to another time', id)] : [];
  const change = [...say.suggestButtons(id, others, member.zone, 'Change to'), ...own];
  return {
    body: card.meetsWords({ at, names: namesFor({ people }, member.id), canChange }, member.zone),
    buttons: [say.inCalendar(id, 'main'), ...change],
    date: 'ahead',
  };
}

function wereToMeetShown(meeting: Agreed, member: Member, times: readonly Date[]): TimesShown {
  const { id, at } = meeting;
  const others = otherTimes(times, at).slice(0, 2);
  const were = { ...meeting, names: namesFor(meeting, member.id) };
  return {
    body: card.wereToMeetWords(were, member.zone),
    buttons: [...say.suggestButtons(id, others, member.zone), say.suggestsOwn(say.anotherTime, id)],
    date: 'begun',
  };
}

function suggestedShown(meeting: Timed, member: Member, saysYes: boolean, times: readonly Date[]): TimesShown {
  const { id: match, at } = meeting;
  const suggestedBy = othersIn(meeting, member.id).find(({ id }) => id === meeting.suggestedBy)?.name ?? '';
  const accept = does(say.acceptLabel, { kind: 'matching.accept-time', match, at: at.toISOString() }, 'main');
  const others = otherTimes(times, at);
  return {
    body: [paragraph(card.standingWords({ at, saysYes, suggestedBy }, member.zone))],
    buttons: [
      ...(saysYes ? [] : [accept]),
      ...say.suggestButtons(match, others, member.zone),
      say.suggestsOwn(say.anotherTime, match),
    ],
    date: 'none',
  };
}
