import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { type EmbeddedServer, openEmbedded } from '../../src/store/embedded.ts';
import { patience } from './patience.ts';

export const asRoot = process.getuid?.() === 0;
export const repository = join(import.meta.dirname, '..', '..');
const script = relative(repository, fileURLToPath(new URL('./embedded-owner.ts', import.meta.url)));

const servers: EmbeddedServer[] = [];
export const children: ChildProcess[] = [];
export const folders: string[] = [];

/**
 * Ends what a test has opened, and removes its folders. For `afterEach` of each file that opens any: were it called here, it
 * would hold only for the first of them, because files of one worker share this module.
 */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  for (const folder of folders.splice(0)) await dispose(folder);
}

/** Stops whatever a test that failed half-way left running there, and removes it. */
async function dispose(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith('postmaster.pid')) await signalServer(dirname(join(folder, name)), 'SIGQUIT');
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

export async function makeFolder(mode = 0o711): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'colloquy-embedded-'));
  await chmod(folder, mode);
  folders.push(folder);
  return folder;
}

interface Opening {
  readonly steps?: string[];
  readonly durable?: boolean;
}

/** Opens it in this process, and stops it after the test. */
export async function open(dataDir: string, { steps = [], durable = false }: Opening = {}): Promise<EmbeddedServer> {
  const server = await openEmbedded({ dataDir, onProgress: (step) => steps.push(step), durable });
  servers.push(server);
  return server;
}

export async function ask(server: EmbeddedServer, statement: string): Promise<unknown> {
  const client = new pg.Client({ ...server.connection, query_timeout: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

export async function serverPid(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

export async function signalServer(folder: string, signal: NodeJS.Signals): Promise<void> {
  const pid = await serverPid(folder);
  if (!isAlive(pid)) return;
  process.kill(pid, signal);
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), patience);
}

/** A process that has ended but whom nobody has asked after is dead too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

const outcomeSchema = z.discriminatedUnion('opened', [
  z.object({ opened: z.literal(true), adopted: z.boolean(), host: z.string() }),
  z.object({ opened: z.literal(false), name: z.string(), message: z.string() }),
]);

/** Opens it in a process of its own, which leads a process group as one started from a terminal does. */
export function spawnOwner(dataDir: string, options: SpawnOptions = {}): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, [script, dataDir], {
    cwd: repository,
    ...options,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const { pid } = child;
  if (pid === undefined) throw new Error('the child did not start');
  return Object.assign(child, { pid });
}

export async function outcomeOf(child: ChildProcess): Promise<z.infer<typeof outcomeSchema>> {
  if (child.stdout === null) throw new Error('the child has no output');
  for await (const line of createInterface(child.stdout)) return outcomeSchema.parse(JSON.parse(line));
  throw new Error('the child said nothing');
}

export async function kill(child: ChildProcess & { readonly pid: number }, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  // The whole group, as a terminal does on Ctrl-C.
  process.kill(-child.pid, signal);
  await ended;
}

/** Everything about a folder that a start could have changed. */
export async function portrait(folder: string): Promise<readonly string[]> {
  const names = ['.', ...(await readdir(folder, { recursive: true }))].sort();
  return Promise.all(
    names.map(async (name) => {
      const { mode, uid, gid, mtimeMs } = await stat(join(folder, name));
      return [name, mode, uid, gid, mtimeMs].join(' ');
    }),
  );
}
