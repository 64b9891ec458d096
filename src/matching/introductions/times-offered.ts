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
  if (at !== null && isAgreed) return agreedShown({ ...meeting, at, saidNotMet }, member, times, isAhead);
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

function agreedShown(meeting: Timed & Answered, member: Member, times: readonly Date[], isAhead: boolean): TimesShown {
  const { id, at, saidNotMet } = meeting;
  const others = otherTimes(times, at).slice(0, 2);
  const agreed = { at, names: namesFor(meeting, member.id) };
  if (!isAhead) {
    const were = card.wereToMeetWords({ ...agreed, saidNotMet, canChange: true }, member.zone);
    const again = [...say.suggestButtons(id, others, member.zone), say.suggestsOwn(say.anotherTime, id)];
    return { body: were, buttons: again, date: 'begun' };
  }
  const change = [
    ...say.suggestButtons(id, others, member.zone, 'Change to'),
    say.suggestsOwn('Change to another time', id),
  ];
  return {
    body: card.meetsWords(agreed, member.zone),
    buttons: [say.inCalendar(id, 'main'), ...change],
    date: 'ahead',
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
