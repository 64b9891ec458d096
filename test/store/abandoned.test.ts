import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { dropAbandoned } from '../../src/store/abandoned.ts';

const owner = fileURLToPath(new URL('../support/embedded-owner.ts', import.meta.url));
const started: ChildProcess[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function startNetwork(dataDir: string): Promise<ChildProcess> {
  await mkdir(dataDir);
  await chmod(dataDir, 0o711);
  const child = spawn(process.execPath, [owner, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).toContain('"opened":true');
  return child;
}

test('a network that was killed is cleared away with its server; one that lives, or is just starting, is left alone', async () => {
  const own = await mkdtemp(join(tmpdir(), 'abandoned-'));
  const prefix = `${basename(own)}-`;
  const killed = join(tmpdir(), `${prefix}killed`);
  const alive = join(tmpdir(), `${prefix}alive`);
  const starting = join(tmpdir(), `${prefix}starting`);
  folders.push(own, starting);
  const dead = await startNetwork(killed);
  const living = await startNetwork(alive);
  await mkdir(starting);
  dead.kill('SIGKILL');
  await once(dead, 'exit');

  await dropAbandoned(prefix);
  expect([killed, alive, starting].map((folder) => existsSync(folder))).toEqual([false, true, true]);

  living.kill('SIGKILL');
  await once(living, 'exit');
  await dropAbandoned(prefix);
  expect(existsSync(alive)).toBe(false);
});
