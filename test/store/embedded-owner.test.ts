import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Permanent } from '../../src/errors.ts';
import {
  ask,
  children,
  endAll,
  isAlive,
  kill,
  makeFolder,
  open,
  outcomeOf,
  serverPid,
  signalServer,
  spawnOwner,
} from '../support/embedded.ts';
import { patience } from '../support/patience.ts';

afterEach(endAll);

describe('after a sudden end', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'a server left running by %s is taken over, and stopped properly',
    async (signal) => {
      const dataDir = await makeFolder();
      const child = spawnOwner(dataDir);
      expect(await outcomeOf(child)).toMatchObject({ opened: true, adopted: false });
      const pid = await serverPid(join(dataDir, 'postgres'));
      await kill(child, signal);

      const server = await open(dataDir);
      expect(server.adopted).toBe(true);
      expect(await serverPid(join(dataDir, 'postgres'))).toBe(pid);
      expect(await ask(server, 'SELECT current_database()')).toBe('colloquy');
      await server.stop();
      expect(isAlive(pid)).toBe(false);
    },
  );

  test('a server that was killed as well is started again', async () => {
    const dataDir = await makeFolder();
    const child = spawnOwner(dataDir);
    await outcomeOf(child);
    await kill(child, 'SIGKILL');
    await signalServer(join(dataDir, 'postgres'), 'SIGKILL');
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true);

    const server = await open(dataDir);
    expect(server.adopted).toBe(false);
    expect(await ask(server, 'SELECT 1')).toBe(1);
  });

  test('a stranger that was given the number of a dead server does not keep it from starting', async () => {
    const dataDir = await makeFolder();
    const folder = join(dataDir, 'postgres');
    await (await open(dataDir)).stop();
    const { uid, gid } = await stat(folder);
    const stranger = spawn('sleep', ['60'], { cwd: '/', uid, gid });
    children.push(stranger);
    const lines = [stranger.pid, folder, 1, 5432, folder, '', '  1 1', 'ready   ', ''];
    await writeFile(join(folder, 'postmaster.pid'), lines.join('\n'));
    await writeFile(join(folder, '.s.PGSQL.5432.lock'), lines.slice(0, 5).join('\n'));

    const server = await open(dataDir);
    expect(server.adopted).toBe(false);
    expect(await ask(server, 'SELECT 1')).toBe(1);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
    expect((await readdir(folder)).filter((name) => name.startsWith('postmaster.pid'))).toEqual(['postmaster.pid']);
  });

  test('a first start that was interrupted is begun again, and leaves nothing behind', async () => {
    const dataDir = await makeFolder();
    const child = spawnOwner(dataDir);
    await vi.waitFor(
      async () => expect(await readdir(dataDir)).toContainEqual(expect.stringMatching(/making-[^.]+$/)),
      patience,
    );
    await kill(child, 'SIGKILL');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

    const server = await open(dataDir);
    expect(await ask(server, 'SELECT current_database()')).toBe('colloquy');
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });
});

describe('one owner', () => {
  test('a second process is refused with the number of the first and the folder, and the first is undisturbed', async () => {
    const dataDir = await makeFolder();
    const child = spawnOwner(dataDir);
    await outcomeOf(child);
    const refusal = await open(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Permanent);
    expect(String(refusal)).toContain(`process ${child.pid},`);
    expect(String(refusal)).toContain(join(dataDir, 'postgres'));
    expect(child.exitCode).toBe(null);

    await kill(child, 'SIGKILL');
    expect((await open(dataDir)).adopted).toBe(true);
  });

  test.each(['an empty folder', 'a stopped database'])(
    'of three processes that start at once on %s, one wins',
    async (on) => {
      const dataDir = await makeFolder();
      if (on === 'a stopped database') await (await open(dataDir)).stop();
      const rivals = [1, 2, 3].map(() => spawnOwner(dataDir));
      const outcomes = await Promise.all(rivals.map(outcomeOf));
      expect(outcomes.filter((outcome) => outcome.opened)).toHaveLength(1);
      const winner = rivals[outcomes.findIndex((outcome) => outcome.opened)];
      for (const outcome of outcomes) {
        if (!outcome.opened)
          expect(outcome).toMatchObject({
            name: 'Permanent',
            message: expect.stringContaining(`process ${winner?.pid},`),
          });
      }
    },
  );

  test('who starts while another stops gets a server of its own', async () => {
    const dataDir = await makeFolder();
    const first = await open(dataDir);
    const stopping = first.stop();
    const second = await open(dataDir);
    await stopping;
    expect(await ask(second, 'SELECT 1')).toBe(1);
  });
});
