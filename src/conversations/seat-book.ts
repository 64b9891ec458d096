import type { Attendance, Conversation, Standing } from './model.ts';

/*
 * The seats of one conversation as a state machine. Each turn takes the book and what time it is, and returns the next
 * book and exactly whom to tell what. Whoever caused a turn is not told: they see it in the answer.
 */

export interface Person {
  readonly memberId: string;
  readonly councilId: string;
}

/** One person who signed up. */
export type Entry = Person &
  (
    | { readonly state: 'seated' }
    /**
     * The seat counts as taken until then. `unasked`: they did not sign up, and wait for another conversation; a seat is
     * never theirs before they take it.
     */
    | { readonly state: 'offered'; readonly until: Date; readonly unasked?: true }
    | { readonly state: 'waiting' }
  );

export interface SeatBook extends Pick<Conversation, 'capacity' | 'perCouncil'> {
  /** In order of arrival. */
  readonly entries: readonly Entry[];
}

export interface When {
  readonly now: Date;
  readonly startsAt: Date;
  /** How long a freed seat is kept for the one it is offered to. */
  readonly offerHours: number;
}

/** `seated`: the seat is theirs outright. `offered`: it is kept for them. `offer-ended`: they let the time for it pass. */
export interface Telling {
  readonly memberId: string;
  readonly news: 'seated' | 'offered' | 'offer-ended';
}

export interface Turn {
  readonly book: SeatBook;
  readonly told: readonly Telling[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** So long there is at least to answer an offer. */
const leastMs = 15 * minuteMs;
/** From so long before it begins, seats are given outright: nobody would answer in time. */
const lastHourMs = hourMs;

function isLastHour({ now, startsAt }: When): boolean {
  return now.getTime() >= startsAt.getTime() - lastHourMs;
}

function latestEnd({ startsAt }: When): number {
  return startsAt.getTime() - lastHourMs + leastMs;
}

/**
 * Until when a seat that is offered now is kept: the set hours, but no longer than until an hour before it begins, and
 * fifteen minutes at least. A whole minute, as it is said in words. Not to be asked within the last hour.
 */
export function offerEnd(when: When): Date {
  const wanted = Math.min(when.now.getTime() + when.offerHours * hourMs, when.startsAt.getTime() - lastHourMs);
  const end = Math.max(wanted, when.now.getTime() + leastMs);
  return new Date(Math.min(Math.ceil(end / minuteMs) * minuteMs, latestEnd(when)));
}

/** Lets go what was offered and not taken in time, and offers it to the next. */
export function endOffers(book: SeatBook, when: When): Turn {
  const lapsed = lapse(book, when);
  return giveOut(lapsed.book, when, () => false, lapsed.told);
}

/** Nobody is given anything yet, but for offers that are fitted to when it begins now. */
function lapse(book: SeatBook, when: When): Turn {
  const ended = book.entries.filter((entry) => isOver(entry, when));
  const entries = book.entries.filter((entry) => !ended.includes(entry)).map((entry) => refit(entry, when));
  const given = entries.filter(({ memberId, state }) => state === 'seated' && !hasSeat(book, memberId));
  return { book: { ...book, entries }, told: [...tell('offer-ended', ended), ...tell('seated', given)] };
}

function isOver(entry: Entry, when: When): boolean {
  if (entry.state !== 'offered') return false;
  return entry.until <= when.now || (entry.unasked === true && when.now.getTime() >= latestEnd(when));
}

/** It may have been moved to sooner: an offer that would last too long ends earlier, or becomes a seat. */
function refit(entry: Entry, when: When): Entry {
  if (entry.state !== 'offered' || entry.until.getTime() <= latestEnd(when)) return entry;
  return isLastHour(when) && entry.unasked !== true ? seated(entry) : { ...entry, until: offerEnd(when) };
}

/** A seat if one is free that nobody ahead of them could take; a place on the waiting list otherwise. Twice is once. */
export function signUp(book: SeatBook, person: Person, when: When): Turn {
  const ended = endOffers(book, when);
  if (ended.book.entries.some(({ memberId }) => memberId === person.memberId)) return butFor(person.memberId, ended);
  const entries = [...ended.book.entries, waiting(person)];
  const isNew = (memberId: string) => memberId === person.memberId;
  return butFor(person.memberId, giveOut({ ...book, entries }, when, isNew, ended.told));
}

/** Takes the seat that is kept for them; nothing where none is, or not any more. */
export function accept(book: SeatBook, memberId: string, when: When): Turn {
  const ended = endOffers(book, when);
  const entries = ended.book.entries.map((entry) =>
    entry.memberId === memberId && entry.state === 'offered' ? seated(entry) : entry,
  );
  return butFor(memberId, { ...ended, book: { ...ended.book, entries } });
}

/** They give up their seat, let an offer go, leave the waiting list or the network: what they had goes to the next. */
export function leave(book: SeatBook, memberId: string, when: When): Turn {
  const ended = endOffers(book, when);
  const entries = ended.book.entries.filter((entry) => entry.memberId !== memberId);
  return butFor(
    memberId,
    giveOut({ ...book, entries }, when, () => false, ended.told),
  );
}

/** Gives every free seat outright to those who wait: there are more of them, or more for each council, or it was moved. */
export function fill(book: SeatBook, when: When): Turn {
  const lapsed = lapse(book, when);
  return giveOut(lapsed.book, when, () => true, lapsed.told);
}

/**
 * Keeps seats for people who did not sign up themselves, in this order, while they have time to answer. Who finds none is
 * left out: they chose to wait for another conversation, not for this one.
 */
export function offer(book: SeatBook, people: readonly Person[], when: When): Turn {
  const ended = endOffers(book, when);
  if (isLastHour(when)) return ended;
  let current = ended.book;
  const told = [...ended.told];
  for (const person of people) {
    const isThere = current.entries.some(({ memberId }) => memberId === person.memberId);
    if (isThere || !hasRoom(current, person.councilId)) continue;
    const given = { ...offered(person, offerEnd(when)), unasked: true } as const;
    current = { ...current, entries: [...current.entries, given] };
    told.push({ memberId: person.memberId, news: 'offered' });
  }
  return { book: current, told };
}

/** Without what is told to the one who caused it. */
function butFor(memberId: string, turn: Turn): Turn {
  return { ...turn, told: turn.told.filter((telling) => telling.memberId !== memberId) };
}

/** Goes down the waiting list once: who finds room is given a seat, or offered it. Nothing once it has begun. */
function giveOut(
  book: SeatBook,
  when: When,
  isOutright: (memberId: string) => boolean,
  toldBefore: readonly Telling[],
): Turn {
  if (when.now >= when.startsAt) return { book, told: toldBefore };
  let current = book;
  const told = [...toldBefore];
  for (const entry of book.entries) {
    if (entry.state !== 'waiting' || !hasRoom(current, entry.councilId)) continue;
    const outright = isLastHour(when) || isOutright(entry.memberId);
    const given = outright ? seated(entry) : offered(entry, offerEnd(when));
    current = { ...current, entries: current.entries.map((other) => (other === entry ? given : other)) };
    told.push({ memberId: entry.memberId, news: outright ? 'seated' : 'offered' });
  }
  return { book: current, told };
}

function hasRoom({ capacity, perCouncil, entries }: SeatBook, councilId: string): boolean {
  const isFull = entries.filter(isTaken).length >= capacity;
  return !isFull && (perCouncil === null || heldBy({ entries }, councilId) < perCouncil);
}

/** How many seats the people of a council have, those that are kept for them included. */
export function heldBy({ entries }: Pick<SeatBook, 'entries'>, councilId: string): number {
  return entries.filter((entry) => isTaken(entry) && entry.councilId === councilId).length;
}

function isTaken({ state }: Entry): boolean {
  return state !== 'waiting';
}

function hasSeat({ entries }: SeatBook, memberId: string): boolean {
  return entries.some((entry) => entry.memberId === memberId && entry.state === 'seated');
}

function seated({ memberId, councilId }: Person): Entry {
  return { memberId, councilId, state: 'seated' };
}

function offered({ memberId, councilId }: Person, until: Date) {
  return { memberId, councilId, state: 'offered', until } as const;
}

function waiting({ memberId, councilId }: Person): Entry {
  return { memberId, councilId, state: 'waiting' };
}

function tell(news: Telling['news'], entries: readonly Entry[]): readonly Telling[] {
  return entries.map(({ memberId }) => ({ memberId, news }));
}

export function attendanceIn({ entries }: Pick<SeatBook, 'entries'>): Attendance {
  const count = (state: Entry['state']) => entries.filter((entry) => entry.state === state).length;
  return { seated: count('seated'), offered: count('offered'), waiting: count('waiting') };
}

/** How somebody who is not the host stands. */
export function standingIn({ entries }: Pick<SeatBook, 'entries'>, memberId: string): Standing {
  const own = entries.find((entry) => entry.memberId === memberId);
  if (own === undefined) return { kind: 'none' };
  if (own.state === 'offered') return { kind: 'offered', until: own.until };
  if (own.state === 'seated') return { kind: 'seated' };
  return { kind: 'waiting', position: entries.filter(({ state }) => state === 'waiting').indexOf(own) + 1 };
}
