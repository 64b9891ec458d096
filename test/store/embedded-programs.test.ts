import { chmod, cp, lstat, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Permanent } from '../../src/errors.ts';
import { checkPrograms, findPrograms } from '../../src/store/embedded-cluster.ts';
import { endAll, makeFolder } from '../support/embedded.ts';

const { arch } = process;

afterEach(endAll);
afterEach(() => {
  Object.defineProperty(process, 'arch', { value: arch });
});

async function copyPrograms(keep: (path: string) => boolean | Promise<boolean>): Promise<string> {
  const copy = join(await makeFolder(), 'native');
  await cp(findPrograms(), copy, { recursive: true, verbatimSymlinks: true, filter: keep });
  return copy;
}

async function refusalOf(native: string): Promise<string> {
  const refusal = await checkPrograms(native).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Permanent);
  return String(refusal);
}

test('the programs of the package run here and are PostgreSQL 18', async () => {
  expect(await checkPrograms(findPrograms())).toBe(18);
});

test('libraries left unlinked by npm ci --ignore-scripts are named as the reason, with the remedy', async () => {
  const native = await copyPrograms(async (path) => !(await lstat(path)).isSymbolicLink());
  const refusal = await refusalOf(native);
  expect(refusal).toContain('linked by its install script');
  expect(refusal).toContain('npm ci');
  expect(refusal).toContain('DATABASE_URL');
});

test('a missing program is named', async () => {
  const native = await copyPrograms(() => true);
  await rm(join(native, 'bin', 'pg_ctl'));
  expect(await refusalOf(native)).toMatch(/missing: .*bin\/pg_ctl\..*npm ci/);
});

test('a program that may not be run is named', async () => {
  const native = await copyPrograms(() => true);
  await chmod(join(native, 'bin', 'initdb'), 0o644);
  expect(await refusalOf(native)).toMatch(/bin\/initdb is there, but may not be run\..*npm ci/);
});

test('a system without the loader the programs need is told to bring its own PostgreSQL', async () => {
  const native = await copyPrograms(() => true);
  await writeFile(join(native, 'bin', 'postgres'), '#!/no/such/loader\n', { mode: 0o755 });
  const refusal = await refusalOf(native);
  expect(refusal).toContain('musl');
  expect(refusal).toContain('DATABASE_URL');
});

test('a platform without a package is told so', () => {
  Object.defineProperty(process, 'arch', { value: 'riscv64' });
  expect(findPrograms).toThrow(Permanent);
  expect(findPrograms).toThrow(/no embedded PostgreSQL for linux-riscv64 .*DATABASE_URL/);
});
