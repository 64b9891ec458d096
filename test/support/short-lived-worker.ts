/**
 * A worker process that does whatever is due and ends in the middle of it, as if it were killed:
 * `node short-lived-worker.ts '<JSON of what is parsed below>'`.
 */
import pg from 'pg';
import { z } from 'zod';
import { startJobs } from '../../jobs/run.ts';
import { createLog } from '../../src/log.ts';
import { standardPeriods } from '../../src/retention/periods.ts';
import { createCipher } from '../../src/store/cipher.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createSetClock } from '../../src/time/clock.ts';
import { sharedPlatform } from './shared-platform.ts';

const given = z
  .object({
    connection: z.looseObject({}),
    carrier: z.object({ kind: z.literal('redis'), url: z.string(), prefix: z.string() }),
    now: z.iso.datetime(),
    /** After so many messages it ends, once before the platform has the last of them, or once it has. */
    sends: z.number(),
    ends: z.enum(['before', 'after']),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const core = {
  db: openDatabase(new pg.Pool(given.connection)),
  clock: createSetClock(new Date(given.now)),
  cipher: createCipher(Buffer.alloc(32, 7)),
  frameworks: [],
  publicUrl: 'http://localhost:3000',
  retention: standardPeriods,
  closing: new AbortController().signal,
};
const mailbox = new pg.Pool(given.connection);
let sent = 0;
async function onSend(when: 'before' | 'after'): Promise<void> {
  if (when === given.ends) sent += 1;
  if (sent < given.sends) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}
const outbounds = new Map(
  (['web', 'email'] as const).map((platform) => [platform, sharedPlatform(mailbox, platform, onSend)]),
);
const options = { carrier: given.carrier, database: given.connection, sweepEveryMs: 500, concurrency: 5 };
await startJobs(core, outbounds, options, createLog('silent'));
