import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCore } from '../src/open-core.ts';
import { standardPeriods } from '../src/retention/periods.ts';
import { systemClock } from '../src/time/clock.ts';
import { addCrowd, type Figures, type Load, signUpAll } from '../test/support/sign-up-load.ts';

/*
 * What it costs that many sign up at once: node bench/sign-ups.ts [how many people]
 * Each row is one run on the same PostgreSQL. The second and third are what the first is to be measured by: the same
 * sign-ups one after another, and as many at once that never want the same conversation.
 */

const people = Number(process.argv[2] ?? 1_000);
const runs: readonly (readonly [what: string, load: Load])[] = [
  ['to warm up', { people: Math.min(100, people), conversations: 10, connections: 10 }],
  ['on 10 conversations', { people, conversations: 10, connections: 40 }],
  ['the same one after another', { people, conversations: 10, connections: 1 }],
  ['each on one of their own', { people, conversations: people, connections: 40 }],
];

const dataDir = await mkdtemp(join(tmpdir(), 'colloquy-sign-ups-'));
// As root the database runs as another user, who must be able to pass.
await chmod(dataDir, 0o711);
const open = await openCore({
  config: {
    databaseUrl: '',
    dataDir,
    encryptionKey: undefined,
    publicUrl: 'http://localhost:3000',
    retention: standardPeriods,
  },
  clock: systemClock,
  frameworksFolder: fileURLToPath(new URL('../frameworks', import.meta.url)),
  mayShare: false,
  onProgress: () => {},
});

const columns = ['at once', 'sign-ups/s', 'median ms', '99th ms', 'wait for a lock', 'at most', 'deadlocks', 'faults'];
const width = 17;

function row(what: string, cells: readonly (string | number)[]): void {
  process.stdout.write(`${what.padEnd(28)}${cells.map((cell) => String(cell).padStart(width)).join('')}\n`);
}

function cellsOf({ connections }: Load, figures: Figures): readonly (string | number)[] {
  const { perSecond, median, p99, meanWaiting, mostWaiting, deadlocks, faults } = figures;
  return [
    connections,
    Math.round(perSecond),
    ...[median, p99, meanWaiting].map((value) => value.toFixed(1)),
    mostWaiting,
    deadlocks,
    faults.length,
  ];
}

const crowd = await addCrowd(open.core, people + 1);
row(`${people} sign-ups`, columns);
const faults: string[] = [];
for (const [what, load] of runs) {
  const figures = await signUpAll(open.core, open.connection, crowd, load);
  row(what, cellsOf(load, figures));
  faults.push(...figures.faults);
}
for (const fault of new Set(faults)) process.stdout.write(`WRONG: ${fault}\n`);
await open.close();
await rm(dataDir, { recursive: true, force: true });
process.exitCode = faults.length === 0 ? 0 : 1;
