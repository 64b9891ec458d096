import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { aheadOf, toldOf } from './following-up.ts';
import * as say from './following-up-messages.ts';
import { findMatch, type StandingMatch, standingMatchOf } from './standing.ts';

const over = drop('the match has ended, or they are no longer in it');

/** Not where one of them has said meanwhile that they have a date. */
export async function composeHalfWay(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const match = await findMatch(core.db, delivery.subject);
  if (match === undefined || !isIn(match, member)) return over;
  const isQuiet = match.people.every(
    ({ state, outcome }) => (state === 'open' || state === 'dropped') && outcome === null,
  );
  if (!isQuiet || match.agreedAt !== undefined) return drop('they have a date, or have met');
  return await sayOf(core.db, match, member, say.halfWay);
}

export async function composeQuestion(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const match = await findMatch(core.db, delivery.subject);
  if (match === undefined || !isIn(match, member)) return over;
  const own = match.people.find(({ id }) => id === member.id);
  if (own?.outcome !== null) return drop('they have answered already');
  return await sayOf(core.db, match, member, say.whetherYouMet);
}

/** The subject is the match that has ended, or goes on with the rest of a group. */
export async function composePartnerGone(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  const { db } = core;
  const match = await findMatch(db, delivery.subject);
  // The other was erased, and the match with them.
  if (match === undefined) {
    const ahead = await aheadOf(db, await standingMatchOf(db, member.id));
    return {
      kind: 'say',
      message: say.partnerGone({ matchId: delivery.subject, others: [], state: 'open' }, ahead, member.zone),
    };
  }
  const own = match.people.find(({ id }) => id === member.id);
  if (own === undefined || own.state === 'dropped') return over;
  if (match.endedAt === null) return await sayOf(db, match, member, say.groupIsSmaller);
  const found = await standingMatchOf(db, member.id);
  const waits = await db
    .selectFrom('standing_pool')
    .select('why')
    .where('member_id', '=', member.id)
    .executeTakeFirst();
  // For whoever is silent we do not look by ourselves: they are asked.
  if (found === undefined && waits === undefined)
    return { kind: 'say', message: say.matchEnded(await toldOf(db, match, member.id)) };
  const ahead = await aheadOf(db, found);
  return { kind: 'say', message: say.partnerGone(await toldOf(db, match, member.id), ahead, member.zone) };
}

function isIn({ endedAt, people }: StandingMatch, member: Member): boolean {
  return endedAt === null && people.some(({ id, state }) => id === member.id && state !== 'dropped');
}

async function sayOf(
  db: Reader,
  match: StandingMatch,
  member: Member,
  words: (told: say.Told) => Message,
): Promise<Composed> {
  const told = await toldOf(db, match, member.id);
  return told.others.length === 0
    ? drop('nobody else of the match is in the network')
    : { kind: 'say', message: words(told) };
}
