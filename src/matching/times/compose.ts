import type { Core } from '../../core.ts';
import { type Composed, type Delivery, drop } from '../../delivery/model.ts';
import { mayStand } from '../../diary/rules.ts';
import type { Member } from '../../network/model.ts';
import type { Reader } from '../../store/database.ts';
import { isOfNewestRound } from '../history.ts';
import { isInvited, postedToCalendar, readKey } from '../matches/calling-off.ts';
import { dateAhead, timeAsked } from '../matches/rules.ts';
import type { TimesDelivery } from '../model.ts';
import * as sayAgreed from './agreed-messages.ts';
import { askedLast } from './asked.ts';
import { bareEntry, meetingEntry } from './meeting-entry.ts';
import { meetingOff } from './meeting-off-messages.ts';
import { findMeeting, isExpected, type Meeting, namesFor, presentIn } from './meetings.ts';
import * as say from './messages.ts';
import { outsideOf } from './outside.ts';
import { otherTimes } from './rules.ts';
import { timesFor } from './service.ts';

/** Each as it is now. Of several about one match that wait for one person, the last one says it all. */
export async function composeTimes(
  core: Core,
  kind: TimesDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const meeting = await findMeeting(core.db, delivery.subject);
  if (kind === 'matching.call-off') return await composeCallOff(core, delivery, meeting, member);
  if (kind === 'matching.meeting-off') return await composeMeetingOff(core, delivery, meeting, member);
  if (meeting === undefined) return drop('the match is no longer there');
  if (meeting.endedAt !== null) return drop('the match has ended');
  if (kind === 'matching.time-suggested') return await composeSuggested(core, delivery, meeting, member);
  const at = dateAhead(meeting, core.clock.now());
  if (at === undefined || !isExpected(meeting, member.id)) return drop('it is not agreed any more, or has passed');
  const timed = { ...meeting, at };
  switch (kind) {
    case 'matching.time-agreed':
      return await composeAgreed(core, delivery, timed, member);
    case 'matching.time-kept':
      return await composeKept(core, delivery, timed, member);
    case 'matching.invite':
      return await composeInvite(core, delivery, timed, member);
  }
}

type Timed = Meeting & { readonly at: Date };

async function composeSuggested(core: Core, { id }: Delivery, meeting: Meeting, member: Member): Promise<Composed> {
  const now = core.clock.now();
  const at = timeAsked(meeting, now);
  if (at === undefined) return drop('nobody is asked about a time any more');
  const own = presentIn(meeting).find((person) => person.id === member.id);
  if (own === undefined) return drop('the member dropped out');
  if ((await outsideOf(core.db, meeting, now)).length > 0) return drop('one of them takes no part now');
  if (own.saysYes) return drop('the member said yes');
  if (await isSaidLater(core.db, id)) return drop('a later one says it');
  const by = meeting.people.find((person) => person.id === meeting.suggestedBy);
  const instead = dateAhead(meeting, now);
  const canSuggest = await isOfNewestRound(core.db, meeting.id);
  const others = canSuggest ? otherTimes(await timesFor(core, meeting), at, instead).slice(0, 2) : [];
  const suggestion = { matchId: meeting.id, name: by?.name ?? '', at, instead, others, canSuggest };
  const people = presentIn(meeting).length;
  return { kind: 'say', message: say.timeSuggested({ ...suggestion, people }, member.zone) };
}

async function composeAgreed(core: Core, { id }: Delivery, meeting: Timed, member: Member): Promise<Composed> {
  if (await isSaidLater(core.db, id)) return drop('a later one says it');
  const { was: instead } = readKey(await keyOf(core.db, id));
  const agreed = agreedFor(meeting, member, await isInvited(core.db, meeting.id, member.id));
  return { kind: 'say', message: sayAgreed.timeAgreed({ ...agreed, instead }, member.zone) };
}

function agreedFor(meeting: Timed, member: Member, invited: boolean): Omit<sayAgreed.Agreed, 'instead'> {
  const names = namesFor(meeting, member.id);
  return { matchId: meeting.id, names, at: meeting.at, isInvited: invited };
}

async function composeKept({ db }: Core, { id }: Delivery, meeting: Timed, member: Member): Promise<Composed> {
  const { was: suggested, number } = readKey(await keyOf(db, id));
  if (suggested === undefined || meeting.sequence > number) return drop('something else was suggested or agreed since');
  const kept = {
    matchId: meeting.id,
    names: namesFor(meeting, member.id),
    at: meeting.at,
    suggested,
    isOwn: (await askedLast(db, meeting.id)).every(({ memberId }) => memberId !== member.id),
    canSuggest: await isOfNewestRound(db, meeting.id),
  };
  return { kind: 'say', message: sayAgreed.timeKept(kept, member.zone) };
}

async function composeInvite(core: Core, { id }: Delivery, meeting: Timed, member: Member): Promise<Composed> {
  const { isLast, stands, isFirst } = await placeOf(core.db, id, meeting.id, member.id);
  if (!isLast) return drop('a later one says it');
  const message = sayAgreed.meetingInvitation(agreedFor(meeting, member, true), member.zone, !isFirst && stands);
  return { kind: 'invite', message, entry: meetingEntry(core, meeting, member) };
}

/**
 * From the key alone where the match went with somebody who was erased. Where another time is agreed by now, an invitation
 * that was posted after this says so; whoever is sent none loses the old time.
 */
async function composeCallOff(
  core: Core,
  { id, subject }: Delivery,
  meeting: Meeting | undefined,
  member: Member,
): Promise<Composed> {
  const { was: at, number } = readKey(await keyOf(core.db, id));
  const now = core.clock.now();
  if (at === undefined || at <= now) return drop('the time has passed');
  const { isLast, stands } = await placeOf(core.db, id, subject, member.id);
  if (!isLast) return drop('a later one says it');
  if (!stands) return drop('nothing was put into the calendar');
  const entry = bareEntry(core, { id: subject, at, sequence: number, changedAt: now }, member.zone);
  const names = meeting === undefined ? [] : namesFor(meeting, member.id);
  const message = sayAgreed.meetingCalledOff(names, at, member.zone);
  // Whoever has left can press nothing here.
  const shown = member.status === 'active' ? message : { ...message, buttons: [] };
  return { kind: 'invite', message: shown, entry };
}

/** From the key, as the match may be gone. It has no time there where the two had a date that we did not know. */
async function composeMeetingOff(
  core: Core,
  { id }: Delivery,
  meeting: Meeting | undefined,
  member: Member,
): Promise<Composed> {
  const { was: at, number } = readKey(await keyOf(core.db, id));
  if (at !== undefined && at <= core.clock.now()) return drop('the time has passed');
  if (meeting !== undefined && isExpected(meeting, member.id) && meeting.sequence > number) {
    return drop('another time is agreed');
  }
  const others = (meeting?.people ?? []).filter((person) => person.id !== member.id && person.status === 'active');
  const names = others.map(({ name }) => name);
  return { kind: 'say', message: meetingOff(names, at, member.zone) };
}

/** Whether the same was posted to the same person about the same match after this. */
async function isSaidLater(db: Reader, deliveryId: string): Promise<boolean> {
  const same = await db
    .selectFrom('deliveries as own')
    .innerJoin('deliveries as same', (on) =>
      on
        .onRef('same.kind', '=', 'own.kind')
        .onRef('same.subject', '=', 'own.subject')
        .onRef('same.member_id', '=', 'own.member_id'),
    )
    .select(['own.key as own', 'same.key'])
    .where('own.id', '=', deliveryId)
    .execute();
  return same.some(({ own, key }) => readKey(key).number > readKey(own).number);
}

async function keyOf(db: Reader, deliveryId: string): Promise<string> {
  const row = db.selectFrom('deliveries').select('key').where('id', '=', deliveryId);
  return (await row.executeTakeFirst())?.key ?? '';
}

interface PlaceOfOne {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether what was posted before it may stand in the calendar. */
  readonly stands: boolean;
}

async function placeOf(db: Reader, deliveryId: string, matchId: string, memberId: string): Promise<PlaceOfOne> {
  const posted = await postedToCalendar(db, matchId, memberId);
  const own = posted.find(({ id }) => id === deliveryId)?.number ?? 0;
  const before = posted.filter(({ number }) => number < own);
  return {
    isFirst: before.length === 0,
    isLast: posted.every(({ number }) => number <= own),
    stands: mayStand(before),
  };
}
