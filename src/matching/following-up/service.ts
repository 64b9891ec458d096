import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Member } from '../../network/model.ts';
import type { Transaction } from '../../store/database.ts';
import { roundAhead } from '../asking/round-ahead.ts';
import { isOfNewestRound } from '../history.ts';
import { saysNotMet } from '../matches/met-rules.ts';
import { dateAhead, isOver, stateAfter, staying } from '../matches/rules.ts';
import { type MatchPerson, type StandingMatch, standingMatchOf } from '../matches/standing.ts';
import type { MatchState, Outcome } from '../model.ts';
import { takeOut } from '../pool/ending.ts';
import { isResting, letRest } from '../pool/resting.ts';
import { leavePool, lookForOther } from '../pool/service.ts';
import { doNotMeet, noOtherNow as sayNoOther } from './ending-messages.ts';
import { mayLookAgain } from './looking.ts';
import * as say from './messages.ts';
import { pressing, type Words, whetherTheyMet } from './pressing.ts';

/*
 * What the people of a match say of it: that they have a date, that they met and how it was, or that it will not be.
 */

/** @throws Refusal for a match that has ended, or is not theirs */
export async function dated(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, match, own) => {
    mustStand(match, own);
    if (own.state === 'open') await setState(tx, matchId, member.id, 'dated');
    return own.state === 'met' ? say.hasMet : say.hasDate;
  });
}

/**
 * Keeps that they met, whatever they have said before. Like an answer it may be said of a match that has ended since; whoever
 * dropped out says it with their answer alone.
 *
 * @throws Refusal for a match that is not theirs
 */
export async function met(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, _, own) => {
    if (own.state === 'dropped') return say.whetherYouMet;
    await setState(tx, matchId, member.id, 'met');
    if (!saysMet(own)) await setOutcome(tx, matchId, member.id, { outcome: null, answered_at: null });
    return say.hasMet;
  });
}

/**
 * Keeps whether they met and how it was; what they answer last holds. It may be said of a match that has ended since.
 *
 * @throws Refusal for a match that is not theirs
 */
export async function answer(core: Core, member: Member, matchId: string, outcome: Outcome): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, _, own) => {
    await setOutcome(tx, matchId, member.id, { outcome, answered_at: core.clock.now() });
    await setState(tx, matchId, member.id, stateAfter(outcome, own.state));
    const mayAsk = saysNotMet(outcome) && (await mayLookAgain(core, tx, member.id, matchId));
    return (told) => say.answered(told, outcome, mayAsk);
  });
}

/**
 * They cannot meet this time, and have no other match until the next round: the others meet without them, or are matched
 * anew. Of a match of an earlier round no more comes than that they do not meet: what they all have since is something else.
 * Of one that has ended, they have no other looked for. Those who have met only do not meet again.
 *
 * @throws Refusal where there is nothing left to end, or it is not theirs
 */
export async function notNow(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, match, own) => {
    const now = core.clock.now();
    const isPresent = await isOfNewestRound(tx, matchId);
    if (match.endedAt !== null || own.state === 'dropped') {
      if (!isPresent) throw new Refusal(say.refusals.over);
      return await noOtherNow(tx, member.id);
    }
    if (isOver(match, now) && dateAhead(match, now) === undefined) return whetherTheyMet(own);
    // Whoever drops out of a group says that they met with their answer alone.
    if (own.state === 'met' && own.outcome === null && staying(match).length > 2) return say.hasMet;
    const left = await takeOut(core, tx, matchId, member.id);
    if (left === undefined) return doNotMeet;
    const ahead = await roundAhead(tx);
    if (!isPresent) {
      const isTold = left.others.length > 0 && !left.stands;
      return (told) => (isTold ? doNotMeet(told) : say.notNow({ ...told, others: [] }, left.stands, ahead?.number));
    }
    await letRest(tx, [member.id]);
    if (!left.stands) for (const other of left.others) await lookForOther(core, tx, other);
    return (told) => say.notNow(told, left.stands, ahead?.number);
  });
}

/**
 * Their match of this round has ended, and they want no other.
 *
 * @throws Refusal where they have another already, or have said so before
 */
async function noOtherNow(tx: Transaction, memberId: string): Promise<Words> {
  const isMatched = (await standingMatchOf(tx, memberId)) !== undefined;
  const waited = !isMatched && (await leavePool(tx, memberId));
  if (isMatched || (!waited && (await isResting(tx, memberId)))) throw new Refusal(say.refusals.over);
  await letRest(tx, [memberId]);
  const ahead = await roundAhead(tx);
  return (told) => sayNoOther(told, ahead?.number);
}

function mustStand(match: StandingMatch, own: MatchPerson): void {
  if (match.endedAt !== null || own.state === 'dropped') throw new Refusal(say.refusals.over);
}

function saysMet({ outcome }: MatchPerson): boolean {
  return outcome === 'useful' || outcome === 'not-useful';
}

async function setState(tx: Transaction, matchId: string, memberId: string, state: MatchState): Promise<void> {
  await tx
    .updateTable('match_members')
    .set({ state })
    .where('match_id', '=', matchId)
    .where('member_id', '=', memberId)
    .execute();
}

async function setOutcome(
  tx: Transaction,
  matchId: string,
  memberId: string,
  said: { readonly outcome: Outcome | null; readonly answered_at: Date | null },
): Promise<void> {
  await tx
    .updateTable('match_members')
    .set(said)
    .where('match_id', '=', matchId)
    .where('member_id', '=', memberId)
    .execute();
}
