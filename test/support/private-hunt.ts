import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { z } from 'zod';

/** Somewhere that text may stand. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/** A word that nobody else says. Letters and digits alone: no way of writing text down changes them. */
export function createCanary(): string {
  return `kingfisher${randomBytes(8).toString('hex')}`;
}

/** The names of the places where a canary stands, in any dress. */
export function hunt(places: readonly Place[], canary: string): readonly string[] {
  const forms = dresses(canary);
  return places.filter(({ text }) => forms.some((form) => undressed(text).includes(form))).map(({ name }) => name);
}

/** As it is, as the database shows bytes, and as it stands inside anything in base64, wherever that begins. */
function dresses(canary: string): readonly string[] {
  const bytes = Buffer.from(canary);
  const inBase64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // Its ends mix with whatever stands beside it.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [
    canary,
    bytes.toString('hex'),
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** E-mail breaks lines inside words, with a sign before the break or without. */
function undressed(text: string): string {
  return text.replaceAll(/=?\r?\n/g, '');
}

const Table = z.object({ schema: z.string(), name: z.string() });

/** Every table of every schema, BullMQ's included, each row as PostgreSQL writes it. Nothing is opened that is sealed. */
export async function databasePlaces(connection: pg.PoolConfig): Promise<readonly Place[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const tables = await client.query(
      `select schemaname as schema, tablename as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const places: Place[] = [];
    for (const { schema, name } of z.array(Table).parse(tables.rows)) {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      const rows = await client.query(`select coalesce(string_agg(t::text, E'\\n'), '') as text from ${table} t`);
      const [row] = z.array(z.object({ text: z.string() })).parse(rows.rows);
      places.push({ name: `the table ${schema}.${name}`, text: row?.text ?? '' });
    }
    return places;
  } finally {
    await client.end();
  }
}

/** Every key that begins so, with all it holds. */
export async function redisPlaces({ url, prefix }: { readonly url: string; readonly prefix: string }) {
  const client = new Redis(url);
  try {
    const keys = await client.keys(`${prefix}*`);
    return await Promise.all(
      keys.map(
        async (key): Promise<Place> => ({ name: `Redis: ${key}`, text: `${key} ${await readKey(client, key)}` }),
      ),
    );
  } finally {
    client.disconnect();
  }
}

async function readKey(client: Redis, key: string): Promise<string> {
  switch (await client.type(key)) {
    case 'string':
      return (await client.get(key)) ?? '';
    case 'hash':
      return JSON.stringify(await client.hgetall(key));
    case 'list':
      return JSON.stringify(await client.lrange(key, 0, -1));
    case 'set':
      return JSON.stringify(await client.smembers(key));
    case 'zset':
      return JSON.stringify(await client.zrange(key, '0', '-1'));
    case 'stream':
      return JSON.stringify(await client.xrange(key, '-', '+'));
    default:
      return '';
  }
}
