import { randomBytes } from 'node:crypto';
import type { Account } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Answers } from '../../src/messages/form.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import { forgetEvent, isFirst } from '../../src/store/received.ts';

/** Names one showing of a form. It is not kept, so what is kept of a sending says nothing about the answers. */
export function newTicket(): string {
  return randomBytes(12).toString('base64url');
}

/** One sending of one showing of a form, by one person. */
export interface Sending {
  readonly account: Account;
  /** '' where the client sent none: then each sending is another. */
  readonly ticket: string;
  readonly answers: Answers;
}

/**
 * Takes a form once, however often it is sent: an impatient finger sends it twice, as two activities.
 *
 * @param work says whether the form is settled: one that was not may be sent again
 * @returns `undefined` when this very sending came before
 */
export async function formOnce<T>(
  { db, clock }: Core,
  sending: Sending,
  work: () => Promise<{ readonly answer: T; readonly settled: boolean }>,
): Promise<T | undefined> {
  const { account, ticket, answers } = sending;
  if (ticket === '') return (await work()).answer;
  const key = `form:${fingerprint(JSON.stringify([account, ticket, answers])).toString('base64url')}`;
  if (!(await isFirst(db, 'teams', key, clock.now()))) return undefined;
  try {
    const { answer, settled } = await work();
    if (!settled) await forgetEvent(db, 'teams', key);
    return answer;
  } catch (error) {
    await forgetEvent(db, 'teams', key);
    throw error;
  }
}
