import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../bin/colloquy.mjs', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-'));
  // Where we are root PostgreSQL runs as a user of its own, who must be able to pass through.
  await chmod(folder, 0o711);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as an operator would, in a folder of its own, with these settings and no others. */
function run(args: readonly string[], settings: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, err });
    });
  });
}

test('--help tells what there is, and the exit codes', async () => {
  const { code, out } = await run(['--help']);
  expect(code).toBe(0);
  for (const word of ['start', 'demo', 'import', 'migrate', 'frameworks', 'doctor', 'Exit codes'])
    expect(out).toContain(word);
});

test('a mistyped command exits with 2, a mistaken setting with 1 and its mending', async () => {
  expect((await run(['strat'])).code).toBe(2);
  expect((await run(['import'])).code).toBe(2);
  const { code, err } = await run(['doctor'], { PORT: 'eighty', REDIS_URL: 'nowhere' });
  expect(code).toBe(1);
  expect(err).toMatch(/PORT: use a port number.*REDIS_URL: use an address/s);
  expect(err).not.toContain('    at ');
});

test('the shipped frameworks are in order', async () => {
  expect(await run(['frameworks', 'check'])).toMatchObject({ code: 0, out: 'Every framework file is in order.\n' });
});

test('a database that is not there is said in words', async () => {
  const key = Buffer.alloc(32).toString('base64');
  const { code, err } = await run(['migrate'], {
    DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/d',
    ENCRYPTION_KEY: key,
  });
  expect(code).toBe(1);
  expect(err).toContain('The database at DATABASE_URL cannot be used');
  expect(err).not.toContain('hunter2');
});

test('import and doctor work on the embedded database, one after the other', async () => {
  const file = join(folder, 'roster.csv');
  await writeFile(
    file,
    'name,email,council,role,level\nAsha,asha@leeds.example,Leeds City Council,Director,director\nBo,,York,Head,manager',
  );
  const refused = await run(['import', file]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('line 3');
  const partial = await run(['import', file, '--allow-partial']);
  expect(partial).toMatchObject({ code: 0, out: expect.stringContaining('1 added, 0 updated') });
  const examined = await run(['doctor']);
  expect(examined.code).toBe(0);
  expect(examined.out).toMatch(/ok +Members +1 invited/);
});
