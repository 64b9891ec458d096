import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Permanent } from '../../src/errors.ts';
import { nameFor } from '../../src/store/embedded-root.ts';
import {
  ask,
  endAll,
  folders,
  isAlive,
  makeFolder,
  open,
  portrait,
  serverPid,
  signalServer,
} from '../support/embedded.ts';
import { patience } from '../support/patience.ts';

afterEach(endAll);

describe('a data folder of its own', () => {
  test('a first start makes a database in UTF-8 and UTC that is safe on disk and listens on no network', async () => {
    const dataDir = await makeFolder();
    const server = await open(join(dataDir, 'made/on/the/way'), { durable: true });

    expect(server.adopted).toBe(false);
    expect(await ask(server, 'SELECT current_database()')).toBe('colloquy');
    expect(await ask(server, 'SHOW server_encoding')).toBe('UTF8');
    expect(await ask(server, 'SHOW timezone')).toBe('UTC');
    expect(await ask(server, "SELECT lower('ÉÂŴ')")).toBe('éâŵ');
    expect(await ask(server, 'SHOW fsync')).toBe('on');
    expect(await ask(server, 'SHOW full_page_writes')).toBe('on');
    expect(await ask(server, 'SHOW listen_addresses')).toBe('');
    const folder = join(dataDir, 'made/on/the/way/postgres');
    expect(server.connection.host).toBe(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  test('what was written is there after stopping and starting again', async () => {
    const dataDir = await makeFolder();
    const first = await open(dataDir);
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await serverPid(join(dataDir, 'postgres'));
    await first.stop();
    expect(isAlive(pid)).toBe(false);

    const second = await open(dataDir);
    expect(second.adopted).toBe(false);
    expect(await ask(second, 'SELECT answer FROM kept')).toBe(42);
  });

  test('stopping twice, at once or later, is harmless, and ends the sessions of others', async () => {
    const server = await open(await makeFolder());
    const client = new pg.Client(server.connection);
    client.on('error', () => {});
    await client.connect();
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    await expect(ask(server, 'SELECT 1')).rejects.toThrow('ENOENT');
  });

  test('stopping again does not touch the server of whoever came after', async () => {
    const dataDir = await makeFolder();
    const first = await open(dataDir);
    await first.stop();
    const second = await open(dataDir);
    await first.stop();
    expect(await ask(second, 'SELECT 1')).toBe(1);
  });

  test('without its password nobody gets in', async () => {
    const { connection } = await open(await makeFolder());
    const client = new pg.Client({ ...connection, password: 'guessed' });
    await expect(client.connect()).rejects.toThrow('password authentication failed');
  });

  test('neither an error nor a statement is written to the log, not even of one cut off by the stop', async () => {
    const dataDir = await makeFolder();
    const server = await open(dataDir);
    await expect(ask(server, "SELECT 'what a member wrote'::int")).rejects.toThrow('what a member wrote');
    const cutOff = expect(ask(server, "SELECT pg_sleep(60), 'what a member wrote'")).rejects.toThrow('terminat');
    const running = "SELECT count(*)::int FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    await vi.waitFor(async () => expect(await ask(server, running)).toBe(1), patience);
    await server.stop();
    await cutOff;
    expect(await readFile(join(dataDir, 'postgres', 'server.log'), 'utf8')).not.toContain('what a member wrote');
  });

  test('a folder whose path is too long for a socket has a private one among the temporary files', async () => {
    const dataDir = join(await makeFolder(), 'a-long-name/'.repeat(10));
    const server = await open(dataDir);
    const { host } = server.connection;
    expect(dirname(host)).toBe(tmpdir());
    expect((await stat(host)).mode & 0o777).toBe(0o700);
    expect(await ask(server, 'SELECT 1')).toBe(1);
    await server.stop();
    expect(existsSync(host)).toBe(false);
  });

  test('that private folder is not trusted when someone else could have made it', async () => {
    const dataDir = join(await makeFolder(), 'a-long-name/'.repeat(10));
    const trap = join(tmpdir(), `colloquy-${nameFor(join(dataDir, 'postgres'))}`);
    await mkdir(trap, { mode: 0o755 });
    folders.push(trap);
    await expect(open(dataDir)).rejects.toThrow(`${trap} is needed for the database's socket`);
  });

  test('a folder may have any name', async () => {
    const server = await open(join(await makeFolder(), `it's a "$HOME", \`odd\` näme`));
    expect(await ask(server, 'SELECT 1')).toBe(1);
  });

  test('a server that dies under us is started again', async () => {
    const dataDir = await makeFolder();
    const server = await open(dataDir);
    await signalServer(join(dataDir, 'postgres'), 'SIGKILL');
    await vi.waitFor(async () => expect(await ask(server, 'SELECT 1')).toBe(1), patience);
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });
});

describe('a folder that is not a whole database', () => {
  test.each([
    ['has lost its version', 'no PG_VERSION', (folder: string) => rm(join(folder, 'PG_VERSION'))],
    [
      'was made by another PostgreSQL',
      'PostgreSQL 15',
      (folder: string) => writeFile(join(folder, 'PG_VERSION'), '15\n'),
    ],
    ['has an empty version', 'unknown', (folder: string) => writeFile(join(folder, 'PG_VERSION'), '')],
  ])('one that %s is refused and left as it is', async (_, complaint, spoil) => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    await spoil(join(dataDir, 'postgres'));
    await expectRefusal(dataDir, complaint);
  });

  test("one with someone else's files is refused and left as it is", async () => {
    const dataDir = await makeFolder();
    await mkdir(join(dataDir, 'postgres'));
    await writeFile(join(dataDir, 'postgres', 'holiday.jpg'), 'beach');
    await expectRefusal(dataDir, 'not empty');
  });

  test('a database whose files are damaged is refused with what the server says', async () => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    await rm(join(dataDir, 'postgres', 'global', 'pg_control'));
    await expect(open(dataDir)).rejects.toThrow(/does not start.*pg_control/);
  });

  async function expectRefusal(dataDir: string, complaint: string): Promise<void> {
    const before = await portrait(dataDir);
    const refusal = await open(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Permanent);
    expect(String(refusal)).toContain(join(dataDir, 'postgres'));
    expect(String(refusal)).toContain(complaint);
    expect(String(refusal)).toContain('Nothing was touched');
    expect(await portrait(dataDir)).toEqual(before);
  }
});
