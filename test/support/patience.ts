/**
 * How long a test waits for what has to come: far longer than it takes, so that a busy machine fails none, and short of the
 * time that a test has. In milliseconds.
 */
export const patience = { timeout: 60_000, interval: 10 };

/** For tests that measure time: what is late again and again is late, and not the machine. */
export const busyMachine = { retry: 2 };
