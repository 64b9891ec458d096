import type { Core } from '../core.ts';
import { type RoundAhead, roundAhead } from '../matching/asking/round-ahead.ts';
import { newestNumber } from '../matching/history.ts';
import { standingMatchOf } from '../matching/matches/standing.ts';
import { isResting } from '../matching/pool/resting.ts';
import type { Reply } from '../messages/reply.ts';
import { holdToChange } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import * as say from './rounds-messages.ts';

/**
 * Sits out the next round of matches, and only that.
 *
 * @param told the number of the round that they were told of, '' where it was the next one, whichever that is: of one that
 *   has taken place nothing is changed
 */
export async function skipRound(core: Core, member: Member, told: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    // A round that is being made holds them: what comes next is known once it is kept.
    await holdToChange(tx, member.id);
    const ahead = await roundAhead(tx);
    if (told !== '' && (await hasBeen(tx, Number(told), ahead))) {
      return { kind: 'replace', message: say.roundHasBeen(ahead, member.zone) };
    }
    await setSkips(tx, member.id, true);
    const shown = { round: ahead?.at, isMatched: await isMatched(tx, member.id), zone: member.zone };
    return { kind: 'replace', message: say.skipsRound(shown) };
  });
}

/** Takes part in the next round after all; who rests until then can ask for a match before it. */
export async function takeRound(core: Core, member: Member): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdToChange(tx, member.id);
    await setSkips(tx, member.id, false);
    const [round, rests] = [await roundAhead(tx), await isResting(tx, member.id)];
    const shown = { round, rests, isMatched: await isMatched(tx, member.id), zone: member.zone };
    return { kind: 'replace', message: say.takesRound(shown) };
  });
}

async function isMatched(db: Reader, memberId: string): Promise<boolean> {
  return (await standingMatchOf(db, memberId)) !== undefined;
}

async function setSkips(tx: Transaction, memberId: string, skips: boolean): Promise<void> {
  await tx.updateTable('members').set({ skips_round: skips }).where('id', '=', memberId).execute();
}

/** Not one that is due and waits for conveners: it can still be sat out. */
async function hasBeen(db: Reader, number: number, ahead: RoundAhead | undefined): Promise<boolean> {
  if (ahead !== undefined) return number < ahead.number;
  return number <= ((await newestNumber(db).executeTakeFirst())?.number ?? 0);
}
