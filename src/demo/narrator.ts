import { MultiBar, Presets } from 'cli-progress';
import type { Figures, Received } from './report.ts';

/** Tells the story on a terminal: a bar that shows how far it is, and one line for each thing that happens. */
export interface Narrator {
  tell(when: string, what: string): void;
  progress(share: number): void;
  /** Takes the bar away. */
  end(): void;
}

const steps = 1000;
const whenWidth = 32;

export function createNarrator(output: NodeJS.WriteStream): Narrator {
  const line = (when: string, what: string) => `${when.padEnd(whenWidth)}  ${what}\n`;
  if (!output.isTTY) {
    return { tell: (when, what) => output.write(line(when, what)), progress: () => {}, end: () => {} };
  }
  const bars = new MultiBar(
    { stream: output, format: 'Two weeks  {bar}  {percentage}%', hideCursor: true, clearOnComplete: true },
    Presets.shades_grey,
  );
  const bar = bars.create(steps, 0);
  return {
    tell: (when, what) => bars.log(line(when, what)),
    progress: (share) => bar.update(Math.min(steps, Math.round(share * steps))),
    end: () => bars.stop(),
  };
}

/** What it all came to, and one member's two weeks. */
export function summary(figures: Figures, name: string, received: readonly Received[], seconds: number): string {
  const { pairs, sameCouncil, leftOut, prompts, answers, reminders, sent, sentTwice, failed } = figures;
  return [
    '',
    'What it came to',
    `  ${pairs} pairs introduced; ${sameCouncil} from one council; ${leftOut} people left out`,
    `  ${prompts} prompts sent; ${answers} answers kept, sealed`,
    `  ${reminders} reminders, only to people with a seat`,
    `  ${sent} messages in all; ${sentTwice} sent twice; ${failed} failed`,
    '',
    `${name}’s two weeks`,
    ...received.map(({ when, summary: said }) => `  ${when.padEnd(whenWidth)}${said}`),
    '',
    `Two weeks, played in ${seconds.toFixed(1)} seconds.`,
  ].join('\n');
}
