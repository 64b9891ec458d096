import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays } from 'date-fns/addDays';
import { Permanent } from '../errors.ts';
import { findMember } from '../network/roster.ts';
import type { OpenCore } from '../open-core.ts';
import { dropAbandoned } from '../store/abandoned.ts';
import { createSetClock, type SetClock } from '../time/clock.ts';
import { createNarrator, summary } from './narrator.ts';
import { type Carrying, moveClock } from './quiet.ts';
import { mostVaried, readWeek } from './report.ts';
import { startOfStory } from './stage.ts';
import { playStory } from './story.ts';

/** What the demonstration's page can do with time. */
export interface Controls {
  now(): Date;
  advance(days: 1 | 7): Promise<void>;
}

/** What the composition root gives: the same opening and running as in production, with another clock. */
export interface DemoParts<Opened extends { readonly open: OpenCore }> {
  readonly once: boolean;
  readonly rosterFile: string;
  readonly output: NodeJS.WriteStream;
  readonly open: (clock: SetClock, dataDir: string, onProgress: (step: string) => void) => Promise<Opened>;
  readonly run: (opened: Opened, controls: Controls) => Promise<RunningDemo>;
  readonly untilAskedToStop: () => Promise<void>;
}

export interface RunningDemo {
  readonly jobs: Carrying;
  readonly listen: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const folderPrefix = 'colloquy-demo-';

/** Plays the story in a fresh folder, prints what happened, and (unless `once`) serves the web channel until stopped. */
export async function runDemo<Opened extends { readonly open: OpenCore }>(parts: DemoParts<Opened>): Promise<void> {
  const began = performance.now();
  await dropAbandoned(folderPrefix);
  const dataDir = await mkdtemp(join(tmpdir(), folderPrefix));
  // PostgreSQL runs as a user of its own where we are root: it must be able to pass through.
  await chmod(dataDir, 0o711);
  const { output } = parts;
  output.write('Colloquy, a demonstration. Every person in it is invented.\n\n');
  const clock = createSetClock(startOfStory);
  let jobs: Carrying | undefined;
  try {
    const opened = await parts.open(clock, dataDir, () => {});
    const { core } = opened.open;
    const advance = async (days: 1 | 7) => {
      if (jobs !== undefined) await moveClock(core, clock, jobs, addDays(clock.now(), days), () => {});
    };
    const running = await parts.run(opened, { now: () => clock.now(), advance });
    jobs = running.jobs;
    try {
      await play(parts, opened.open, running, clock, began);
      if (!parts.once) await serve(parts, running);
    } finally {
      await running.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function play<Opened extends { readonly open: OpenCore }>(
  { output, rosterFile }: DemoParts<Opened>,
  { core }: OpenCore,
  { jobs }: RunningDemo,
  clock: SetClock,
  began: number,
): Promise<void> {
  const narrator = createNarrator(output);
  try {
    const stage = { core, clock, jobs, rosterFile, tell: narrator.tell, onProgress: narrator.progress };
    const figures = await playStory(stage);
    narrator.end();
    const member = await findMember(core.db, await mostVaried(core));
    if (member === undefined) throw new Error('The demonstration lost one of its people');
    const seconds = (performance.now() - began) / 1000;
    const told = { name: member.name, received: await readWeek(core, member), seconds };
    output.write(`${summary(output, figures, told)}\n`);
    const wrong = figures.failed + figures.sentTwice + figures.sameCouncil;
    if (wrong > 0) throw new Permanent('The demonstration did not go as it should: see the figures above.');
  } finally {
    narrator.end();
  }
}

async function serve<Opened extends { readonly open: OpenCore }>(
  { output, untilAskedToStop }: DemoParts<Opened>,
  running: RunningDemo,
): Promise<void> {
  const port = await running.listen();
  output.write(`\nNow be one of them: http://localhost:${port}\nPress Ctrl+C to stop.\n`);
  await untilAskedToStop();
}
