import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';

const folder = join(import.meta.dirname, '../../src/store/migrations');

let database: FreshDatabase;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

async function run(from: string, to: string): Promise<void> {
  for (const file of (await readdir(folder)).toSorted()) {
    const number = file.slice(0, 4);
    if (number >= from && number <= to) await database.pool.query(await readFile(join(folder, file), 'utf8'));
  }
}

test('conversations that were announced before have all on the agenda that those of now have', async () => {
  const { pool } = database;
  await pool.query('drop schema public cascade; create schema public');
  await run('0001', '0005');
  const starts = [
    ['coming', `now() + interval '30 days'`, 'null'],
    ['tomorrow', `now() + interval '1 day'`, 'null'],
    ['cancelled', `now() + interval '30 days'`, 'now()'],
    ['past', `now() - interval '30 days'`, 'null'],
  ];
  for (const [title, at, cancelled] of starts) {
    await pool.query(
      `insert into conversations (id, theme, title, about, starts_at, zone, minutes, capacity, link, created_at, cancelled_at)
       values (gen_random_uuid(), 'a/b', $1, '', ${at}, 'Europe/London', 90, 8, '', now(), ${cancelled})`,
      [title],
    );
  }
  await run('0006', '0006');
  const { rows } = await pool.query<{ title: string; kind: string; hours: string }>(
    `select title, kind, extract(epoch from due_at - starts_at) / 3600 as hours
       from agenda join conversations on conversations.id::text = subject order by title, kind`,
  );
  expect(rows.map(({ title, kind, hours }) => [title, kind, Number(hours)])).toEqual([
    ['coming', 'afterwards.over', 1.5],
    ['coming', 'conversations.count', -48],
    ['tomorrow', 'afterwards.over', 1.5],
  ]);
});

test('a topic of long ago is on offer as if it had been suggested on the day of the upgrade', async () => {
  const { pool } = database;
  await pool.query('drop schema public cascade; create schema public');
  await run('0001', '0005');
  await pool.query(`insert into councils (id, name, type, nation) values (gen_random_uuid(), 'Leeds', '', 'England')`);
  await pool.query(
    `insert into members (id, council_id, name, email, role, level, zone, permission, status)
     select gen_random_uuid(), id, 'A', 'a@leeds.example', 'R', 'director', 'Europe/London', 'host', 'active' from councils`,
  );
  await pool.query(
    `insert into topics (id, member_id, title, about, suggested_at)
     select gen_random_uuid(), id, 'Old', '', now() - interval '1 year' from members`,
  );
  await run('0006', '0006');
  const { rows } = await pool.query<{ fresh: boolean }>(
    `select wanted_at > now() - interval '1 day' as fresh from topics`,
  );
  expect(rows).toEqual([{ fresh: true }]);
});

test('a button that stands on the web and proposed a conversation still does', async () => {
  const { pool } = database;
  await pool.query('drop schema public cascade; create schema public');
  await run('0001', '0005');
  const button = (intent: unknown) => ({ heading: 'H', buttons: [{ kind: 'does', label: 'L', intent }] });
  await pool.query(`insert into councils (id, name, type, nation) values (gen_random_uuid(), 'Leeds', '', 'England')`);
  await pool.query(
    `insert into members (id, council_id, name, email, role, level, zone, permission, status)
     select gen_random_uuid(), id, 'A', 'a@leeds.example', 'R', 'director', 'Europe/London', 'host', 'active' from councils`,
  );
  for (const intent of [{ kind: 'conversations.open-proposal' }, { kind: 'conversations.list' }]) {
    await pool.query(
      `with said as (
         insert into deliveries (id, key, kind, subject, member_id, not_before, created_at)
         select gen_random_uuid(), $1::text, 'network.welcome', '', id, now(), now() from members returning id, member_id)
       insert into web_inbox (delivery_id, member_id, message, sent_at) select id, member_id, $2, now() from said`,
      [intent.kind, JSON.stringify(button(intent))],
    );
  }
  await run('0006', '0006');
  const { rows } = await pool.query<{ message: unknown }>(
    'select message from web_inbox join deliveries on id = delivery_id order by key',
  );
  expect(rows.map(({ message }) => message)).toEqual([
    button({ kind: 'conversations.list' }),
    button({ kind: 'proposals.open', topic: '', follows: '', theme: '' }),
  ]);
});
