import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { takeOut } from './ending.ts';
import * as say from './following-up-messages.ts';
import { stateAfter, staying } from './following-up-rules.ts';
import type { MatchState, Outcome } from './model.ts';
import { waitForMatch } from './pool.ts';
import { roundAhead } from './round-ahead.ts';
import { findMatch, type MatchPerson, namesOf, type StandingMatch, standingMatchOf } from './standing.ts';
import { whyNotMatched } from './taking-part.ts';

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

/** @throws Refusal for a match that has ended, or is not theirs */
export async function met(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, match, own) => {
    mustStand(match, own);
    await setState(tx, matchId, member.id, 'met');
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
    await tx
      .updateTable('match_members')
      .set({ outcome, answered_at: core.clock.now(), state: stateAfter(outcome, own.state) })
      .where('match_id', '=', matchId)
      .where('member_id', '=', member.id)
      .execute();
    return (told) => say.answered(told, outcome);
  });
}

/**
 * Looks for somebody else for one whose partner is silent, or whose match has ended. The partner is told that it has
 * ended, and nothing else; for them we look when they say so.
 *
 * @throws Refusal for who takes no part now, or has met
 */
export async function askRematch(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, _, own) => {
    await mustTakePart(core, tx, member.id);
    const current = await standingMatchOf(tx, member.id);
    if (own.state === 'met' && current === matchId) throw new Refusal(say.refusals.haveMet);
    if (current === matchId) await takeOut(core, tx, matchId, member.id);
    // Another press of theirs, or a card from before: they have somebody else already.
    const isMatched = current !== undefined && current !== matchId;
    if (!isMatched) await waitForMatch(core, tx, member.id, 'rematch');
    const ahead = await aheadOf(tx, isMatched ? current : undefined);
    return () => say.rematching(ahead, member.zone);
  });
}

/**
 * They cannot meet this time: the others meet without them, or are matched anew.
 *
 * @throws Refusal for a match that has ended, or is not theirs
 */
export async function notNow(core: Core, member: Member, matchId: string): Promise<Reply> {
  return await pressing(core, member, matchId, async (tx, match, own) => {
    mustStand(match, own);
    const left = await takeOut(core, tx, matchId, member.id);
    if (left === undefined) throw new Refusal(say.refusals.over);
    if (!left.stands) for (const other of left.others) await waitForMatch(core, tx, other, 'partner-gone');
    return (told) => say.notNow(told, left.stands);
  });
}

/** What is said of a match of which they are told again. */
export async function aheadOf(db: Reader, found: string | undefined): Promise<say.Ahead> {
  return found === undefined ? { kind: 'waiting', round: (await roundAhead(db))?.at } : { kind: 'matched' };
}

/** One who presses a button of a match of theirs: what comes of it, in words of what is true then. */
async function pressing(
  core: Core,
  member: Member,
  matchId: string,
  act: (tx: Transaction, match: StandingMatch, own: MatchPerson) => Promise<(told: say.Told) => Message>,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const match = await findMatch(tx, matchId);
    const own = match?.people.find(({ id }) => id === member.id);
    if (match === undefined || own === undefined) throw new Refusal(say.refusals.notThere);
    const told = await toldOf(tx, match, member.id);
    const words = await act(tx, match, own);
    await refreshHomes(tx, core.clock.now(), member.id);
    return { kind: 'replace', message: words(told) };
  });
}

/** A match as this one of its people is told of it: of those who are in it still, or, once it has ended, who were. */
export async function toldOf(db: Reader, match: StandingMatch, memberId: string): Promise<say.Told> {
  const people = match.endedAt === null ? staying(match) : match.people;
  const others = people.map(({ id }) => id).filter((id) => id !== memberId);
  const state = match.people.find(({ id }) => id === memberId)?.state ?? 'open';
  return { matchId: match.id, others: await namesOf(db, others), state };
}

function mustStand(match: StandingMatch, own: MatchPerson): void {
  if (match.endedAt !== null || own.state === 'dropped') throw new Refusal(say.refusals.over);
}

/** @throws Refusal for who is matched with nobody now */
async function mustTakePart(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const why = await whyNotMatched(tx, memberId, core.clock.now());
  if (why !== undefined) throw new Refusal(say.whyNot[why]);
}

async function setState(tx: Transaction, matchId: string, memberId: string, state: MatchState): Promise<void> {
  await tx
    .updateTable('match_members')
    .set({ state })
    .where('match_id', '=', matchId)
    .where('member_id', '=', memberId)
    .execute();
}
