import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Message } from '../../messages/message.ts';
import type { Reply } from '../../messages/reply.ts';
import { holdToChange } from '../../network/hold.ts';
import { refreshHomes } from '../../network/homes.ts';
import type { Member } from '../../network/model.ts';
import type { Transaction } from '../../store/database.ts';
import { findMatch, type MatchPerson, type StandingMatch } from '../matches/standing.ts';
import * as say from './messages.ts';
import { toldOf } from './told.ts';

/** What comes of a press, told of the match as it was before it. */
export type Words = (told: say.Told) => Message;
/** `own` is how they stand to it who press. */
export type Act = (tx: Transaction, match: StandingMatch, own: MatchPerson) => Promise<Words>;

/**
 * One who presses a button of a match of theirs: what comes of it, in words of what is true then.
 *
 * @param whenGone what comes of it where the match is gone; a refusal unless said
 */
export async function pressing(
  core: Core,
  member: Member,
  matchId: string,
  act: Act,
  whenGone: (tx: Transaction) => Promise<Message> = notThere,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdToChange(tx, member.id);
    // Another of them may be ending it just now: what they press is of the match as it is after that.
    await tx.selectFrom('matches').select('id').where('id', '=', matchId).forNoKeyUpdate().execute();
    const match = await findMatch(tx, matchId);
    const message = match === undefined ? await whenGone(tx) : await actOn(core, tx, match, member, act);
    await refreshHomes(tx, core.clock.now(), member.id);
    return { kind: 'replace', message };
  });
}

async function actOn(
  { clock }: Core,
  tx: Transaction,
  match: StandingMatch,
  { id: memberId }: Member,
  act: Act,
): Promise<Message> {
  const own = match.people.find(({ id }) => id === memberId);
  if (own === undefined) throw new Refusal(say.refusals.notThere);
  const told = await toldOf(tx, match, memberId, clock.now());
  const words = await act(tx, match, own);
  return words(told);
}

async function notThere(): Promise<never> {
  throw new Refusal(say.refusals.notThere);
}

/**
 * A match whose people have met, as far as we know, is not ended: whoever has not said so yet is asked.
 *
 * @throws Refusal for whoever has
 */
export function whetherTheyMet({ state, outcome }: MatchPerson): Words {
  if (state === 'met') throw new Refusal(say.refusals.haveMet);
  if (outcome !== null) throw new Refusal(say.refusals.complete);
  return say.whetherYouMet;
}
