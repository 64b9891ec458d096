import { sql } from 'kysely';
import type { Platform } from '../account.ts';
import type { Transaction } from '../store/database.ts';
import { readLaneTimes, readSilentLanes } from './lane-times.ts';
import { laneOf, placeKey } from './lanes.ts';
import type { Pace } from './model.ts';
import { openingOf, type Standing, type Traffic, takenPlaces, type Waiting } from './pace.ts';
import { underWayMs } from './rules.ts';

/** A delivery that waits, and which of its attempts comes next. */
export interface Candidate extends Waiting {
  readonly attempt: number;
}

/** @param leaseMs how long one that was queued counts as on its way; after that its job is taken for lost */
export async function readTraffic(
  tx: Transaction,
  now: Date,
  leaseMs: number,
  paces: ReadonlyMap<Platform, Pace>,
): Promise<Traffic> {
  const queuedSince = new Date(now.getTime() - leaseMs);
  const sendingSince = new Date(now.getTime() - underWayMs);
  const { rows } = await sql<Standing>`
    select stream, coalesce(member_id, room_id) as place
      from deliveries
     where status = 'pending' and queued_at >= ${queuedSince} and stream is not null
    union all
    select stream, coalesce(member_id, room_id) as place
      from deliveries
     where status = 'sending' and sending_at >= ${sendingSince} and stream is not null`.execute(tx);
  const lanes = Map.groupBy(rows, ({ stream }) => laneOf(stream));
  return {
    now,
    freeAt: await readLaneTimes(tx, now),
    underWay: new Map([...lanes].map(([lane, those]) => [lane, those.length])),
    taken: new Set(rows.map(({ stream, place }) => placeKey(laneOf(stream), place))),
    silent: await readSilentLanes(tx),
    paces,
  };
}

/** Every stream in which something waits, due or not. Jumps from one to the next, however many wait in each. */
export async function waitingStreams(tx: Transaction): Promise<readonly string[]> {
  const { rows } = await sql<{ stream: string }>`
    with recursive found (stream) as (
      select min(stream) from deliveries where status = 'pending' and stream is not null
      union all
      select (select min(stream) from deliveries where status = 'pending' and stream > found.stream)
        from found
       where found.stream is not null
    )
    select stream from found where stream is not null`.execute(tx);
  return rows.map(({ stream }) => stream);
}

/** So many are looked at in each open stream at least: enough to find one whose place is free. */
const fewest = 50;

/**
 * Of each stream that is open the oldest that are due, a few more than may go; all of them together the oldest first.
 * A stream that is closed costs nothing, and no stream's backlog is read to its end.
 */
export async function readWaiting(
  tx: Transaction,
  traffic: Traffic,
  leaseMs: number,
  streams: readonly string[],
): Promise<readonly Candidate[]> {
  const wanted = streams.flatMap((stream) => {
    const { count } = openingOf(traffic, stream);
    return count === 0 ? [] : [{ stream, most: Math.max(fewest, count), taken: takenPlaces(traffic, stream) }];
  });
  if (wanted.length === 0) return [];
  const lost = new Date(traffic.now.getTime() - leaseMs);
  const { rows } = await sql<Candidate>`
    select waiting.id, waiting.attempts as attempt, waiting.stream, waiting.place
      from jsonb_to_recordset(${JSON.stringify(wanted)}) as wanted (stream text, most integer, taken uuid[]),
           lateral (
             select id, attempts, stream, coalesce(member_id, room_id) as place, created_at
               from deliveries
              where status = 'pending'
                and stream = wanted.stream
                and not_before <= ${traffic.now}
                and (queued_at is null or queued_at < ${lost})
                and coalesce(member_id, room_id) <> all (wanted.taken)
              order by created_at, id
              limit wanted.most
           ) as waiting
     order by waiting.created_at, waiting.id`.execute(tx);
  return rows;
}
