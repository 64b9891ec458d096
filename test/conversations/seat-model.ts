import { expect } from 'vitest';
import type { SeatBook, Telling } from '../../src/conversations/seat-book.ts';

/*
 * How seats are meant to work, told as plainly as can be: one line of people, each with what they hold. It is written
 * to be read, and knows nothing of how the real one does it.
 */

export interface Someone {
  readonly id: string;
  readonly council: string;
  has: 'nothing' | 'offer' | 'seat';
  /** Of an offer, in minutes. */
  until: number;
  /** They were asked without having signed up. */
  unasked?: boolean;
}

/** Times are minutes. */
export interface Room {
  capacity: number;
  perCouncil: number;
  now: number;
  startsAt: number;
  readonly offerHours: number;
  line: Someone[];
  /** What people hear of what others did, or of time that passed. */
  heard: string[];
}

export const noLimit = 99;

export function openRoom(capacity: number, perCouncil: number, offerHours: number): Room {
  return { capacity, perCouncil, now: 0, startsAt: 7 * 24 * 60, offerHours, line: [], heard: [] };
}

export function someoneIn({ line }: Room, number: number): Someone | undefined {
  return line.find(({ id }) => id === `p${number}`);
}

function held(room: Room, council?: string): number {
  return room.line.filter(({ has, council: theirs }) => has !== 'nothing' && (council ?? theirs) === theirs).length;
}

export function couldTake(room: Room, { council }: Someone): boolean {
  return held(room) < room.capacity && held(room, council) < room.perCouncil;
}

export function say(room: Room, someone: Someone, news: Telling['news']): void {
  room.heard.push(`${someone.id} ${news}`);
}

export function endOf(room: Room): number {
  const usual = room.now + room.offerHours * 60;
  const hourBefore = room.startsAt - 60;
  return Math.max(room.now + 15, Math.min(usual, hourBefore));
}

/** What time does by itself. */
export function letTimePass(room: Room): void {
  endWhatIsOver(room);
  handOut(room, () => false);
}

export function endWhatIsOver(room: Room): void {
  for (const someone of [...room.line]) {
    const isPastAsking = someone.unasked === true && room.now >= room.startsAt - 45;
    if (someone.has !== 'offer' || (someone.until > room.now && !isPastAsking)) continue;
    room.line = room.line.filter((other) => other !== someone);
    say(room, someone, 'offer-ended');
  }
  for (const someone of room.line) {
    if (someone.has !== 'offer' || someone.until <= room.startsAt - 45) continue;
    if (room.now >= room.startsAt - 60 && someone.unasked !== true) {
      someone.has = 'seat';
      say(room, someone, 'seated');
    } else someone.until = Math.min(endOf(room), room.startsAt - 45);
  }
}

/** While somebody who waits could take a seat, the first such person is given it, or asked. */
export function handOut(room: Room, straightAway: (someone: Someone) => boolean): void {
  while (room.now < room.startsAt) {
    const next = room.line.find((someone) => someone.has === 'nothing' && couldTake(room, someone));
    if (next === undefined) return;
    if (straightAway(next) || room.now >= room.startsAt - 60) {
      next.has = 'seat';
      say(room, next, 'seated');
    } else {
      next.until = endOf(room);
      next.has = 'offer';
      say(room, next, 'offered');
    }
  }
}

/** Asks these, who did not sign up: each is offered a seat that is free, or is left out. With no time to answer, nothing is kept. */
export function keepFor(room: Room, people: readonly Pick<Someone, 'id' | 'council'>[]): void {
  letTimePass(room);
  for (const { id, council } of people) {
    const someone: Someone = { id, council, has: 'offer', until: endOf(room), unasked: true };
    const isThere = room.line.some((other) => other.id === id);
    if (room.now >= room.startsAt - 60 || isThere || !couldTake(room, someone)) continue;
    room.line.push(someone);
    say(room, someone, 'offered');
  }
}

/** What anybody could see of it: who stands where, and holds what until when. */
export function seen(room: Room): readonly string[] {
  return room.line.map(({ id, has, until }) => `${id} ${has}${has === 'offer' ? ` until ${until}` : ''}`);
}

export function seenInBook({ entries }: Pick<SeatBook, 'entries'>, epoch: number): readonly string[] {
  const names = { seated: 'seat', offered: 'offer', waiting: 'nothing' } as const;
  return entries.map((entry) => {
    const until = entry.state === 'offered' ? ` until ${(entry.until.getTime() - epoch) / 60_000}` : '';
    return `${entry.memberId} ${names[entry.state]}${until}`;
  });
}

/** What must hold of any book, however it came about. */
export function expectSound({ capacity, perCouncil, entries }: SeatBook): void {
  const taken = entries.filter(({ state }) => state !== 'waiting');
  expect(taken.length, 'over capacity').toBeLessThanOrEqual(capacity);
  const councils = Map.groupBy(taken, ({ councilId }) => councilId);
  for (const [council, people] of councils) {
    expect(people.length, `too many of ${council}`).toBeLessThanOrEqual(perCouncil ?? Number.POSITIVE_INFINITY);
  }
  expect(new Set(entries.map(({ memberId }) => memberId)).size, 'somebody twice').toBe(entries.length);
}

/** Nobody passes those who wait: whoever is left waiting while a seat is free has a council that has its seats. */
export function expectNobodyPassed({ capacity, perCouncil, entries }: SeatBook): void {
  const taken = entries.filter(({ state }) => state !== 'waiting');
  if (taken.length >= capacity) return;
  for (const { memberId, councilId } of entries.filter(({ state }) => state === 'waiting')) {
    const theirs = taken.filter((other) => other.councilId === councilId).length;
    expect(theirs, `${memberId} waits beside a free seat`).toBeGreaterThanOrEqual(perCouncil ?? 0);
    expect(perCouncil).not.toBeNull();
  }
}
