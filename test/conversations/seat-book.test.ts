import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as seats from '../../src/conversations/seat-book.ts';
import {
  endWhatIsOver,
  expectNobodyPassed,
  expectSound,
  handOut,
  keepFor,
  letTimePass,
  noLimit,
  openRoom,
  type Room,
  type Someone,
  seen,
  seenInBook,
} from './seat-model.ts';

/** What is tried out, beside the model of what it should be. */
interface Real {
  book: seats.SeatBook;
  told: readonly seats.Telling[];
}

type Step = (room: Room, real: Real) => void;

const epoch = Date.parse('2027-03-02T12:00:00Z');
const moment = (minutes: number) => new Date(epoch + minutes * 60_000);

function when({ now, startsAt, offerHours }: Room): seats.When {
  return { now: moment(now), startsAt: moment(startsAt), offerHours };
}

function take(real: Real, turn: seats.Turn): void {
  real.book = turn.book;
  real.told = turn.told;
}

const people = Array.from({ length: 14 }, (_, index) => ({ memberId: `p${index}`, councilId: `c${index % 4}` }));
const anyone = fc.constantFrom(...people);
const find = (room: Room, id: string): Someone | undefined => room.line.find((someone) => someone.id === id);
const forget = (room: Room, id: string) => {
  room.heard = room.heard.filter((line) => !line.startsWith(`${id} `));
};

const signsUp = anyone.map((person) => ({
  name: `${person.memberId} signs up`,
  step: ((room, real) => {
    letTimePass(room);
    const { memberId: id, councilId: council } = person;
    if (find(room, id) === undefined) room.line.push({ id, council, has: 'nothing', until: 0 });
    handOut(room, (someone) => someone.id === id);
    forget(room, id);
    take(real, seats.signUp(real.book, person, when(room)));
  }) satisfies Step,
}));

/** By a button, because they leave or are erased, or because they host it from now on. */
const goes = anyone.map(({ memberId }) => ({
  name: `${memberId} goes`,
  step: ((room, real) => {
    letTimePass(room);
    room.line = room.line.filter(({ id }) => id !== memberId);
    handOut(room, () => false);
    forget(room, memberId);
    take(real, seats.leave(real.book, memberId, when(room)));
  }) satisfies Step,
}));

const accepts = anyone.map(({ memberId }) => ({
  name: `${memberId} accepts`,
  step: ((room, real) => {
    letTimePass(room);
    const own = find(room, memberId);
    if (own?.has === 'offer') own.has = 'seat';
    forget(room, memberId);
    take(real, seats.accept(real.book, memberId, when(room)));
  }) satisfies Step,
}));

const timePasses = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 3_000 })).map((minutes) => ({
  name: `${minutes} minutes pass`,
  step: ((room, real) => {
    room.now += minutes;
    letTimePass(room);
    take(real, seats.endOffers(real.book, when(room)));
  }) satisfies Step,
}));

const resizes = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.constantFrom(1, 2, 3, noLimit))
  .map(([capacity, limit]) => ({
    name: `${capacity} seats, ${limit} a council`,
    step: ((room, real) => {
      const perCouncil = limit === noLimit ? null : limit;
      const holders = room.line.filter(({ has }) => has !== 'nothing');
      const most = Math.max(0, ...people.map(({ councilId }) => holders.filter((h) => h.council === councilId).length));
      const isPossible = holders.length <= capacity && most <= limit;
      if (!isPossible) return;
      room.capacity = capacity;
      room.perCouncil = limit;
      endWhatIsOver(room);
      handOut(room, () => true);
      take(real, seats.fill({ ...real.book, capacity, perCouncil }, when(room)));
    }) satisfies Step,
  }));

const moves = fc.oneof(fc.integer({ min: -2, max: 200 }), fc.integer({ min: 200, max: 20_000 })).map((ahead) => ({
  name: `it is moved to ${ahead} minutes from now`,
  step: ((room, real) => {
    room.startsAt = room.now + ahead;
    endWhatIsOver(room);
    handOut(room, () => true);
    take(real, seats.fill(real.book, when(room)));
  }) satisfies Step,
}));

/** A second conversation made of a waiting list, say. */
const keepsSeats = fc.uniqueArray(anyone, { minLength: 1, maxLength: 5 }).map((group) => ({
  name: `seats are kept for ${group.map(({ memberId }) => memberId).join(', ')}`,
  step: ((room, real) => {
    keepFor(
      room,
      group.map(({ memberId: id, councilId: council }) => ({ id, council })),
    );
    take(real, seats.offer(real.book, group, when(room)));
  }) satisfies Step,
}));

function asCommand({ name, step }: { readonly name: string; readonly step: Step }): fc.Command<Room, Real> {
  return {
    check: () => true,
    toString: () => name,
    run(room, real) {
      const before = real.book;
      room.heard = [];
      real.told = [];
      step(room, real);
      expect(seenInBook(real.book, epoch)).toEqual(seen(room));
      expect(real.told.map(({ memberId, news }) => `${memberId} ${news}`).toSorted()).toEqual(room.heard.toSorted());
      expectSound(real.book);
      if (room.now < room.startsAt) expectNobodyPassed(real.book);
      expectOrderKept(before, real.book);
    },
  };
}

/** Those who stay stand as they stood, and whoever is new stands behind them. */
function expectOrderKept(before: seats.SeatBook, after: seats.SeatBook): void {
  const ids = ({ entries }: seats.SeatBook) => entries.map(({ memberId }) => memberId);
  const wasThere = new Set(ids(before));
  const stayed = ids(after).filter((id) => wasThere.has(id));
  // Whoever let an offer pass and signs up in the same breath stands at the end.
  const rejoined = stayed.filter((id, index) => index === stayed.length - 1 && ids(after).at(-1) === id);
  const kept = stayed.filter((id) => !rejoined.includes(id));
  expect(kept).toEqual(ids(before).filter((id) => kept.includes(id)));
  expect(ids(after).slice(0, kept.length)).toEqual(kept);
}

test('in any order of events: never overfilled, the order kept, and exactly those told whom it concerns', () => {
  const commands = [signsUp, signsUp, signsUp, goes, accepts, accepts, timePasses, resizes, moves, keepsSeats].map(
    (kind) => kind.map(asCommand),
  );
  fc.assert(
    fc.property(
      fc.commands(commands, { maxCommands: 60, size: 'max' }),
      fc.integer({ min: 3, max: 6 }),
      fc.constantFrom(1, 2, noLimit),
      fc.constantFrom(1, 24, 168),
      (steps, capacity, limit, offerHours) => {
        const book = { capacity, perCouncil: limit === noLimit ? null : limit, entries: [] };
        fc.modelRun(() => ({ model: openRoom(capacity, limit, offerHours), real: { book, told: [] } }), steps);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  ['the set hours', 0, 24, 10_080, 24 * 60],
  ['an hour before it begins, where that is sooner', 0, 24, 600, 540],
  ['a quarter of an hour at least', 0, 24, 70, 15],
  ['three quarters of an hour before it begins at the very latest', 0, 24, 61, 15],
])('an offer is kept for %s', (_, now, offerHours, startsAt, until) => {
  expect(seats.offerEnd({ now: moment(now), startsAt: moment(startsAt), offerHours })).toEqual(moment(until));
});

test('an offer ends on a whole minute, as it is said in words', () => {
  const now = new Date(epoch + 1_234);
  const end = seats.offerEnd({ now, startsAt: moment(10_080), offerHours: 1 });
  expect(end).toEqual(moment(61));
});
