import { setTimeout as pause } from 'node:timers/promises';
import { type App, AuthorizationError, type ReceiverEvent, type ViewResponseAction } from '@slack/bolt';
import { z } from 'zod';
import { Retryable } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';

/**
 * Slack gives up after 3 seconds: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
 * What is left of them is for the line there and back, and for a busy moment on our side.
 */
const answerWithinMs = 2_200;

/** What a form is answered when its own answer is not there. */
export interface FormAnswers {
  late(body: unknown): ViewResponseAction;
  failed(body: unknown): ViewResponseAction;
}

export interface Deadlines {
  /**
   * What to do once a form of this body has been answered without what came of it: its window shows what `late` gave.
   * Said before the work is done; in time, it is never done.
   */
  onceLate(body: object, work: () => Promise<void>): void;
  /** Resolves when all work that requests began is done. */
  idle(): Promise<void>;
}

type Done =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: Error };

/**
 * Puts itself between Slack and Bolt, so that every request is answered in time whatever hangs, the look-up of the
 * workspace's token included. Commands, presses and shortcuts are answered at once, with nothing: what they show comes
 * by other ways. Forms and events wait for their work, and stop waiting at the limit; the work goes on. An event that was
 * not done by then is answered with an error: Slack repeats it, so that nothing is lost should the work fail after all.
 */
export function answerInTime(app: App, log: Log, forms: FormAnswers): Deadlines {
  const work = new Set<Promise<unknown>>();
  const afterwards = new WeakMap<object, () => Promise<void>>();
  const understood = new WeakSet<object>();
  const pass = app.processEvent.bind(app);
  app.use(async ({ body, next }) => {
    understood.add(body);
    await next();
  });

  function begin(event: ReceiverEvent): Promise<Done> {
    let answer: unknown;
    const ack = (given?: unknown) => {
      answer ??= given;
      return Promise.resolve();
    };
    const done = pass({ ...event, ack }).then<Done, Done>(
      () => ({ kind: 'answered', answer }),
      (error: unknown) => ({ kind: 'failed', error: error instanceof Error ? error : new Error('not an error') }),
    );
    const watched = done.then((outcome) => {
      work.delete(watched);
      // What reached a listener is logged there. What did not, Bolt could not read: it would not at another try.
      if (isUnreadable(event, outcome)) log.warn({ received: event.body?.['type'] }, 'Slack sent what we cannot read');
      return outcome;
    });
    work.add(watched);
    return watched;
  }

  function track(more: Promise<void>): void {
    const watched = more.catch((error: unknown) =>
      log.error({ err: error }, 'What came of a Slack form was not shown'),
    );
    work.add(watched);
    void watched.then(() => work.delete(watched));
  }

  function isUnreadable({ body }: ReceiverEvent, outcome: Done): boolean {
    return outcome.kind === 'failed' && !(outcome.error instanceof AuthorizationError) && !understood.has(body);
  }

  app.processEvent = async (event) => {
    switch (whatWaits(event.body)) {
      case 'nothing':
        void begin(event);
        return await event.ack();
      case 'form': {
        const begun = begin(event);
        const done = await inTime(begun);
        if (done === undefined) {
          const acknowledged = event.ack(forms.late(event.body));
          track(Promise.all([begun, acknowledged]).then(() => afterwards.get(event.body)?.()));
          return await acknowledged;
        }
        return await event.ack(done.kind === 'failed' ? forms.failed(event.body) : done.answer);
      }
      case 'event': {
        const done = await inTime(begin(event));
        if (done === undefined) throw new Retryable('A Slack event was not done in time', 60_000);
        // Thrown on, it is answered 500, and Slack sends it again.
        if (done.kind === 'failed' && !isUnreadable(event, done)) throw done.error;
        return await event.ack();
      }
    }
  };

  return {
    onceLate(body, work) {
      afterwards.set(body, work);
    },
    async idle() {
      while (work.size > 0) await Promise.all(work);
    },
  };
}

/** What of a request must be known before it is answered. The rest is read where it is used. */
function whatWaits(body: unknown): 'nothing' | 'form' | 'event' {
  const read = z.object({ type: z.unknown(), event: z.unknown() }).partial().safeParse(body).data;
  if (read?.event !== undefined) return 'event';
  return read?.type === 'view_submission' ? 'form' : 'nothing';
}

async function inTime(done: Promise<Done>): Promise<Done | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([done, pause(answerWithinMs, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
