import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Message } from '../../messages/message.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdToChange } from '../../network/hold.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Transaction } from '../../store/database.ts';
import { ownRoundAhead } from '../asking/round-ahead.ts';
import { isOver } from '../matches/rules.ts';
import { findMatch, standingMatchOf } from '../matches/standing.ts';
import { whyNotMatched } from '../people/outside.ts';
import { takeOut } from '../pool/ending.ts';
import { endRest } from '../pool/resting.ts';
import { waitForMatch } from '../pool/service.ts';
import { hasMatch, looksNow } from './looking-messages.ts';
import * as say from './messages.ts';
import { type Act, pressing, whetherTheyMet } from './pressing.ts';
import { aheadOf } from './told.ts';

/* Asking for a match before the next round: for another one, or for one at all. */

/**
 * Looks for somebody else for one whose partner is silent, or whose match has ended. The partner is told that it has
 * ended, and nothing else; for them we look when they say so. Whose time to meet has passed is asked whether they met
 * first: what has taken place is not ended. Where the match is gone, with somebody who was erased, there is nothing to end.
 *
 * @throws Refusal for who takes no part now, or has met
 */
export async function askRematch(core: Core, member: Member, matchId: string): Promise<Reply> {
  const rematch: Act = async (tx, match, own) => {
    await mustTakePart(core, tx, member.id);
    const current = await standingMatchOf(tx, member.id);
    if (current === matchId && isOver(match, core.clock.now())) return whetherTheyMet(own);
    await endRest(tx, member.id);
    const left = current === matchId ? await takeOut(core, tx, matchId, member.id) : undefined;
    // Another press of theirs, or a card from before: they have somebody else already.
    const isMatched = current !== undefined && current !== matchId;
    if (!isMatched) await waitForMatch(core, tx, member.id, 'rematch');
    const ahead = await aheadOf(tx, isMatched ? current : undefined);
    return (told) => say.rematching(left && { told, stands: left.stands }, ahead, member.zone);
  };
  return await pressing(core, member, matchId, rematch, async (tx) => await look(core, tx, member));
}

/**
 * Looks for a match before the next round for one who has none: they sat the last round out, said "not now", or their match
 * has ended.
 *
 * @throws Refusal for who takes no part now
 */
export async function lookNow(core: Core, member: Member): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdToChange(tx, member.id);
    const message = await look(core, tx, member);
    await refreshHomes(tx, core.clock.now(), member.id);
    return { kind: 'replace', message };
  });
}

/** To be called by who holds the member. */
async function look(core: Core, tx: Transaction, member: Member): Promise<Message> {
  await mustTakePart(core, tx, member.id);
  if ((await standingMatchOf(tx, member.id)) !== undefined) return hasMatch();
  await endRest(tx, member.id);
  await waitForMatch(core, tx, member.id, 'rematch');
  return looksNow(await ownRoundAhead(tx, member.id), member.zone);
}

/** Whether somebody who says that they did not meet can ask for another match: they have none beside it, and wait for none. */
export async function mayLookAgain(core: Core, tx: Transaction, memberId: string, matchId: string): Promise<boolean> {
  const now = core.clock.now();
  if ((await whyNotMatched(tx, memberId, now)) !== undefined) return false;
  const current = await standingMatchOf(tx, memberId);
  if (current !== undefined) {
    const match = current === matchId ? await findMatch(tx, matchId) : undefined;
    // The other may say that they met.
    return match !== undefined && !isOver(match, now);
  }
  const pool = tx.selectFrom('standing_pool').select('member_id').where('member_id', '=', memberId);
  return (await pool.executeTakeFirst()) === undefined;
}

/** @throws Refusal for who is matched with nobody now */
async function mustTakePart(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const why = await whyNotMatched(tx, memberId, core.clock.now());
  if (why !== undefined) throw new Refusal(say.whyNot[why]);
}
