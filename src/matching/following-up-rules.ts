import { dayOf, daysAfter } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import type { MatchState, Outcome } from './model.ts';
import type { MatchPerson, StandingMatch } from './standing.ts';

/** From when a round was published until the next one, on the network's clocks. */
export interface RoundSpan {
  readonly from: Date;
  readonly until: Date;
  readonly zone: string;
  /** At which rounds come. */
  readonly hour: number;
}

export interface FollowUps {
  /** `undefined` where there is no day for it between the round and the question. */
  readonly halfWay: Date | undefined;
  readonly question: Date;
}

/** Members are told of the next round so many days before it. */
const openingDays = 2;

/**
 * When people are reminded of their match, and asked in the end: on working days, half the way to the next round, and on
 * the day before that opens. Both come earlier rather than later; the question always after the reminder.
 *
 * @param isOff whether everybody has that day off
 */
export function followUps({ from, until, zone, hour }: RoundSpan, isOff: (day: string) => boolean): FollowUps {
  const first = daysAfter(dayOf(from, zone), 1);
  const last = daysAfter(dayOf(until, zone), -openingDays - 1);
  const middle = dayOf(new Date((from.getTime() + until.getTime()) / 2), zone);
  const question = workingDay(first, last, isOff) ?? (last < first ? first : last);
  const before = daysAfter(question, -1);
  const halfWay = workingDay(first, middle < before ? middle : before, isOff);
  return {
    halfWay: halfWay === undefined ? undefined : momentOn(halfWay, hour, zone),
    question: momentOn(question, hour, zone),
  };
}

/** The latest working day of these. */
function workingDay(first: string, last: string, isOff: (day: string) => boolean): string | undefined {
  for (let day = last; day >= first; day = daysAfter(day, -1)) if (!isOff(day)) return day;
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

/** After a meeting that was agreed, people are left this long before they are asked how it was, in milliseconds. */
const restMs = 90 * 60_000;

/** From when on the people of a match can be asked whether they met. */
export function askableFrom({ agreedAt }: StandingMatch): Date | undefined {
  return agreedAt === undefined ? undefined : new Date(agreedAt.getTime() + restMs);
}

/** What an answer says of the state, which somebody may have set too early. */
export function stateAfter(outcome: Outcome, before: MatchState): MatchState {
  if (before === 'dropped') return before;
  if (outcome === 'useful' || outcome === 'not-useful') return 'met';
  return before === 'met' ? 'dated' : before;
}
