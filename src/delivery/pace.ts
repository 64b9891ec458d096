import type { Platform } from '../account.ts';
import { cardsKey, changesKey, laneOf, messagesKey, placeIn, placeKey, platformOf } from './lanes.ts';
import type { Pace } from './model.ts';

/*
 * Which of the deliveries that wait may go now. Fair between lanes, and never faster than each platform allows.
 */

/** Where a delivery stands in line, and whom or what it is for. */
export interface Standing {
  readonly stream: string;
  /** The member's id or the room's. */
  readonly place: string;
}

export interface Waiting extends Standing {
  readonly id: string;
}

/** What is on the road already. */
export interface Traffic {
  readonly now: Date;
  /** By the keys of lanes.ts. What is not in it is free. */
  readonly freeAt: ReadonlyMap<string, Date>;
  /** How many are queued or being sent, by lane. */
  readonly underWay: ReadonlyMap<string, number>;
  /** The keys of the places they go to. */
  readonly taken: ReadonlySet<string>;
  /** The lanes that did not answer when they were last spoken to: one delivery at a time tries them. */
  readonly silent: ReadonlySet<string>;
  /** By platform; one that is not in it has no limits. */
  readonly paces: ReadonlyMap<Platform, Pace>;
}

export interface Plan<T extends Waiting> {
  /** In the order in which they go. */
  readonly go: readonly T[];
  /** The times that this plan uses up. */
  readonly freeAt: ReadonlyMap<string, Date>;
  /**
   * When more may go by the lanes' times alone; `undefined` when only a delivery that finishes, or a new one, can
   * change anything.
   */
  readonly next: Date | undefined;
}

/** How many of a stream may go now; when there is none, from when on (`undefined`: when one of the lane finishes). */
export type Opening = { readonly count: number } | { readonly count: 0; readonly from: Date | undefined };

/** What no platform limits: {@link noStream}, and platforms that are switched off. It goes in portions all the same. */
const unlimited: Pace = { inFlight: 500, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 };

function paceOf({ paces }: Traffic, stream: string): Pace {
  const platform = platformOf(stream);
  return (platform === undefined ? undefined : paces.get(platform)) ?? unlimited;
}

interface Rate {
  readonly gapMs: number;
  /** How many may go together after a rest. */
  readonly burst: number;
}

function rateOf(stream: string, pace: Pace): Rate {
  return stream === messagesKey(laneOf(stream))
    ? { gapMs: pace.spaceMs, burst: Math.max(1, pace.burst) }
    : { gapMs: pace.changeMs, burst: 1 };
}

function isCards(stream: string): boolean {
  return stream === cardsKey(laneOf(stream));
}

/** Whose time a stream uses: to a platform, the change of a card is one whoever reads it. */
function rateKey(stream: string): string {
  return isCards(stream) ? changesKey(laneOf(stream)) : stream;
}

/**
 * The rate is kept by the generic cell rate algorithm: a stream's time is when it would be even again, were it used
 * at its steady pace; it may run ahead of that by a burst. https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm
 */
export function openingOf(traffic: Traffic, stream: string): Opening {
  const now = traffic.now.getTime();
  const lane = laneOf(stream);
  const pace = paceOf(traffic, stream);
  const held = traffic.freeAt.get(lane);
  if (held !== undefined && held.getTime() > now) return { count: 0, from: held };
  const room = (traffic.silent.has(lane) ? 1 : pace.inFlight) - (traffic.underWay.get(lane) ?? 0);
  if (room <= 0) return { count: 0, from: undefined };
  const { gapMs, burst } = rateOf(stream, pace);
  if (gapMs === 0) return { count: room };
  const even = Math.max(traffic.freeAt.get(rateKey(stream))?.getTime() ?? 0, now);
  const count = Math.floor((now - even) / gapMs) + burst;
  return count > 0 ? { count: Math.min(room, count) } : { count: 0, from: new Date(even - (burst - 1) * gapMs) };
}

/** Whether nothing may go to this place yet: something is on its way there, or has just gone. */
function isTaken(traffic: Traffic, { stream, place }: Standing): boolean {
  if (paceOf(traffic, stream).placeMs === 0) return false;
  const key = placeKey(laneOf(stream), place);
  const free = traffic.freeAt.get(key);
  return traffic.taken.has(key) || (free !== undefined && free > traffic.now);
}

/** The places to which nothing of this stream may go yet. */
export function takenPlaces(traffic: Traffic, stream: string): readonly string[] {
  const places = [...traffic.taken, ...traffic.freeAt.keys()].flatMap((key) => {
    const place = placeIn(laneOf(stream), key);
    return place === undefined ? [] : [place];
  });
  return [...new Set(places)].filter((place) => isTaken(traffic, { stream, place }));
}

/**
 * Decides what goes now. The streams take turns, so that none waits for another's backlog; within a stream the oldest
 * goes first, but for those whose place is taken. Cards that one person each was sent come last in every turn: many of
 * them share a rate with the few that many read.
 *
 * @param streams all in which anything waits
 * @param waiting of each open stream the oldest, the oldest first; more of each than may go
 */
export function planDispatch<T extends Waiting>(
  traffic: Traffic,
  streams: readonly string[],
  waiting: readonly T[],
): Plan<T> {
  const road = {
    ...traffic,
    freeAt: new Map(traffic.freeAt),
    underWay: new Map(traffic.underWay),
    taken: new Set(traffic.taken),
  };
  const used = new Map<string, Date>();
  const go: T[] = [];
  let turns = [...Map.groupBy(waiting, ({ stream }) => stream)]
    .toSorted(([one], [other]) => Number(isCards(one)) - Number(isCards(other)))
    .map(([, queue]) => [...queue]);
  while (turns.length > 0) {
    turns = turns.filter((queue) => {
      const chosen = takeFirst(road, queue);
      if (chosen === undefined) return false;
      const times = timesAfter(road, chosen);
      for (const [key, time] of times) road.freeAt.set(key, time);
      for (const [key, time] of times) used.set(key, time);
      const lane = laneOf(chosen.stream);
      road.underWay.set(lane, (road.underWay.get(lane) ?? 0) + 1);
      road.taken.add(placeKey(lane, chosen.place));
      go.push(chosen);
      return true;
    });
  }
  return { go, freeAt: used, next: nextOpening(road, streams) };
}

function takeFirst<T extends Waiting>(traffic: Traffic, queue: T[]): T | undefined {
  const first = queue[0];
  if (first === undefined || openingOf(traffic, first.stream).count === 0) return undefined;
  const index = queue.findIndex((each) => !isTaken(traffic, each));
  return index === -1 ? undefined : queue.splice(index, 1)[0];
}

/** The times that sending this one uses up. */
function timesAfter(traffic: Traffic, { stream, place }: Standing): readonly (readonly [string, Date])[] {
  const now = traffic.now.getTime();
  const pace = paceOf(traffic, stream);
  const { gapMs } = rateOf(stream, pace);
  const even = Math.max(traffic.freeAt.get(rateKey(stream))?.getTime() ?? 0, now);
  const times: [string, Date][] = [];
  if (gapMs > 0) times.push([rateKey(stream), new Date(even + gapMs)]);
  if (pace.placeMs > 0) times.push([placeKey(laneOf(stream), place), new Date(now + pace.placeMs)]);
  return times;
}

/** The first moment at which a lane, a stream, or a place in an open stream is free again. */
function nextOpening(traffic: Traffic, streams: readonly string[]): Date | undefined {
  const openings = streams.map((stream) => ({ stream, opening: openingOf(traffic, stream) }));
  const open = new Set(openings.flatMap(({ stream, opening }) => (opening.count > 0 ? [laneOf(stream)] : [])));
  const streamTimes = openings.flatMap(({ opening }) => ('from' in opening && opening.from ? [opening.from] : []));
  const placeTimes = [...open].flatMap((lane) =>
    [...traffic.freeAt].flatMap(([key, time]) => (placeIn(lane, key) === undefined ? [] : [time])),
  );
  const times = [...streamTimes, ...placeTimes]
    .map((time) => time.getTime())
    .filter((ms) => ms > traffic.now.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
