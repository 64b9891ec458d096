import type { Core } from '../core.ts';
import type { SetClock } from '../time/clock.ts';
import { momentAt } from '../time/local.ts';
import { momentWords } from '../time/words.ts';
import { type Carrying, moveClock } from './quiet.ts';

/** The story is told on London's clock; clocks go back on the Sunday in its middle. */
export const zone = 'Europe/London';

export const startOfStory = at('2027-10-28', '09:00');
export const endOfStory = at('2027-11-10', '12:00');

export function at(date: string, time: string): Date {
  const moment = momentAt(date, time, zone);
  if (moment === undefined) throw new Error(`${date} ${time} does not exist in ${zone}`);
  return moment;
}

export interface Stage {
  readonly core: Core;
  readonly clock: SetClock;
  readonly jobs: Carrying;
  readonly rosterFile: string;
  /** One sentence of the story, as it happens. */
  readonly tell: (when: string, what: string) => void;
  /** How much of the story's time has passed, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export function tell(stage: Stage, what: string): void {
  stage.tell(momentWords(stage.clock.now(), zone), what);
}

/** From 10% (the roster is in) to the end of the story's two weeks. */
export async function moveTo(stage: Stage, target: Date): Promise<void> {
  const span = endOfStory.getTime() - startOfStory.getTime();
  await moveClock(stage.core, stage.clock, stage.jobs, target, (now) => {
    stage.onProgress(0.1 + 0.9 * ((now.getTime() - startOfStory.getTime()) / span));
  });
}
