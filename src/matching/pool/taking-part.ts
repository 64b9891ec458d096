import { takesPart } from '../../convening/taking-part.ts';
import type { Core } from '../../core.ts';
import type { Transaction } from '../../store/database.ts';
import { standingMatchOf } from '../matches/standing.ts';
import { whyNotMatched } from '../people/outside.ts';
import { isResting } from './resting.ts';
import { dropOut, waitForMatch } from './service.ts';

/**
 * Somebody joined, agreed to be matched, is back from a pause, or their council takes part from now on. They wait for a
 * match, unless they have one, or asked for none until the next round; a round takes out of those who wait whoever is in
 * it. So nobody is lost, not even where a round, the first one too, is being published at this very moment and saw
 * nothing of them. To be called by who holds the member.
 *
 * @returns whether they wait now
 */
export async function beginMatching(core: Core, tx: Transaction, memberId: string): Promise<boolean> {
  if ((await whyNotMatched(tx, memberId, core.clock.now())) !== undefined) return false;
  if ((await standingMatchOf(tx, memberId)) !== undefined || (await isResting(tx, memberId))) return false;
  await waitForMatch(core, tx, memberId, 'joined');
  return true;
}

/** Something about them has changed: whoever takes part no more is taken out. To be called by who holds the member. */
export async function endMatchingUnlessTakingPart(core: Core, tx: Transaction, memberId: string): Promise<void> {
  if ((await whyNotMatched(tx, memberId, core.clock.now())) !== undefined) await dropOut(core, tx, memberId);
}

/**
 * They are of another council now. The match that they have stands, whatever council the other is of: it was made by what
 * was so then. To be called by who holds the member.
 *
 * @param from the council they were of
 */
export async function moveInMatching(core: Core, tx: Transaction, memberId: string, from: string): Promise<void> {
  await endMatchingUnlessTakingPart(core, tx, memberId);
  if (!(await takesPart(tx, from))) await beginMatching(core, tx, memberId);
}
