import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pace } from '../../../adapters/teams/outbound.ts';
import { changesKey, laneKey, messagesKey, placeKey } from '../../../src/delivery/lanes.ts';
import { planDispatch, takenPlaces, type Waiting } from '../../../src/delivery/pace.ts';

/*
 * However much waits for one tenant, Teams is never asked for more than it takes.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */

interface Posted extends Waiting {
  readonly at: number;
  readonly takesMs: number;
}

interface Departure extends Posted {
  readonly left: number;
}

const lane = laneKey('teams', 'tenant');
const streams = [messagesKey(lane), changesKey(lane)];

/** So many of each stream are read for a plan, as by the relay. */
const atOnce = 50;

/** Plans at every moment at which something can change. */
function live(posted: readonly Posted[]): readonly Departure[] {
  const freeAt = new Map<string, Date>();
  const left: Departure[] = [];
  let rest = posted.toSorted((a, b) => a.at - b.at);
  let under: readonly Departure[] = [];
  for (let now = 0; rest.length > 0; ) {
    under = under.filter((each) => each.left + each.takesMs > now);
    const traffic = {
      now: new Date(now),
      freeAt,
      underWay: new Map([[lane, under.length]]),
      taken: new Set(under.map(({ place }) => placeKey(lane, place))),
      silent: new Set<string>(),
      paces: new Map([['teams', pace] as const]),
    };
    const waiting = streams.flatMap((stream) => {
      const taken = new Set(takenPlaces(traffic, stream));
      return rest.filter((each) => each.at <= now && each.stream === stream && !taken.has(each.place)).slice(0, atOnce);
    });
    const plan = planDispatch(traffic, streams, waiting);
    for (const [key, time] of plan.freeAt) freeAt.set(key, time);
    const gone = plan.go.map((each) => ({ ...each, left: now }));
    const ids = new Set(gone.map(({ id }) => id));
    rest = rest.filter(({ id }) => !ids.has(id));
    under = [...under, ...gone];
    left.push(...gone);
    const moments = [
      plan.next?.getTime() ?? Infinity,
      ...under.map((each) => each.left + each.takesMs),
      ...rest.map(({ at }) => at),
    ];
    now = Math.min(...moments.filter((moment) => moment > now));
  }
  return left;
}

/** The most that leave within any stretch of this length, its end not counted. */
function mostWithin(times: readonly number[], ms: number): number {
  let from = 0;
  return times.reduce((most, time, to) => {
    while (time - (times[from] ?? 0) >= ms) from += 1;
    return Math.max(most, to - from + 1);
  }, 0);
}

/** What Teams takes from one bot in one conversation: so many within so many milliseconds. */
const conversationLimits = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
  [3_600_000, 1_800],
] as const;

function expectWithinLimits(left: readonly Departure[]): void {
  for (const those of Map.groupBy(left, ({ place }) => place).values()) {
    const times = those.map((each) => each.left);
    for (const [ms, most] of conversationLimits) expect(mostWithin(times, ms)).toBeLessThanOrEqual(most);
  }
  const times = left.map((each) => each.left);
  // Half of the older limit of an app in a tenant; and in the long run the five a second that we plan with.
  expect(mostWithin(times, 1_000)).toBeLessThanOrEqual(15);
  expect(mostWithin(times, 60_000)).toBeLessThanOrEqual(5 * 60 + pace.burst + 2);
}

const anyBacklog: fc.Arbitrary<readonly Posted[]> = fc
  .array(
    fc.record({
      stream: fc.constantFrom(...streams),
      place: fc.integer({ min: 1, max: 400 }).map(String),
      at: fc.constantFrom(0, 0, 0, 500, 3_000, 20_000),
      takesMs: fc.constantFrom(5, 150, 900, 20_000),
    }),
    { minLength: 200, maxLength: 400, size: 'max' },
  )
  .map((all) => all.map((each, index) => ({ ...each, id: String(index) })));

describe('to one tenant', () => {
  test('hundreds of messages and changes at once stay within every limit, and all leave', () => {
    void fc.assert(
      fc.property(anyBacklog, (posted) => {
        const left = live(posted);
        expect(left).toHaveLength(posted.length);
        expectWithinLimits(left);
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('an hour and more of messages to one conversation stays within every limit', () => {
    const posted = Array.from({ length: 2_000 }, (_, index) => {
      return { id: String(index), stream: streams[index % 2] ?? '', place: 'a channel', at: 0, takesMs: 5 };
    });
    const left = live(posted);
    expect(left).toHaveLength(posted.length);
    expectWithinLimits(left);
    // A fifth of the hour is left for what is answered at once.
    expect(
      mostWithin(
        left.map((each) => each.left),
        3_600_000,
      ),
    ).toBeLessThanOrEqual(1_440);
  });

  test('the weekly prompt reaches two hundred people within a minute and a half', () => {
    const [stream = ''] = streams;
    const posted = Array.from({ length: 200 }, (_, index) => {
      return { id: String(index), stream, place: String(index), at: 0, takesMs: 300 };
    });
    expect(Math.max(...live(posted).map((each) => each.left))).toBeLessThan(90_000);
  });
});
