import { rhythmWords } from '../../calendar/messages.ts';
import type { Core } from '../../core.ts';
import type { Message } from '../../messages/message.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Member } from '../../network/model.ts';
import { readSettings } from '../../network/roster.ts';
import type { Reader } from '../../store/database.ts';
import { toldOf } from '../following-up/told.ts';
import { newestRound } from '../history.ts';
import { introductionTo } from '../introductions/compose.ts';
import { isOver, isTimeAhead } from '../matches/rules.ts';
import { findMatch, type StandingMatch, standingMatchOf } from '../matches/standing.ts';
import { leftOut } from '../messages.ts';
import { isResting } from '../pool/resting.ts';
import { openEarlier, questionFor } from './earlier.ts';
import * as say from './messages.ts';
import { takesNoPart, withNextRound, withNextRoundOrPause } from './next-messages.ts';
import { nextRoundOf } from './next-round.ts';

/*
 * How somebody stands to matching now: whom they are matched with in the last round; or that they wait, were left out, sat
 * out or said "not now"; and what is still open from earlier rounds.
 */

/** In one message, with how they stand to the next round. */
export async function showCurrent(core: Core, member: Member): Promise<Reply> {
  return { kind: 'message', message: await currentCard(core, member) };
}

async function currentCard(core: Core, member: Member): Promise<Message> {
  const { db, clock } = core;
  const earlier = await openEarlier(db, member, clock.now());
  const next = await nextRoundOf(core, member);
  const match = await matchCard(core, member);
  if (match !== undefined) return withNextRound(say.withEarlierNamed(match, earlier), next, member.zone);
  if (next.kind === 'outside') return say.withEarlier(takesNoPart(next.why), earlier);
  const round = await newestRound(db);
  const none = round === undefined ? await beforeFirst(db) : await whyNoMatch(db, member, round, core.clock.now());
  return withNextRoundOrPause(say.withEarlier(none, earlier), next, member.zone);
}

/** What is open from one earlier round, by itself; how they stand now where nothing is any more. */
export async function showEarlier(core: Core, member: Member, matchId: string): Promise<Reply> {
  const earlier = await openEarlier(core.db, member, core.clock.now());
  const shown = earlier.find((one) => one.matchId === matchId);
  if (shown === undefined) return await showCurrent(core, member);
  return { kind: 'message', message: say.earlierByItself(shown.card) };
}

/** A card for each, for their home; none where there is nothing to say. */
export async function matchCards(core: Core, member: Member): Promise<readonly Message[]> {
  const card = (await matchCard(core, member)) ?? (await noMatchCard(core, member));
  const earlier = await openEarlier(core.db, member, core.clock.now());
  return [...(card === undefined ? [] : [card]), ...earlier.map((one) => one.card)];
}

/**
 * The match of the last round; once they have been asked whether they met, that question, unless there is a time still to come. Of
 * whoever met somebody who has left since, the same.
 */
async function matchCard(core: Core, member: Member): Promise<Message | undefined> {
  const { db } = core;
  const matchId = await standingMatchOf(db, member.id);
  const match = matchId === undefined ? undefined : await findMatch(db, matchId);
  if (match === undefined) return undefined;
  const own = match.people.find(({ id }) => id === member.id);
  const now = core.clock.now();
  const isToAnswer = own?.outcome === null && !isTimeAhead(match, now);
  if (isToAnswer && (await isAsked(db, match.id, member.id)))
    return questionFor(await toldOf(db, match, member.id, now));
  return (await introductionTo(core, member, match.id)) ?? (await aloneCard(core, member, match));
}

/** Nobody else of their match is in the network any more. */
async function aloneCard({ db, clock }: Core, member: Member, match: StandingMatch): Promise<Message> {
  const own = match.people.find(({ id }) => id === member.id);
  const told = await toldOf(db, match, member.id, clock.now());
  if (own?.outcome === null && isOver(match, clock.now())) return questionFor(told);
  return own?.state === 'met' ? say.complete() : say.endedNow(told);
}

async function isAsked(db: Reader, matchId: string, memberId: string): Promise<boolean> {
  const asked = db.selectFrom('deliveries').select('id').where('key', '=', `matching.question:${matchId}:${memberId}`);
  return (await asked.executeTakeFirst()) !== undefined;
}

/** Why somebody who takes part has no match, and what comes next; `undefined` where there is nothing to say of it. */
async function noMatchCard(core: Core, member: Member): Promise<Message | undefined> {
  const { db } = core;
  const round = await newestRound(db);
  const next = await nextRoundOf(core, member);
  const isMatched = (await standingMatchOf(db, member.id)) !== undefined;
  if (round === undefined || next.kind === 'outside' || isMatched) return undefined;
  return withNextRoundOrPause(await whyNoMatch(db, member, round, core.clock.now()), next, member.zone);
}

async function whyNoMatch(db: Reader, member: Member, round: string, now: Date): Promise<Message> {
  const pool = db.selectFrom('standing_pool').select(['since', 'why']).where('member_id', '=', member.id);
  const waits = await pool.executeTakeFirst();
  if (waits !== undefined) return say.waiting(waits, member.zone);
  if (await isResting(db, member.id)) return say.restsNow();
  const last = await lastMatchIn(db, round, member.id);
  if (last !== undefined) return say.endedNow(await toldOf(db, last, member.id, now));
  const row = db.selectFrom('left_out').select('reason').where('round_id', '=', round);
  const out = await row.where('member_id', '=', member.id).executeTakeFirst();
  return out === undefined ? say.noMatchNow() : leftOut(out.reason);
}

/** The last match of this round that they were in, which has ended or goes on without them. */
async function lastMatchIn(db: Reader, roundId: string, memberId: string): Promise<StandingMatch | undefined> {
  const rows = db
    .selectFrom('match_members')
    .innerJoin('matches', 'matches.id', 'match_members.match_id')
    .select('matches.id')
    .where('matches.round_id', '=', roundId)
    .where('match_members.member_id', '=', memberId);
  const row = await rows.orderBy('matches.made_at', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? undefined : await findMatch(db, row.id);
}

async function beforeFirst(db: Reader): Promise<Message> {
  const { rounds } = rhythmWords(await readSettings(db));
  return say.beforeFirst(rounds);
}
