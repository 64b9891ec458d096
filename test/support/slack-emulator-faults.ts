/** What a call of the Web API meets instead of an answer. */
export type Failure =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** Slack does the work, and the line breaks after it. */
  | { readonly kind: 'break' }
  /** The line breaks before Slack has done anything. */
  | { readonly kind: 'lost' }
  /** No answer before the fault is mended; then Slack does the work. */
  | { readonly kind: 'hang' };

/** Too many messages: come back in so many seconds. */
export function throttled(seconds: number): Failure {
  return { kind: 'answer', status: 429, headers: { 'retry-after': String(seconds) }, body: '' };
}

/** Slack's own refusal, such as `channel_not_found`. */
export function refused(error: string): Failure {
  const body = JSON.stringify({ ok: false, error });
  return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body };
}

/** Slack's own breakdown: what became of the call, nobody knows. */
export const brokenDown: Failure = { kind: 'answer', status: 500, headers: {}, body: 'oops' };

/** What the next calls of each method meet. */
export interface Faults {
  /** @param times how many calls meet it; `Infinity` until it is mended. `'*'` is every method. */
  fail(method: string, failure: Failure, times?: number): void;
  /** All is well again, and what hung goes on. */
  mend(): void;
  /** The failure that this call meets. */
  take(method: string): Failure | undefined;
  /** Resolves when all is mended. */
  mended(): Promise<void>;
}

interface Planned {
  readonly failure: Failure;
  left: number;
}

export function createFaults(): Faults {
  const planned = new Map<string, Planned[]>();
  let mending = Promise.withResolvers<void>();

  function next(method: string): Planned | undefined {
    return planned.get(method)?.find(({ left }) => left > 0);
  }
  return {
    fail(method, failure, times = 1) {
      planned.set(method, [...(planned.get(method) ?? []), { failure, left: times }]);
    },
    mend() {
      planned.clear();
      mending.resolve();
      mending = Promise.withResolvers();
    },
    take(method) {
      const found = next(method) ?? (harness.has(method) ? undefined : next('*'));
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.failure;
    },
    mended: () => mending.promise,
  };
}

/** The emulator's own method, which only the tests call. */
const harness: ReadonlySet<string> = new Set(['views.generateTriggerId']);
