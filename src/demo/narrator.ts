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
const whenWidth = 33;
const indent = ' '.repeat(2);
/** Where the output is no terminal, nothing is broken into lines: whoever reads it may want to search it. */
const unbroken = Number.POSITIVE_INFINITY;

export function createNarrator(output: NodeJS.WriteStream): Narrator {
  if (!output.isTTY) {
    return { tell: (when, what) => output.write(row(when, what, unbroken)), progress: () => {}, end: () => {} };
  }
  const options = { format: 'Two weeks  {bar}  {percentage}%', hideCursor: true, clearOnComplete: true };
  const bars = new MultiBar({ stream: output, ...options }, Presets.shades_grey);
  const bar = bars.create(steps, 0);
  return {
    tell: (when, what) => bars.log(row(when, what, output.columns)),
    progress: (share) => bar.update(Math.min(steps, Math.round(share * steps))),
    end: () => {
      // What was told since the last drawing is written by the next: without it, it would be lost.
      bars.update();
      bars.stop();
    },
  };
}

/** A time, and beside it a text, broken between words where the terminal ends. */
function row(when: string, text: string, columns: number): string {
  const room = Math.max(20, columns - whenWidth - 2 * indent.length);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + 1 + word.length <= room;
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) => `${indent}${(index === 0 ? when : '').padEnd(whenWidth)}${line}\n`).join('');
}

/** Whose two weeks are shown, and how long it took to play them. */
export interface Told {
  readonly name: string;
  readonly received: readonly Received[];
  readonly seconds: number;
}

/** What it all came to, and one member's two weeks. */
export function summary(output: NodeJS.WriteStream, figures: Figures, { name, received, seconds }: Told): string {
  const columns = output.isTTY ? output.columns : unbroken;
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
    ...received.map(({ when, summary: said }) => row(when, said, columns).trimEnd()),
    '',
    `Two weeks, played in ${seconds.toFixed(1)} seconds.`,
  ].join('\n');
}
