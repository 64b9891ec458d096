import { defineConfig } from 'vitest/config';
import { closingReport } from './test/support/closing-report.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-postgres.ts'],
    reporters: ['default', closingReport],
    env: { TZ: 'UTC' },
    pool: 'forks',
    // Tests wait for PostgreSQL and browsers for a third of their time: one more than the two cores of a usual runner.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
