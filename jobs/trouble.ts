import type { Log } from '../src/log.ts';

/** The log of a connection that may be broken for hours, and says so many times a second. */
export interface Trouble {
  /** Logs each different error once until all is well again. */
  note(error: unknown): void;
  /** To be called when the connection has just done its work. */
  well(): void;
}

export function createTrouble(log: Log): Trouble {
  const told = new Set<string>();
  return {
    note(error) {
      const line = String(error);
      if (told.has(line)) return;
      told.add(line);
      log.warn({ err: error }, 'The queue has trouble');
    },
    well() {
      if (told.size === 0) return;
      told.clear();
      log.info('The queue works');
    },
  };
}
