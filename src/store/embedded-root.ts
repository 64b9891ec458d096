import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  rmdir,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Permanent } from '../errors.ts';

/** The account a program runs as; undefined means our own. PostgreSQL refuses to run as root, so root lends it another. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Where the database's files are, and the account that owns them. */
export interface Place {
  readonly folder: string;
  readonly account: Account | undefined;
}

/** `status` is 0, the exit code, or the name of the error or signal (such as ENOENT) that kept it from ending by itself. */
export interface Outcome {
  readonly status: number | string;
  readonly output: string;
}

/** Root keeps here what another account must reach but cannot reach where it stands. Only root may write in it. */
const SHARED = '/var/lib/colloquy';

/** A database server has no business with our environment, which holds keys; Windows programs do not start without it. */
const environment = process.platform === 'win32' ? {} : { env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } };

/** Runs a program to its end. Never throws: the caller knows what a failure means. `cwd` must be open to the account. */
export function run(file: string, args: readonly string[], account?: Account, cwd = '/'): Promise<Outcome> {
  return new Promise((resolve) => {
    try {
      execFile(file, args, { cwd, windowsHide: true, ...environment, ...account }, (error, stdout, stderr) => {
        const status = error === null ? 0 : (error.code ?? error.signal ?? 'unknown');
        resolve({ status, output: `${stdout}${stderr}`.trim() });
      });
    } catch (error) {
      // A container may forbid even root to change account: that error alone is thrown at once.
      resolve({ status: 'not permitted', output: String(error) });
    }
  });
}

/**
 * Decides where the database of this data folder lives: `DATA_DIR/postgres`, or, for root alone and only where the
 * server's account cannot enter DATA_DIR, a folder under /var/lib/colloquy that `DATA_DIR/postgres` then points to.
 *
 * @param dataDir absolute; made when absent
 */
export async function choosePlace(dataDir: string, onProgress: (step: string) => void): Promise<Place> {
  await mkdir(dataDir, { recursive: true }).catch((error: unknown) => {
    throw new Permanent(`The data folder ${dataDir} (DATA_DIR) cannot be made: ${String(error)}`);
  });
  const folder = await followLink(join(await realpath(dataDir), 'postgres'));
  if (process.getuid?.() !== 0) return { folder, account: undefined };
  const account = (await ownerOf(folder)) ?? (await findOrMakeAccount('postgres'));
  if (await canEnter(dirname(folder), account)) return { folder, account };
  return { folder: await moveAway(folder, account, onProgress), account };
}

/** A short name, the same for the same folder. */
export function nameFor(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 12);
}

/** The account of that name, made if need be (root only). */
export async function findOrMakeAccount(name: string): Promise<Account> {
  const known = await findAccount(name);
  const made = known ?? (await makeAccount(name));
  const trial = await run('/bin/sh', ['-c', 'exit 0'], made);
  if (trial.status === 0) return made;
  throw new Permanent(
    `The embedded database cannot run as root, and here root may not run programs as the user ${name} (${trial.output}). ` +
      'Start Colloquy as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * The server's programs where the account can run them: where they are, or a copy that root makes once. A checkout in
 * root's home needs this.
 *
 * @param native the folder that holds `bin`, `lib` and `share`
 */
export async function reachablePrograms(
  native: string,
  account: Account | undefined,
  shared = SHARED,
): Promise<string> {
  if (account === undefined || (await canRun(native, account))) return native;
  await makeShared(shared);
  const copy = join(shared, `postgres-${await fingerprint(join(native, 'bin', 'postgres'))}`);
  if (await canRun(copy, account)) return copy;
  const draft = `${copy}.making-${randomUUID()}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', draft]);
  // The finished copy appears at once. Where another process was quicker, its copy is as good.
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
  if (await canRun(copy, account)) return copy;
  throw new Permanent(
    `The user the database runs as can reach its programs neither in ${native} nor in ${copy}. ` +
      'Install Colloquy where every user may enter, start it as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether that process is the server of this folder, and not one that was given the number of a dead server. */
export async function isServer(pid: string, folder: string): Promise<boolean> {
  // There a server is told from others by PostgreSQL itself, through a pipe of its name.
  if (process.platform === 'win32') return false;
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder;
  return (await run('ps', ['-o', 'comm=', '-p', pid])).output.endsWith('postgres');
}

/** Replaces a file whole and safely on disk. As root in a folder of another's, it follows no link that was laid there. */
export async function writeOwned(path: string, text: string, account: Account | undefined): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
    if (account !== undefined) await file.chown(account.uid, account.gid);
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** Everybody may write in a temporary folder, so a folder of this name may be another user's trap. */
export async function makePrivate(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  const ours = found.uid === process.getuid?.() || found.uid === account?.uid;
  if (!ours || !found.isDirectory() || (found.mode & 0o077) !== 0) {
    throw new Permanent(`${folder} is needed for the database's socket, but another user made it. Remove it.`);
  }
  if (account !== undefined) await chown(folder, account.uid, account.gid);
}

async function followLink(folder: string): Promise<string> {
  const target = await readlink(folder).catch(() => undefined);
  if (target === undefined) return folder;
  const found = await realpath(folder).catch(() => undefined);
  if (found !== undefined) return found;
  throw new Permanent(
    `The database of this data folder is kept in ${target}, and that folder is gone. Nothing was touched. ` +
      `Put it back from a backup, or remove the link ${folder} to begin with an empty database.`,
  );
}

/** The account an earlier run, by root or by another user, left the files to. */
async function ownerOf(folder: string): Promise<Account | undefined> {
  const found = await lstat(folder).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function findAccount(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

async function makeAccount(name: string): Promise<Account> {
  const made = await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', name]);
  const account = await findAccount(name);
  if (account !== undefined) return account;
  throw new Permanent(
    `The embedded database cannot run as root, and the user ${name} could not be made for it (${made.output || made.status}). ` +
      `Make that user, start Colloquy as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Whether the account may pass through this folder to what is in it. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], account)).status === 0;
}

async function canRun(native: string, account: Account): Promise<boolean> {
  // One program, one library link and one data file, since a strict umask can hide any of them alone.
  const test = 'test -x "$1/bin/postgres" && test -x "$1/lib" && test -r "$1/share/postgresql/postgres.bki"';
  return (await run('/bin/sh', ['-c', test, 'sh', native], account)).status === 0;
}

async function moveAway(folder: string, account: Account, onProgress: (step: string) => void): Promise<string> {
  const within = await readdir(folder).catch(() => undefined);
  if (within !== undefined && within.length > 0) {
    throw new Permanent(
      `The user with id ${account.uid}, whom the database in ${folder} belongs to, may not enter ${dirname(folder)}. ` +
        `Nothing was touched. Let other users through that folder and those above it (chmod a+x), or set DATABASE_URL.`,
    );
  }
  await makeShared(SHARED);
  const refuge = join(SHARED, nameFor(folder));
  await mkdir(refuge, { mode: 0o700, recursive: true });
  await chown(refuge, account.uid, account.gid);
  if (within !== undefined) await rmdir(folder);
  // The link keeps the two together when DATA_DIR is renamed, and shows an operator who makes backups where to look.
  await symlink(refuge, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  onProgress(
    `The database is kept in ${refuge}, because the user it runs as may not enter ${dirname(folder)}. ` +
      `Include ${refuge} in your backups and, in a container, keep it on a volume.`,
  );
  return refuge;
}

/** What is kept here is run and trusted, so nobody but root may have put it there. */
async function makeShared(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o755);
  const { uid, mode } = await lstat(folder);
  if (uid === 0 && (mode & 0o022) === 0) return;
  throw new Permanent(
    `${folder} must belong to root, and nobody else may write in it, before root can keep the embedded database there. ` +
      'Correct that, start Colloquy as an ordinary user, or set DATABASE_URL.',
  );
}

async function fingerprint(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 12);
}
