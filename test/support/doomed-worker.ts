/**
 * A worker process that is to be killed in the middle of a send: `node doomed-worker.ts '<JSON of what is parsed below>'`.
 * It writes a line to its output when it has got there, and then waits.
 */
import pg from 'pg';
import { z } from 'zod';
import { startJobs } from '../../jobs/run.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import { createLog } from '../../src/log.ts';
import { standardPeriods } from '../../src/retention/periods.ts';
import { createCipher } from '../../src/store/cipher.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSetClock } from '../../src/time/clock.ts';

const connection = z.looseObject({});
const doomedWorker = z.object({
  connection,
  carrier: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('postgres'), connection }),
    z.object({ kind: z.literal('redis'), url: z.string(), prefix: z.string() }),
  ]),
  now: z.iso.datetime(),
});

const given = doomedWorker.parse(JSON.parse(process.argv[2] ?? ''));
const core = {
  db: openDatabase(new pg.Pool(given.connection)),
  clock: createSetClock(new Date(given.now)),
  cipher: createCipher(Buffer.alloc(32, 7)),
  frameworks: [],
  publicUrl: 'http://localhost:3000',
  retention: standardPeriods,
  closing: new AbortController().signal,
};
const outbound: Outbound = {
  platform: 'web',
  pace: { inFlight: 10, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
  send({ deliveryId }) {
    process.stdout.write(`${deliveryId}\n`);
    return new Promise(() => {});
  },
  findTrace: () => Promise.resolve({ kind: 'unknown' }),
};
const options = { carrier: given.carrier, database: given.connection, sweepEveryMs: 1_000, concurrency: 2 };
await startJobs(core, new Map([['web', outbound]]), options, createLog('silent'));
