import { setTimeout as pause } from 'node:timers/promises';
import { makesNew } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import { Retryable } from '../../src/errors.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import {
  beginEvent,
  finishEvent,
  forgetEvent,
  forgetSiblings,
  isFirst,
  isFirstWithin,
} from '../../src/store/received.ts';
import { readFailure } from './errors.ts';
import type { Press, Submission } from './schema.ts';
import type { Actor } from './sender.ts';

/*
 * Slack sends some things twice, and people press twice. Each has a key; keys are kept for two days, so who it was and
 * what they wrote stands in them as a fingerprint only.
 */

/** Two presses of one button that are closer than this are a double click. */
const doubleClickMs = 3_000;

/** For a form that another request is saving: how often, and how many milliseconds apart, we look whether it is done. */
const looks = { times: 12, apartMs: 150 } as const;

/**
 * Does the work for an event once. What fails is forgotten and thrown, so that Slack sends it again; what Slack itself
 * refuses for good is logged, and done.
 *
 * @throws Retryable while the event is being worked on elsewhere, or was a moment ago, when that process died
 */
export async function eventOnce(core: Core, log: Log, eventId: string, work: () => Promise<void>): Promise<void> {
  const key = `event:${eventId}`;
  const begun = await beginEvent(core.db, 'slack', key, core.clock.now());
  if (begun === 'done') return;
  if (begun === 'busy') throw new Retryable('A Slack event came again before it was done', 60_000);
  try {
    await work();
  } catch (error) {
    if (!isFinal(error)) {
      await note(log, () => forgetEvent(core.db, 'slack', key));
      throw error;
    }
    log.warn({ err: error, received: 'event' }, 'Slack refused the answer to an event');
  }
  await note(log, () => finishEvent(core.db, 'slack', key, core.clock.now()));
}

/** What was done is done, whether or not we can note it. */
export async function note(log: Log, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warn({ err: error }, 'What came of a request from Slack could not be noted');
  }
}

function isFinal(error: unknown): boolean {
  // Both ways an event is answered, chat.postMessage and views.publish, are read alike.
  const { kind } = readFailure(error, 'chat.postMessage');
  return kind === 'gone' || kind === 'refused' || kind === 'blocked';
}

/** A slash command or a shortcut: each has a trigger of its own. */
export async function isFirstTrigger(core: Core, trigger: string): Promise<boolean> {
  return await isFirst(core.db, 'slack', `trigger:${trigger}`, core.clock.now());
}

export type MadePress = Press & Actor;

/**
 * False for a press that came in before, and for a double click: the same button again within a moment, with no other
 * pressed on the same card between. Signing up, giving up and signing up again is three presses, however quick.
 */
export async function isFirstPress(core: Core, press: MadePress): Promise<boolean> {
  const { space, user, place, action, value, moment } = press;
  const replay = `replay:${hash([space, user, place.id, action, value, moment])}`;
  if (!(await isFirst(core.db, 'slack', replay, core.clock.now()))) return false;
  const at = press.at ?? core.clock.now();
  await forgetSiblings(core.db, 'slack', { start: clicksOn(press), except: clickKey(press), at });
  return await isFirstWithin(core.db, 'slack', clickKey(press), at, doubleClickMs);
}

/** Lets the person try again at once, because we failed. */
export async function forgetPress(core: Core, press: MadePress): Promise<void> {
  await forgetEvent(core.db, 'slack', clickKey(press));
}

/** What the keys of one person's presses on one card begin with: lower-case letters and digits alone. */
function clicksOn({ space, user, place }: MadePress): string {
  return `press${hash([space, user, place.id])}`;
}

function clickKey(press: MadePress): string {
  return `${clicksOn(press)}${hash([press.action, press.value])}`;
}

export type SentForm = Submission & Actor;

/**
 * Does what a form asks for once. `done`: it had been done before. `busy`: another request is still at it.
 *
 * @param work says whether the form is settled: one that was not may be sent again
 */
export async function formOnce<Reply>(
  core: Core,
  log: Log,
  { form, intent }: { readonly form: SentForm; readonly intent: Intent },
  work: () => Promise<{ readonly reply: Reply; readonly settled: boolean }>,
): Promise<Reply | 'done' | 'busy'> {
  const key = formKey(form, intent);
  const begun = await beginForm(core, key);
  if (begun !== 'begun') return begun;
  const forget = () => forgetEvent(core.db, 'slack', key);
  try {
    const { reply, settled } = await work();
    await note(log, settled ? () => finishEvent(core.db, 'slack', key, core.clock.now()) : forget);
    return reply;
  } catch (error) {
    await note(log, forget);
    throw error;
  }
}

/** A double click comes on two lines at once: the second waits for what becomes of the first. */
async function beginForm(core: Core, key: string): Promise<'begun' | 'busy' | 'done'> {
  for (let look = 0; look < looks.times; look += 1) {
    const begun = await beginEvent(core.db, 'slack', key, core.clock.now());
    if (begun !== 'busy') return begun;
    await pause(looks.apartMs);
  }
  return 'busy';
}

/**
 * `version` changes whenever a window shows something else, which may be the same form again. What saves over what was
 * there may be saved again with other answers; what makes something new is made once, whatever it says the second time.
 */
function formKey({ space, user, view, version, completes, answers }: SentForm, intent: Intent): string {
  return `form:${hash([space, user, view, version, makesNew(intent) ? '' : [completes, answers]])}`;
}

/** Names one sending: the same answers in the same showing of the same window. */
export function sendingOf({ space, user, view, version, completes, answers }: SentForm): string {
  return hash([space, user, view, version, completes, answers]);
}

function hash(parts: readonly unknown[]): string {
  return fingerprint(JSON.stringify(parts)).toString('hex');
}
