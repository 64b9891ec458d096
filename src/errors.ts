import { type Telling, telling } from './messages/telling.ts';

/** What is wrong with one answer in a form; `field` is the name of a {@link Form} field. */
export interface Problem {
  readonly field: string;
  readonly text: string;
}

/**
 * The person asked for something that cannot be done. What it says is shown to them as it stands: what
 * happened and what they can do. Never logged as a fault. `problems` keeps a form open, each beside its field.
 */
export class Refusal extends Error {
  readonly problems: readonly Problem[];
  readonly says: Telling;

  constructor(says: string | Telling, problems: readonly Problem[] = []) {
    const said = typeof says === 'string' ? telling(says) : says;
    super(said.text);
    this.name = 'Refusal';
    this.says = said;
    this.problems = problems;
  }
}

/** It may work later: try again no sooner than `retryAfterMs` milliseconds from now. */
export class Retryable extends Error {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.name = 'Retryable';
    this.retryAfterMs = retryAfterMs;
  }
}

/** It will not work until the operator acts. The message names the remedy and holds no secret and no private text. */
export class Permanent extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Permanent';
  }
}
