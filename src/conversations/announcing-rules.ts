import { createHash } from 'node:crypto';
import { dayOf, daysAfter } from '../time/days.ts';
import { momentOn } from '../time/local.ts';
import type { Conversation } from './model.ts';

/*
 * When each is told of a new conversation. Were everyone told at once, those who look at their messages first would have
 * the seats each time. So people are told in groups, each time in another order.
 */

/** Somebody it is for. */
export interface Addressee {
  readonly id: string;
  /** Their IANA zone. */
  readonly zone: string;
  /** Whether the theme is among those that interest them; `undefined` where they have not said what does. */
  readonly interested: boolean | undefined;
}

type Announced = Pick<Conversation, 'id' | 'startsAt' | 'capacity'>;

const hourMs = 3_600_000;

/** With less than a day to go nobody can be told late and still make room for it: then all are told at once. */
export const atOnceMs = 24 * hourMs;
/** Of those told of a date, most cannot come: three for each seat may be told together and few are turned away. */
export const toldPerSeat = 3;
/** From one group to the next: long enough to see the message between two meetings. */
const betweenMs = 2 * hourMs;
/** All are told within a quarter of the time that is left; nights do not count, so that the last still have half of it. */
const partOfTime = 4;
/** Nobody who is told later is told in the evening or at night, on their own clock. */
const dayBegins = 8;
const dayEnds = 20;

/**
 * Whom to tell, and when. Those whom the theme interests come first, and then those who have not said what does; those
 * who are interested in other things find it among the conversations. Within each of the two the order comes from the
 * conversation and the member alone: it is another one each time, and the same when it is worked out again.
 */
export function tellingTimes(
  conversation: Announced,
  people: readonly Addressee[],
  now: Date,
): ReadonlyMap<string, Date> {
  const size = conversation.capacity * toldPerSeat;
  const groups = [true, undefined].flatMap((interested) => {
    const these = people.filter((person) => person.interested === interested);
    return inGroups(inTurn(conversation.id, these), size);
  });
  const leftMs = conversation.startsAt.getTime() - now.getTime();
  const stepMs = Math.min(betweenMs, leftMs / partOfTime / Math.max(1, groups.length));
  const times = groups.flatMap((group, index) =>
    group.map(({ id, zone }) => [id, withinDays(now, index * stepMs, zone, conversation.startsAt)] as const),
  );
  return new Map(times);
}

function inTurn(conversationId: string, people: readonly Addressee[]): readonly Addressee[] {
  const draw = ({ id }: Addressee) => createHash('sha256').update(`${conversationId}:${id}`).digest('hex');
  const drawn = people.map((person) => ({ person, draw: draw(person) }));
  return drawn.toSorted((a, b) => (a.draw < b.draw ? -1 : 1)).map(({ person }) => person);
}

function inGroups(people: readonly Addressee[], size: number): readonly (readonly Addressee[])[] {
  const count = Math.ceil(people.length / size);
  return Array.from({ length: count }, (_, index) => people.slice(index * size, (index + 1) * size));
}

/**
 * The moment that is so much waking time after `now`: what is left of a day goes on the next morning. At once is at once,
 * and nobody is kept waiting until there is less than a day to go.
 */
function withinDays(now: Date, afterMs: number, zone: string, startsAt: Date): Date {
  if (afterMs === 0) return now;
  const latest = new Date(startsAt.getTime() - atOnceMs);
  let leftMs = afterMs;
  for (let day = dayOf(now, zone); ; day = daysAfter(day, 1)) {
    const begins = Math.max(now.getTime(), momentOn(day, dayBegins, zone).getTime());
    if (begins >= latest.getTime()) return new Date(Math.max(now.getTime(), latest.getTime()));
    const lengthMs = Math.max(0, momentOn(day, dayEnds, zone).getTime() - begins);
    if (leftMs < lengthMs) return new Date(Math.min(begins + leftMs, latest.getTime()));
    leftMs -= lengthMs;
  }
}
