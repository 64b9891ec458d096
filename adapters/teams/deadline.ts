import type { Log } from '../../src/log.ts';

/** Whether anybody still waits for the answer of the work that holds this. */
export interface Wait {
  isOver(): boolean;
}

export interface Deadlines {
  /**
   * What the work gives, or `late` once it is `due`. The work goes on then, and sees that the wait is over: what it has
   * to say must come by another way.
   */
  answer<T>(work: (wait: Wait) => Promise<T>, late: T, due: AbortSignal): Promise<T>;
  /** Resolves when all work that was begun is done. */
  idle(): Promise<void>;
}

export function createDeadlines(log: Log): Deadlines {
  const underWay = new Set<Promise<unknown>>();

  return {
    async answer(work, late, due) {
      let isOver = false;
      const done = work({ isOver: () => isOver }).then((answer) => ({ answer }));
      const ended = done.catch((error: unknown) => {
        // Nobody else hears of it: in time, the one who waits does.
        if (isOver) log.error({ err: error }, 'Teams: a turn failed after its answer was due');
      });
      underWay.add(ended);
      void ended.then(() => underWay.delete(ended));
      const first = await Promise.race([done, aborted(due)]);
      if (first !== undefined) return first.answer;
      isOver = true;
      return late;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

export interface Countdown {
  /** Given once the time is up. */
  readonly signal: AbortSignal;
  /** The time does not matter any more, and what waited for it need not be kept. */
  stop(): void;
}

/** Unlike `AbortSignal.timeout`, this can be stopped: a thousand requests a second must not each be kept for seconds. */
export function countDown(ms: number): Countdown {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

/** Resolves once the signal is given. */
export async function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
