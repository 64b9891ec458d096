import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from '../../src/account.ts';
import { makesNew } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Answers } from '../../src/messages/form.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import { type Begun, beginEvent, finishEvent, forgetEvent } from '../../src/store/received.ts';
import type { Activity } from './schema.ts';

/*
 * Teams sends an activity again when our answer was late, and people press twice. Each thing has a key; keys are kept
 * for two days, so who it was and what they wrote stands in them as a fingerprint only.
 */

/** Where the work is done, and where what cannot be noted is written down. */
export interface Ledger {
  readonly core: Core;
  readonly log: Log;
}

/** What the work gave; or that it had been done before; or that it is still being done by somebody else. */
export type Once<T> = { readonly kind: 'first'; readonly result: T } | { readonly kind: 'done' | 'busy' };

/**
 * How often, and how many milliseconds apart, we look whether something that was begun elsewhere is done: for longer than
 * it takes until what a crash cut off may be begun again, because nobody may send it a third time.
 */
const looks = { times: 110, apartMs: 200 } as const;

/** What came of the work, and whether that is the end of it: what left nothing behind is simply done again. */
export interface Worked<T> {
  readonly result: T;
  readonly settled: boolean;
}

/** Does the work for an activity once, however often it comes. What fails is thrown, and may be done again. */
export async function activityOnce<T>(
  ledger: Ledger,
  { id, conversation }: Activity,
  work: () => Promise<Worked<T>>,
): Promise<Once<T>> {
  if (id === '') return { kind: 'first', result: (await work()).result };
  return await once(ledger, `activity:${hash([conversation.id, id])}`, work);
}

/** Names one showing of a form. It is not kept, so what is kept of a sending says nothing about the answers. */
export function newTicket(): string {
  return randomBytes(12).toString('base64url');
}

/** One sending of one showing of a form, by one person. */
export interface Sending {
  readonly account: Account;
  /** '' where the client sent none: then each sending is another. */
  readonly ticket: string;
  readonly intent: Intent;
  readonly answers: Answers;
}

/**
 * Takes a form once, however often it is sent: an impatient finger sends it twice, as two activities. What saves over
 * what was there may be saved again with other answers; what makes something new is made once, whatever it says the
 * second time.
 */
export async function formOnce<T>(
  ledger: Ledger,
  { account, ticket, intent, answers }: Sending,
  work: () => Promise<Worked<T>>,
): Promise<Once<T>> {
  if (ticket === '') return { kind: 'first', result: (await work()).result };
  return await once(ledger, `form:${hash([account, ticket, makesNew(intent) ? '' : answers])}`, work);
}

async function once<T>({ core, log }: Ledger, key: string, work: () => Promise<Worked<T>>): Promise<Once<T>> {
  const begun = await begin(core, key);
  if (begun !== 'begun') return { kind: begun };
  const forget = () => forgetEvent(core.db, 'teams', key);
  try {
    const { result, settled } = await work();
    await note(log, settled ? () => finishEvent(core.db, 'teams', key, core.clock.now()) : forget);
    return { kind: 'first', result };
  } catch (error) {
    await note(log, forget);
    throw error;
  }
}

async function begin({ db, clock }: Core, key: string): Promise<Begun> {
  for (let look = 0; look < looks.times; look += 1) {
    const begun = await beginEvent(db, 'teams', key, clock.now());
    if (begun !== 'busy') return begun;
    await pause(looks.apartMs);
  }
  return 'busy';
}

/** What was done is done, whether or not we can note it. */
async function note(log: Log, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warn({ err: error }, 'Teams: what came of a request could not be noted');
  }
}

function hash(parts: readonly unknown[]): string {
  return fingerprint(JSON.stringify(parts)).toString('base64url');
}
