import type { Core } from '../../core.ts';
import { paragraph } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import { dateAhead, isTooLateToChange, timeAsked } from '../matches/rules.ts';
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
  const now = core.clock.now();
  const agreedAt = dateAhead(meeting, now);
  const outside = await outsideOf(core.db, meeting, now);
  if (outside.length > 0 && agreedAt === undefined) return noneShown({ ...meeting, saidNotMet }, member, outside);
  if (agreedAt !== undefined) {
    const asked = outside.length === 0 ? timeAsked(meeting, now) : undefined;
    if (asked !== undefined) return changeShown({ ...meeting, agreedAt, at: asked }, member, own.saysYes);
    const canChange = outside.length === 0 && !isTooLateToChange(meeting, now);
    return meetsShown({ ...meeting, at: agreedAt }, member, canChange ? await timesFor(core, meeting) : undefined);
  }
  const times = await timesFor(core, meeting);
  if (meeting.agreedAt !== undefined) {
    return wereToMeetShown({ ...meeting, at: meeting.agreedAt, saidNotMet }, member, times);
  }
  const at = timeAsked(meeting, now);
  if (at !== undefined) return suggestedShown({ ...meeting, at }, member, own.saysYes, times);
  // They have a date that they found by themselves.
  if (own.state === 'dated') return { body: [], buttons: [say.suggestsOwn(say.sayWhen, matchId)], date: 'own' };
  const words = card.suggestWords(times, namesFor(meeting, member.id));
  return { body: words, buttons: card.nextStepButtons(matchId, times, member.zone), date: 'none' };
}

/** Some of them take no part in matching now: nobody can be asked about a time. */
function noneShown(
  { agreedAt: at, people, saidNotMet }: Answered,
  member: Member,
  outside: readonly MeetingPerson[],
): TimesShown {
  const names = outside.some(({ id }) => id === member.id) ? [] : outside.map(({ name }) => name);
  const agreed = { names: namesFor({ people }, member.id), canChange: false, saidNotMet };
  const were = at === undefined ? [] : card.wereToMeetWords({ ...agreed, at }, member.zone);
  return { body: [...were, card.noTimesWords(names)], buttons: [], date: at === undefined ? 'no-more' : 'begun' };
}

/** With whether the reader has answered that they did not meet. */
type Answered = Meeting & { readonly saidNotMet: boolean };
type Timed = Meeting & { readonly at: Date };

/** @param times in place of the agreed one; `undefined` where it cannot be changed */
function meetsShown({ id, at, people }: Timed, member: Member, times: readonly Date[] | undefined): TimesShown {
  const others = otherTimes(times ?? [], at).slice(0, 2);
  const own = times === undefined ? [] : [say.suggestsOwn(changeToAnother, id)];
  const change = [...say.suggestButtons(id, others, member.zone, 'Change to'), ...own];
  const names = namesFor({ people }, member.id);
  return {
    body: card.meetsWords({ at, names, canChange: times !== undefined }, member.zone),
    buttons: [say.inCalendar(id, 'main'), ...change],
    date: 'ahead',
  };
}

const changeToAnother = 'Change to another time';

/** They have agreed on a time, and one of them has suggested another: `at`. */
function changeShown(meeting: Timed & { readonly agreedAt: Date }, member: Member, saysYes: boolean): TimesShown {
  const { id: match, at, agreedAt } = meeting;
  const names = namesFor(meeting, member.id);
  const change = { at, saysYes, suggestedBy: suggesterOf(meeting, member), names };
  const calendar = say.inCalendar(match, saysYes ? 'main' : 'plain');
  return {
    body: [
      ...card.meetsWords({ at: agreedAt, names, canChange: false }, member.zone),
      paragraph(card.changeWords(change, member.zone)),
    ],
    buttons: [...card.changeButtons(match, change), calendar, say.suggestsOwn(changeToAnother, match)],
    date: 'ahead',
  };
}

/** Their name; '' for the reader, or somebody who cannot be named. */
function suggesterOf(meeting: Meeting, member: Member): string {
  return othersIn(meeting, member.id).find(({ id }) => id === meeting.suggestedBy)?.name ?? '';
}

function wereToMeetShown(meeting: Timed & Answered, member: Member, times: readonly Date[]): TimesShown {
  const { id, at } = meeting;
  const others = otherTimes(times, at).slice(0, 2);
  const were = { ...meeting, names: namesFor(meeting, member.id), canChange: true };
  return {
    body: card.wereToMeetWords(were, member.zone),
    buttons: [...say.suggestButtons(id, others, member.zone), say.suggestsOwn(say.anotherTime, id)],
    date: 'begun',
  };
}

function suggestedShown(meeting: Timed, member: Member, saysYes: boolean, times: readonly Date[]): TimesShown {
  const { id: match, at } = meeting;
  const others = otherTimes(times, at);
  return {
    body: [paragraph(card.standingWords({ at, saysYes, suggestedBy: suggesterOf(meeting, member) }, member.zone))],
    buttons: [
      ...(saysYes ? [] : [say.accepts(match, at)]),
      ...say.suggestButtons(match, others, member.zone),
      say.suggestsOwn(say.anotherTime, match),
    ],
    date: 'asked',
  };
}
