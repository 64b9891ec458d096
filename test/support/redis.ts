import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';

export interface TestRedis {
  readonly url: string;
  /** All keys of the test begin so. */
  readonly prefix: string;
  /** Forgets everything, as a Redis does that is emptied. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A Redis of the test's own, which can be killed and come back on the same port, remembering nothing. */
export interface PrivateRedis extends TestRedis {
  start(): Promise<void>;
  kill(): Promise<void>;
}

function programPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path));
}

const missing = 'no redis-server on PATH; apt-get install redis-server';

/**
 * Why there is no Redis for these tests; '' when there is one. With CI=true it is always '': there nothing is skipped,
 * and opening one fails instead.
 */
export function redisAbsence({ alone = false } = {}): string {
  if (programPath() !== undefined || process.env['CI'] === 'true') return '';
  return !alone && process.env['TEST_REDIS_URL'] !== undefined ? '' : ` (skipped: ${missing})`;
}

/** The Redis of TEST_REDIS_URL, or else one of the test's own. */
export async function openRedis(): Promise<TestRedis> {
  const url = process.env['TEST_REDIS_URL'];
  if (url !== undefined) return shared(url);
  const redis = await privateRedis();
  await redis.start();
  return redis;
}

function shared(url: string): TestRedis {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  const client = new Redis(url);
  const empty = async (): Promise<void> => {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.del(...keys);
  };
  return {
    url,
    prefix,
    empty,
    async close() {
      await empty();
      client.disconnect();
    },
  };
}

/** @throws Error when there is no redis-server on the PATH */
export async function privateRedis(): Promise<PrivateRedis> {
  const program = programPath();
  if (program === undefined) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-redis-'));
  const port = await freePort();
  let running: ChildProcess | undefined;

  const kill = async (): Promise<void> => {
    if (running === undefined) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
    running = undefined;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    prefix: 'test',
    async start() {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
      running = spawn(program, options, { stdio: 'ignore' });
      await ask(port, (client) => client.ping());
    },
    kill,
    empty: () => ask(port, (client) => client.flushall()),
    async close() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function ask(port: number, question: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(port, { retryStrategy: () => 20, maxRetriesPerRequest: 250 });
  // Refused until the server is up; each question is tried again meanwhile.
  client.on('error', () => {});
  try {
    await question(client);
  } finally {
    client.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}
