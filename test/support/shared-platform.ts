import type pg from 'pg';
import { z } from 'zod';
import type { Outbound } from '../../src/delivery/model.ts';

/** What a platform has of one delivery, as often as it was sent. */
const Kept = z.object({ delivery: z.uuid(), times: z.number() });

/** Makes room for what is sent in the test's own database, where processes that come and go all find it. */
export async function openSharedPlatform(pool: pg.Pool) {
  await pool.query('create table kept_by_platform (delivery uuid not null, kept_at timestamptz default now())');
  return {
    async kept(): Promise<readonly z.infer<typeof Kept>[]> {
      const { rows } = await pool.query('select delivery, count(*)::int as times from kept_by_platform group by 1');
      return z.array(Kept).parse(rows);
    },
  };
}

/**
 * The same platform as one process reaches it. It remembers what it was sent, and can be asked.
 *
 * @param onSend told how many were sent from here, before and after each is kept; may never come back
 */
export function sharedPlatform(
  pool: pg.Pool,
  platform: Outbound['platform'],
  onSend: (when: 'before' | 'after') => Promise<void>,
): Outbound {
  return {
    platform,
    pace: { inFlight: 1000, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
    async send({ deliveryId }) {
      await onSend('before');
      await pool.query('insert into kept_by_platform (delivery) values ($1)', [deliveryId]);
      await onSend('after');
      return { kind: 'sent', receipt: {} };
    },
    async findTrace({ deliveryId }) {
      const { rowCount } = await pool.query('select from kept_by_platform where delivery = $1', [deliveryId]);
      return rowCount === 0 ? { kind: 'not-sent' } : { kind: 'sent', receipt: {} };
    },
  };
}
