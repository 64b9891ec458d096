import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cardsKey,
  changesKey,
  homesKey,
  laneKey,
  laneOf,
  messagesKey,
  noStream,
  placeKey,
} from '../../src/delivery/lanes.ts';
import type { Pace } from '../../src/delivery/model.ts';
import { planDispatch, type Traffic, type Waiting } from '../../src/delivery/pace.ts';

/** A message or a change that is posted at some moment, and how long its sending takes. */
interface Posted extends Waiting {
  readonly at: number;
  readonly takesMs: number;
}

interface Held {
  readonly lane: string;
  readonly from: number;
  readonly until: number;
}

interface Departure extends Posted {
  readonly left: number;
  /** How many had left before it in the same plan and stream. */
  readonly turn: number;
  readonly plan: number;
}

const lanes = [laneKey('slack', 'A'), laneKey('slack', 'B'), laneKey('teams', 'C')];

/** Lives through it all, planning at every moment at which something can change, and at no other. */
function live(pace: Pace, posted: readonly Posted[], holds: readonly Held[] = []): readonly Departure[] {
  const paces = new Map([['slack', pace] as const, ['teams', { ...pace, spaceMs: 0, placeMs: 0 }] as const]);
  const left: Departure[] = [];
  const freeAt = new Map<string, Date>();
  let next: number | undefined;
  let now = -1;
  for (let plan = 0; left.length < posted.length; plan += 1) {
    const ends = left.map((each) => each.left + each.takesMs);
    const moments = [...posted.map(({ at }) => at), ...ends, ...holds.map(({ from }) => from), next ?? 0];
    now = Math.min(...moments.filter((moment) => moment > now));
    // Infinity: nothing will ever move the rest.
    expect(now).toBeLessThan(Infinity);
    for (const { lane, until } of holds.filter(({ from }) => from === now)) raise(freeAt, lane, new Date(until));
    const under = left.filter((each) => each.left + each.takesMs > now);
    const traffic: Traffic = {
      now: new Date(now),
      freeAt,
      underWay: new Map(lanes.map((lane) => [lane, under.filter(({ stream }) => laneOf(stream) === lane).length])),
      taken: new Set(under.map(({ stream, place }) => placeKey(laneOf(stream), place))),
      silent: new Set(),
      paces,
    };
    const gone = new Set(left.map(({ id }) => id));
    const waiting = posted.filter(({ id, at }) => at <= now && !gone.has(id)).toSorted((a, b) => a.at - b.at);
    const decided = planDispatch(traffic, [...new Set(waiting.map(({ stream }) => stream))], waiting);
    for (const [key, time] of decided.freeAt) raise(freeAt, key, time);
    const turns = new Map<string, number>();
    for (const each of decided.go) {
      const turn = turns.get(each.stream) ?? 0;
      turns.set(each.stream, turn + 1);
      left.push({ ...each, left: now, turn, plan });
    }
    next = decided.next?.getTime();
    if (next !== undefined) expect(next).toBeGreaterThan(now);
  }
  return left;
}

function raise(times: Map<string, Date>, key: string, time: Date): void {
  const before = times.get(key);
  if (before === undefined || before < time) times.set(key, time);
}

const anyPace: fc.Arbitrary<Pace> = fc.record({
  inFlight: fc.integer({ min: 1, max: 4 }),
  spaceMs: fc.constantFrom(0, 100, 500),
  burst: fc.integer({ min: 0, max: 4 }),
  placeMs: fc.constantFrom(0, 200, 1000),
  changeMs: fc.constantFrom(0, 300, 1200),
});

/** The streams of changes in a lane, those together that share a pace. */
const changeStreams = (lane: string) => [[changesKey(lane), cardsKey(lane)], [homesKey(lane)]];

const anyPosted: fc.Arbitrary<readonly Posted[]> = fc
  .array(
    fc.record({
      stream: fc.constantFrom(
        ...lanes.flatMap((lane) => [messagesKey(lane), messagesKey(lane), ...changeStreams(lane).flat()]),
      ),
      place: fc.constantFrom('p', 'q', 'r'),
      at: fc.integer({ min: 0, max: 2_000 }),
      takesMs: fc.constantFrom(1, 50, 400, 3_000),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) => all.map((each, index) => ({ ...each, id: String(index) })));

const anyHolds = fc.array(
  fc
    .record({ lane: fc.constantFrom(...lanes), from: fc.integer({ min: 0, max: 2_000 }), for: fc.nat(5_000) })
    .map(({ lane, from, for: ms }): Held => ({ lane, from, until: from + ms })),
  { maxLength: 3 },
);

function forAll(check: (left: readonly Departure[], pace: Pace, holds: readonly Held[]) => void): void {
  void fc.assert(
    fc.property(anyPace, anyPosted, anyHolds, (pace, posted, holds) => {
      check(live(pace, posted, holds), pace, holds);
    }),
    { numRuns: 300 },
  );
}

const ofLane = (left: readonly Departure[], lane: string) => left.filter(({ stream }) => laneOf(stream) === lane);
const slackLanes = lanes.slice(0, 2);

describe('however much waits, wherever, and however long each takes', () => {
  test('everything leaves in the end', () => {
    forAll((left) => expect(new Set(left.map(({ id }) => id)).size).toBe(left.length));
  });

  test('no more are on their way to a lane than its platform allows', () => {
    forAll((left, pace) => {
      for (const lane of lanes) {
        const those = ofLane(left, lane);
        for (const { left: moment } of those) {
          const under = those.filter((each) => each.left <= moment && moment < each.left + each.takesMs);
          expect(under.length).toBeLessThanOrEqual(pace.inFlight);
        }
      }
    });
  });

  test('in any stretch of time a lane gets a burst and then its steady pace, no more', () => {
    forAll((left, pace) => {
      if (pace.spaceMs === 0) return;
      for (const lane of slackLanes) {
        const times = left.filter(({ stream }) => stream === messagesKey(lane)).map((each) => each.left);
        times.forEach((from, i) => {
          times.slice(i).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(Math.max(1, pace.burst) + (to - from) / pace.spaceMs);
          });
        });
      }
    });
  });

  test('changes of cards have a pace of their own, whoever reads them, and so have homes', () => {
    forAll((left, pace) => {
      for (const keys of lanes.flatMap(changeStreams)) {
        const times = left.filter(({ stream }) => keys.includes(stream)).map((each) => each.left);
        for (const [i, time] of times.slice(1).entries()) {
          expect(time - (times[i] ?? 0)).toBeGreaterThanOrEqual(pace.changeMs);
        }
      }
    });
  });

  test('a card that many read never waits for those that one person each was sent', () => {
    forAll((left, pace) => {
      if (pace.changeMs === 0) return;
      for (const lane of lanes.filter((each) => pace.placeMs === 0 || each === lanes[2])) {
        const read = left.filter(({ stream }) => stream === changesKey(lane));
        for (const own of left.filter(({ stream }) => stream === cardsKey(lane))) {
          expect(read.filter(({ at, left: gone }) => at <= own.left && own.left < gone)).toEqual([]);
        }
      }
    });
  });

  test('one place gets one thing at a time, each some time after the other', () => {
    forAll((left, pace) => {
      if (pace.placeMs === 0) return;
      for (const those of Map.groupBy(left, ({ stream, place }) => placeKey(laneOf(stream), place)).values()) {
        for (const [i, each] of those.slice(1).entries()) {
          const before = those[i];
          if (before === undefined || laneOf(each.stream) === lanes[2]) continue;
          expect(each.left).toBeGreaterThanOrEqual(before.left + Math.max(pace.placeMs, before.takesMs));
        }
      }
    });
  });

  test('the oldest goes first, in each stream to each place', () => {
    forAll((left) => {
      for (const those of Map.groupBy(left, ({ stream, place }) => `${stream} ${place}`).values()) {
        const times = those.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
    });
  });

  test('a lane that is held gets nothing', () => {
    forAll((left, _pace, holds) => {
      for (const { lane, from, until } of holds) {
        expect(ofLane(left, lane).filter((each) => each.left >= from && each.left < until)).toEqual([]);
      }
    });
  });

  test('the streams take turns', () => {
    forAll((left) => {
      for (const plan of Map.groupBy(left, (each) => each.plan).values()) {
        const turns = plan.map(({ turn }) => turn);
        expect(turns).toEqual(turns.toSorted((a, b) => a - b));
      }
    });
  });

  test('a lane’s deliveries leave at the same moments whatever goes on in the others', () => {
    void fc.assert(
      fc.property(anyPace, anyPosted, anyHolds, (pace, posted, holds) => {
        const [lane = ''] = lanes;
        const own = posted.filter(({ stream }) => laneOf(stream) === lane);
        const ownHolds = holds.filter((hold) => hold.lane === lane);
        const when = (left: readonly Departure[]) => ofLane(left, lane).map((each) => [each.id, each.left]);
        expect(when(live(pace, posted, holds))).toEqual(when(live(pace, own, ownHolds)));
      }),
      { numRuns: 300 },
    );
  });
});

test('what no channel reaches, and what a channel reaches that is switched off, waits for nothing', () => {
  const waiting = [noStream, messagesKey(laneKey('slack', 'A'))].map((stream, id) => ({
    id: String(id),
    stream,
    place: 'p',
  }));
  const traffic = {
    now: new Date(0),
    freeAt: new Map(),
    underWay: new Map(),
    taken: new Set<string>(),
    silent: new Set<string>(),
    paces: new Map(),
  };
  expect(planDispatch(traffic, [], waiting).go).toEqual(waiting);
});
