import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLog } from '../src/log.ts';
import { openCore } from '../src/open-core.ts';
import { standardPeriods } from '../src/retention/periods.ts';
import { systemClock } from '../src/time/clock.ts';
import { throwJunk } from '../test/support/teams-junk.ts';
import { heapInUse, keptBySdk } from '../test/support/teams-memory.ts';
import { openSignedIn, openTeamsRig } from '../test/support/teams-rig.ts';

/*
 * What junk from the Internet costs: node bench/teams-junk.ts [how many requests]
 * The requests come from the same process, so the rate is lower than a server's.
 */

const total = Number(process.argv[2] ?? 100_000);
const steps = 5;

const dataDir = await mkdtemp(join(tmpdir(), 'colloquy-junk-'));
// As root the database runs as another user, who must be able to pass.
await chmod(dataDir, 0o711);
const frameworksFolder = fileURLToPath(new URL('../frameworks', import.meta.url));
const config = {
  databaseUrl: '',
  dataDir,
  encryptionKey: undefined,
  publicUrl: 'http://localhost:3000',
  retention: standardPeriods,
};
const open = await openCore({ config, clock: systemClock, frameworksFolder, mayShare: false, onProgress: () => {} });
const rig = await openTeamsRig(open.core, (core, stub) => openSignedIn(core, stub, createLog('silent')));

function report(what: string, heap: number): void {
  const kept = Object.entries(keptBySdk()).map(([list, length]) => `${list} ${length}`);
  process.stdout.write(`${what.padEnd(24)} heap ${(heap / 1e6).toFixed(2)} MB; the SDK keeps: ${kept.join(', ')}\n`);
}

await throwJunk(rig, 5_000);
report('before', await heapInUse());
const answers = new Map<string, number>();
let seconds = 0;
for (let step = 1; step <= steps; step += 1) {
  const began = performance.now();
  const thrown = await throwJunk(rig, total / steps);
  seconds += (performance.now() - began) / 1000;
  for (const [answer, count] of thrown.answers) answers.set(answer, (answers.get(answer) ?? 0) + count);
  if (thrown.outspoken.length > 0) throw new Error(`An answer said something: ${thrown.outspoken[0]}`);
  report(`after ${(total / steps) * step}`, await heapInUse());
}
process.stdout.write(`${Math.round(total / seconds)} requests a second\n`);
for (const [answer, count] of answers) process.stdout.write(`${String(count).padStart(8)}  ${answer}\n`);

await rig.close();
await open.close();
await rm(dataDir, { recursive: true, force: true });
