import { sql } from 'kysely';
import type { Core } from '../../core.ts';
import { type Composed, type Delivery, drop } from '../../delivery/model.ts';
import type { Message } from '../../messages/message.ts';
import type { Member } from '../../network/model.ts';
import type { Reader } from '../../store/database.ts';
import { isOfNewestRound, overtaken } from '../history.ts';
import { isOver } from '../matches/rules.ts';
import { findMatch, type StandingMatch, standingMatchOf } from '../matches/standing.ts';
import { whyNotMatched } from '../people/outside.ts';
import * as say from './messages.ts';
import { aheadOf, goneOf, toldOf } from './told.ts';

const over = drop('the match has ended, or they are no longer in it');

/** Not where one of them has said meanwhile that they have a date. */
export async function composeHalfWay(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const match = await findMatch(core.db, delivery.subject);
  if (match === undefined || !isIn(match, member)) return over;
  const isQuiet = match.people.every(
    ({ state, outcome }) => (state === 'open' || state === 'dropped') && outcome === null,
  );
  if (!isQuiet || match.agreedAt !== undefined) return drop('they have a date, or have met');
  return await sayOf(core, match, member, say.halfWay);
}

export async function composeQuestion(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const match = await findMatch(core.db, delivery.subject);
  const own = match?.people.find(({ id }) => id === member.id);
  if (match === undefined || own === undefined || match.endedAt !== null) return over;
  if (own.outcome !== null) return drop('they have answered already');
  // Whoever has met can say how it was, though the other is in the network no more, or they themselves do not meet again.
  const now = core.clock.now();
  if (isOver(match, now)) {
    return { kind: 'say', message: say.whetherYouMet(await toldOf(core.db, match, member.id, now)) };
  }
  return isIn(match, member) ? await sayOf(core, match, member, say.whetherYouMet) : over;
}

/** The subject is the match that has ended, or goes on with the rest of a group. */
export async function composePartnerGone(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const { db } = core;
  const now = core.clock.now();
  // They have met, and take part no more since: what becomes of the match is nothing to them.
  const why = await whyNotMatched(db, member.id, now);
  if (why !== undefined) return drop('they take no part in matching now');
  if (await isSaidLater(db, delivery, member)) return drop('a later one says it');
  const match = await findMatch(db, delivery.subject);
  // The other was erased, and the match with them.
  if (match === undefined) {
    return await sayGone(db, goneOf(delivery.subject), member, await postedAt(db, delivery));
  }
  const own = match.people.find(({ id }) => id === member.id);
  if (own === undefined || own.state === 'dropped') return over;
  if (match.endedAt === null) return await sayOf(core, match, member, say.groupIsSmaller);
  if (!(await isOfNewestRound(db, match.id))) return overtaken;
  return await sayGone(db, await toldOf(db, match, member.id, now), member, match.endedAt);
}

/** Whether another who went after this one is still to be told of, or has been since: that says how the match is by now. */
async function isSaidLater(db: Reader, { id, subject }: Delivery, member: Member): Promise<boolean> {
  const later = db
    .selectFrom('deliveries as own')
    .innerJoin('deliveries as later', 'later.kind', 'own.kind')
    .select('later.id')
    .where('own.id', '=', id)
    .where('later.subject', '=', subject)
    .where('later.member_id', '=', member.id)
    .where(sql<boolean>`(later.created_at, later.id) > (own.created_at, own.id)`)
    .where((or) =>
      or.or([
        or('later.status', 'in', ['pending', 'sending']),
        or.and([or('later.status', '=', 'sent'), or('later.settled_at', '>', or.ref('own.created_at'))]),
      ]),
    );
  return (await later.limit(1).executeTakeFirst()) !== undefined;
}

/** @param since when it ended: a match that they had before that is none that we found for them */
async function sayGone(db: Reader, told: say.Told, member: Member, since: Date): Promise<Composed> {
  const found = await standingMatchOf(db, member.id);
  if (found !== undefined) {
    const match = await findMatch(db, found);
    if (match === undefined || match.madeAt < since) return drop('they have another match');
    return { kind: 'say', message: say.partnerGone(told, { kind: 'matched' }, member.zone) };
  }
  const pool = db.selectFrom('standing_pool').select('why').where('member_id', '=', member.id);
  // For whoever is silent we do not look by ourselves: they are asked.
  if ((await pool.executeTakeFirst()) === undefined) return { kind: 'say', message: say.matchEnded(told) };
  return { kind: 'say', message: say.partnerGone(told, await aheadOf(db, undefined), member.zone) };
}

async function postedAt(db: Reader, { id }: Delivery): Promise<Date> {
  const row = db.selectFrom('deliveries').select('created_at as at').where('id', '=', id);
  return (await row.executeTakeFirstOrThrow()).at;
}

function isIn({ endedAt, people }: StandingMatch, member: Member): boolean {
  return endedAt === null && people.some(({ id, state }) => id === member.id && state !== 'dropped');
}

async function sayOf(
  { db, clock }: Core,
  match: StandingMatch,
  member: Member,
  words: (told: say.Told) => Message,
): Promise<Composed> {
  const told = await toldOf(db, match, member.id, clock.now());
  return told.others.length === 0
    ? drop('nobody else of the match is in the network')
    : { kind: 'say', message: words(told) };
}
