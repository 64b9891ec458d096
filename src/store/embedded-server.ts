import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { LOG_FILE, USER, writeSettings } from './embedded-cluster.ts';
import { isServer, type Place, run, writeOwned } from './embedded-root.ts';

export const DATABASE = 'colloquy';
const PID_FILE = 'postmaster.pid';
const NO_PROCESS = '2147483647';
/** Longer than a stop, or recovery after a crash, takes with a database of this size. */
export const PATIENCE_MS = 120_000;

/** What `pg.Pool` needs: a Unix socket's folder as host; on Windows loopback and a random port. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A data folder and what runs it. */
export interface Cluster extends Place {
  readonly native: string;
  readonly password: string;
  readonly durable: boolean;
  readonly port: number;
}

/** A server that answers. */
export interface Up {
  readonly state: 'up';
  /** Our own session, whose life is our ownership. */
  readonly client: pg.Client;
  readonly connection: Login;
}

export type Contact = Up | { readonly state: 'busy'; readonly trouble: string } | { readonly state: 'down' };

/** postmaster.pid, where there is one. Its lines: pid, folder, start, port, socket folder, address. */
async function readPidFile(folder: string): Promise<readonly string[]> {
  const lines = (await readFile(join(folder, PID_FILE), 'utf8').catch(() => '')).split('\n');
  return lines.map((line) => line.trim());
}

/** Asks the server that postmaster.pid speaks of, if any. */
export async function reach(cluster: Pick<Cluster, 'folder' | 'password' | 'account'>): Promise<Contact> {
  const { folder, password, account } = cluster;
  const [pid = '', , , port = '', socket = '', address = ''] = await readPidFile(folder);
  if (pid === '') return { state: 'down' };
  const connection = { host: socket || address, port: Number(port), user: USER, password, database: DATABASE };
  const login = { ...connection, database: 'postgres', ssl: false, application_name: `process ${process.pid}` };
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 5_000 });
  // A break is met at 'end', which follows; without a listener here it would end our process first.
  client.on('error', () => {});
  try {
    await client.connect();
    return { state: 'up', client, connection };
  } catch (error) {
    if (await isServer(pid, folder)) return { state: 'busy', trouble: String(error) };
  }
  await retire([join(folder, PID_FILE), join(socket, `.s.PGSQL.${port}.lock`)], pid, account);
  return { state: 'down' };
}

/**
 * PostgreSQL removes a dead server's files itself, once the memory they name is free, but refuses for ever when the
 * number in them is alive: a stranger's by now, or a dead process's that nobody has asked after (usual in containers).
 * Then they are given a number that no process can have, and the rest of them, which PostgreSQL checks, stays.
 */
async function retire(files: readonly string[], pid: string, account: Place['account']): Promise<void> {
  if (process.platform === 'win32') return;
  // Asked as PostgreSQL will ask: a stranger of another user does not count there.
  const alive = await run('/bin/sh', ['-c', 'kill -0 "$1"', 'sh', pid], account);
  if (alive.status !== 0) return;
  for (const file of files) {
    const [first, ...rest] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
    if (first?.trim() === pid) await writeOwned(file, [NO_PROCESS, ...rest].join('\n'), account);
  }
}

/** @returns why it did not start, or nothing */
export async function start(cluster: Cluster): Promise<string> {
  await writeSettings(cluster, cluster.port, cluster.durable);
  const outcome = await control(cluster, ['start', '-l', LOG_FILE, '-w', '-t', '60']);
  if (outcome.status === 0) return '';
  const file = join(cluster.folder, LOG_FILE);
  const log = await readFile(file, 'utf8').catch(() => '');
  return `${outcome.output} The end of ${file}: ${log.trim().split('\n').slice(-3).join(' / ')}`;
}

/** Resolves when the server has gone, whoever started it. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const [pid = ''] = await readPidFile(cluster.folder);
  const outcome = await control(cluster, ['stop', '-m', 'fast', process.platform === 'win32' ? '-w' : '-W']);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  // Not by pg_ctl's own waiting, which would go on to wait for the server of whoever has the folder next.
  while (await isServer(pid, cluster.folder)) {
    if (patience.aborted) throw new Error(`The embedded database did not stop: ${outcome.output}`);
    await pause(20);
  }
}

/** pg_ctl hands the folder's name to a shell; standing in the folder, that name is a dot, and safe. */
function control({ native, account, folder }: Cluster, command: readonly string[]): ReturnType<typeof run> {
  return run(join(native, 'bin', 'pg_ctl'), [...command, '-D', '.', '-s'], account, folder);
}
