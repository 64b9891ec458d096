import { takesPart } from '../convening/taking-part.ts';
import type { Core } from '../core.ts';
import { findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { newestRound } from './history.ts';
import type { Outside } from './model.ts';
import { dropOut, waitForMatch } from './pool.ts';
import { standingMatchOf } from './standing.ts';

/** `undefined` for who takes part in matching now. */
export async function whyNotMatched(db: Reader, memberId: string, now: Date): Promise<Outside | undefined> {
  const member = await findMember(db, memberId);
  if (member?.status !== 'active') return 'gone';
  if (!member.agreesToMatching) return 'not-agreed';
  if (isPaused(member, 'matching', now)) return 'paused';
  return (await takesPart(db, member.councilId)) ? undefined : 'council';
}

/**
 * Somebody joined, agreed to be matched, or is back from a pause. Between two rounds they wait for a match, unless they
 * have one; before the first round they are in that. To be called by who holds the member.
 */
export async function beginMatching(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if ((await whyNotMatched(tx, memberId, core.clock.now())) !== undefined) return;
  if ((await newestRound(tx)) === undefined || (await standingMatchOf(tx, memberId)) !== undefined) return;
  await waitForMatch(core, tx, memberId, 'joined');
}

/** Something about them has changed: whoever takes part no more is taken out. To be called by who holds the member. */
export async function endMatchingUnlessTakingPart(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if ((await whyNotMatched(tx, memberId, core.clock.now())) !== undefined) await dropOut(core, tx, memberId);
}
