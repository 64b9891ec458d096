import { randomUUID } from 'node:crypto';
import { rhythmWords } from '../calendar/messages.ts';
import { councilsApart } from '../convening/relations.ts';
import { councilsOutside } from '../convening/taking-part.ts';
import type { Core } from '../core.ts';
import { isReachedBy } from '../delivery/reach.ts';
import { mayNotMeet } from '../membership/apart.ts';
import { takeSkips } from '../membership/rounds.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import { activeMembers, readSettings } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { addRoom } from '../store/rooms.ts';
import { sharedWorkspace } from './group.ts';
import { latestMatch, membersOf, otherOf, pairsOfBefore, pastPairs, timesLeftOut } from './history.ts';
import * as say from './messages.ts';
import { pairRound, type RoundInput, whyLeftOut } from './rules.ts';
import { readStarter } from './starter.ts';

/** Runs one round on everyone who takes part, keeps it, and posts an introduction to each. */
export async function runRound(core: Core, tx: Transaction, number: number): Promise<void> {
  const now = core.clock.now();
  const input = await readRound(core, tx, number);
  const { pairs, leftOut } = pairRound(input);
  const roundId = randomUUID();
  await tx.insertInto('rounds').values({ id: roundId, number, published_at: now }).execute();
  for (const pair of pairs) await introduce(core, tx, roundId, pair);
  for (const memberId of leftOut) {
    await tx
      .insertInto('left_out')
      .values({ round_id: roundId, member_id: memberId, reason: whyLeftOut(memberId, input) })
      .execute();
    await post(tx, now, [
      { key: `matching.left-out:${roundId}:${memberId}`, kind: 'matching.left-out', subject: roundId, memberId },
    ]);
  }
}

/** Who takes part now, and all that decides who may meet whom. Whoever sits out this round takes part in the next. */
async function readRound(core: Core, tx: Transaction, number: number): Promise<RoundInput> {
  const now = core.clock.now();
  const skipping = await takeSkips(tx);
  const outside = await councilsOutside(tx);
  const taking = (await activeMembers(tx)).filter(
    ({ id, councilId, agreesToMatching, ...member }) =>
      agreesToMatching && !isPaused(member, 'matching', now) && !skipping.has(id) && !outside.has(councilId),
  );
  return {
    number,
    candidates: taking.map(({ id, councilId }) => ({ memberId: id, councilId })),
    past: [...(await pastPairs(tx)), ...(await pairsOfBefore(core, tx))],
    apart: await mayNotMeet(core, tx),
    councilsApart: await councilsApart(tx),
    leftOutBefore: await timesLeftOut(tx),
  };
}

/** In one group of theirs where they share a workspace; otherwise one by one. */
async function introduce(core: Core, tx: Transaction, roundId: string, pair: readonly [string, string]): Promise<void> {
  const now = core.clock.now();
  const id = randomUUID();
  await tx.insertInto('matches').values({ id, round_id: roundId }).execute();
  await tx
    .insertInto('match_members')
    .values(pair.map((memberId) => ({ match_id: id, member_id: memberId })))
    .execute();
  const workspace = await sharedWorkspace(tx, pair);
  if (workspace === undefined) return await introduceSeparately(core, tx, id);
  const room = {
    ...workspace,
    purpose: 'introduction',
    room: '',
    address: {},
    subject: id,
    chosenBy: null,
    createdAt: now,
  } as const;
  const kind = 'matching.group-introduction';
  await post(tx, now, [{ key: `${kind}:${id}`, kind, subject: id, roomId: await addRoom(tx, room) }]);
  // A message to a group is nobody's own, so nothing else will say that their homes show a match now.
  for (const memberId of pair) await refreshHomes(tx, now, memberId);
}

/** Introduces the people of a match one by one: they share no workspace, or the group could not be made. */
export async function introduceSeparately(core: Core, tx: Transaction, matchId: string): Promise<void> {
  const people = await membersOf(tx, matchId);
  const kind = 'matching.introduction';
  await post(
    tx,
    core.clock.now(),
    people.map(({ id }) => ({ key: `${kind}:${matchId}:${id}`, kind, subject: matchId, memberId: id }) as const),
  );
}

/** The member's newest match. */
export async function showCurrent(core: Core, member: Member): Promise<Reply> {
  const current = await currentMatch(core, member);
  if (current !== undefined) return { kind: 'message', message: current };
  return { kind: 'message', message: say.noMatchYet(rhythmWords(await readSettings(core.db)).rounds) };
}

export async function currentMatch(core: Core, member: Member): Promise<Message | undefined> {
  const matchId = await latestMatch(core.db, member.id);
  if (matchId === undefined) return undefined;
  return await introductionTo(core, member, matchId);
}

/** Introduces the other of a match to this member; `undefined` when that person is no longer in the network. */
export async function introductionTo(core: Core, member: Member, matchId: string): Promise<Message | undefined> {
  const other = await otherOf(core.db, matchId, member.id);
  if (other?.status !== 'active') return undefined;
  const starter = await readStarter(core, matchId, [member.id, other.id]);
  return say.introduction(other, starter, await isReachedBy(core.db, other.id, 'teams'));
}
