import { existsSync, readdirSync, readFileSync, statfsSync } from 'node:fs';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { closingReport } from './test/support/closing-report.ts';
import { patience } from './test/support/patience.ts';

/** Memory that is used as a folder, where there is plenty: each test’s database is copied there in a sixth of the time. */
const memory = '/dev/shm';
if (existsSync(memory) && roomIn(memory) > 4 * 2 ** 30) process.env['TMPDIR'] ??= memory;

/** In bytes. */
function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Files that put a module of ours out of action, or read what a whole process did: each in a process of its own. */
const alone = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.startsWith('test/jobs/') || readFileSync(file, 'utf8').includes('vi.mock('));

const shared = {
  env: { TZ: 'UTC' },
  pool: 'forks',
  setupFiles: ['test/support/drawing.ts'],
  // A busy machine fails nothing: how long things may take is asserted where it counts.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: patience },
  // A runner that others share may be slow or short of anything: what fails there is tried once more, and told by name.
  retry: process.env['CI'] === undefined ? 0 : 1,
} satisfies ViteUserConfig['test'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-postgres.ts'],
    reporters: ['default', closingReport],
    // Tests wait for PostgreSQL and browsers for a third of their time: one more than the two cores of a usual runner.
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: 'alone', include: alone } },
      {
        test: {
          ...shared,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          // To read all modules again takes a second for each file: a third of the whole.
          isolate: false,
        },
      },
    ],
  },
});
