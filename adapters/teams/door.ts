import type { Log } from '../../src/log.ts';
import { aborted, countDown } from './deadline.ts';
import { KeysUnavailable } from './entra-keys.ts';
import { limits } from './limits.ts';

/** We could not find out in time who calls. Nobody is at fault, and the caller may try again. */
export class NotInTime extends Error {
  override readonly name = 'NotInTime';
}

/** @throws NotInTime when the signal comes first; the work goes on then, and nobody hears of it */
export async function before<T>(end: AbortSignal, work: Promise<T>): Promise<T> {
  const first = await Promise.race([work.then((result) => ({ result })), aborted(end)]);
  if (first === undefined) throw new NotInTime('The caller could not be checked in time');
  return first.result;
}

/** How long the SDK is not asked after it could not say, in milliseconds. */
const restMs = 10_000;

/**
 * Whether the SDK, asked about a request that our own check has found good, says that it is not. Where it cannot read
 * its keys, or takes too long, it is passed over for a while: our own check has proved by then who signed the token,
 * for whom, for how long and for which service, so the SDK could only say no to what it knows less of.
 */
export function createSecondOpinion(now: () => Date, log: Log) {
  let restsUntil = Number.NEGATIVE_INFINITY;

  return async function isDoubted(isSigned: () => Promise<boolean>, end: AbortSignal): Promise<boolean> {
    if (now().getTime() < restsUntil) return false;
    const soon = countDown(limits.secondOpinionMs);
    try {
      return !(await before(end, before(soon.signal, isSigned())));
    } catch (error) {
      if (!(error instanceof KeysUnavailable || error instanceof NotInTime)) throw error;
      restsUntil = now().getTime() + restMs;
      log.warn({ why: error.message }, 'Teams: the SDK cannot read its keys, so our own check stands alone');
      return false;
    } finally {
      soon.stop();
    }
  };
}
