import type { WorkingDays } from '../../calendar/reading.ts';
import { dayOf, daysAfter } from '../../time/days.ts';
import { momentOn } from '../../time/local.ts';
import type { MatchState, Outcome } from '../model.ts';
import { openingDayOf } from '../rules.ts';
import { metOf } from './met-rules.ts';
import type { MatchPerson, StandingMatch } from './standing.ts';

/** From when a round was published until the next one. */
export interface RoundSpan {
  readonly from: Date;
  readonly until: Date;
}

export interface FollowUps {
  /** `undefined` where there is no day for it between the round and the question. */
  readonly halfWay: Date | undefined;
  readonly question: Date;
}

/**
 * When people are reminded of their match, and asked in the end: on working days, half the way to the next round, and on
 * the day before that opens. Both come earlier rather than later, and the question always after the reminder. Where rounds
 * follow each other so closely that people would be asked before half of their time is over, they are asked on the last
 * working day before the round.
 */
export function followUps({ from, until }: RoundSpan, { zone, hour, isRest }: WorkingDays): FollowUps {
  const first = daysAfter(dayOf(from, zone), 1);
  const round = dayOf(until, zone);
  const last = daysAfter(openingDayOf(round, isRest), -1);
  const middle = dayOf(new Date((from.getTime() + until.getTime()) / 2), zone);
  const question =
    workingDay(first < middle ? middle : first, last, isRest) ??
    workingDay(first, daysAfter(round, -1), isRest) ??
    first;
  const before = daysAfter(question, -1);
  const halfWay = workingDay(first, middle < before ? middle : before, isRest);
  return {
    halfWay: halfWay === undefined ? undefined : momentOn(halfWay, hour, zone),
    question: momentOn(question, hour, zone),
  };
}

/** The latest working day of these. */
function workingDay(first: string, last: string, isRest: (day: string) => boolean): string | undefined {
  for (let day = last; day >= first; day = daysAfter(day, -1)) if (!isRest(day)) return day;
  return undefined;
}

/** Who has had a match for less than this needs no reminder of it, in milliseconds. */
const newMs = 2 * 24 * 3_600_000;

/** Whether the people of a match are reminded: it stands, is not new, and nobody has said that they have a date or met. */
export function isToRemind(match: StandingMatch, now: Date): boolean {
  if (match.endedAt !== null || match.agreedAt !== undefined) return false;
  if (now.getTime() - match.madeAt.getTime() < newMs) return false;
  return match.people.every(({ state, outcome }) => (state === 'open' || state === 'dropped') && outcome === null);
}

/** Those of a match who have not dropped out. */
export function staying({ people }: StandingMatch): readonly MatchPerson[] {
  return people.filter(({ state }) => state !== 'dropped');
}

/**
 * Whether the people of a match have met, as far as we know: one of them says so, or the time that all agreed to has passed
 * and nobody says that they did not. It is ended by nobody then: it has been what it was to be.
 */
export function isOver(match: StandingMatch, now: Date): boolean {
  const met = metOf(match.people);
  const { agreedAt } = match;
  return met === 'met' || (met !== 'not-met' && agreedAt !== undefined && agreedAt <= now);
}

/** Whether there is nothing left for this one to say before their match is ended: it is over, and they have answered. */
export function isComplete(match: StandingMatch, { outcome }: Pick<MatchPerson, 'outcome'>, now: Date): boolean {
  return outcome !== null && isOver(match, now);
}

/** When they meet, where that is still to come. */
export function dateAhead({ agreedAt }: Pick<StandingMatch, 'agreedAt'>, now: Date): Date | undefined {
  return agreedAt !== undefined && agreedAt > now ? agreedAt : undefined;
}

/** How long before an agreed time it can be changed at the latest, in milliseconds: after that they may be on their way. */
const latestChangeMs = 3_600_000;

/** Whether it is too late to agree on another time in place of the one that is agreed: that is near, or has come. */
export function isTooLateToChange({ agreedAt }: Pick<StandingMatch, 'agreedAt'>, now: Date): boolean {
  return agreedAt !== undefined && agreedAt.getTime() - now.getTime() < latestChangeMs;
}

/**
 * The time that people are asked about and can still say yes to. One that is to take the place of an agreed time lapses when
 * it is too late for that: then the agreed one holds.
 */
export function timeAsked(match: Pick<StandingMatch, 'agreedAt' | 'suggestedAt'>, now: Date): Date | undefined {
  const { suggestedAt } = match;
  return suggestedAt !== undefined && suggestedAt > now && !isTooLateToChange(match, now) ? suggestedAt : undefined;
}

/** After a meeting that was agreed, people are left this long before they are asked how it was, in milliseconds. */
const restMs = 90 * 60_000;

/**
 * From when on the people of a match can be asked whether they met: not while they are to meet, nor while one of them is asked
 * about a time.
 */
export function askableFrom(match: StandingMatch): Date | undefined {
  const at = openTime(match);
  return at === undefined ? undefined : new Date(at.getTime() + restMs);
}

/** Whether there is a time to come at which they meet, or about which one of them is asked. */
export function isTimeAhead(match: StandingMatch, now: Date): boolean {
  const at = openTime(match);
  return at !== undefined && at > now;
}

function openTime({ agreedAt, suggestedAt }: StandingMatch): Date | undefined {
  return agreedAt ?? suggestedAt;
}

/** What an answer says of the state, which somebody may have set too early. */
export function stateAfter(outcome: Outcome, before: MatchState): MatchState {
  if (before === 'dropped') return before;
  if (outcome === 'useful' || outcome === 'not-useful') return 'met';
  return before === 'met' ? 'dated' : before;
}
