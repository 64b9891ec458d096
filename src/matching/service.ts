import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { activeMembers } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { latestMatch, otherOf, pastPairs, timesLeftOut } from './history.ts';
import * as say from './messages.ts';
import { pairRound, type RoundInput, whyLeftOut } from './rules.ts';
import { starterFor } from './starter.ts';

/** Runs one round on everyone who takes part, keeps it, and posts an introduction to each. */
export async function runRound(core: Core, tx: Transaction, number: number): Promise<void> {
  const now = core.clock.now();
  const taking = (await activeMembers(tx)).filter((member) => !isPaused(member, now));
  const input: RoundInput = {
    number,
    candidates: taking.map((member) => ({ memberId: member.id, councilId: member.councilId })),
    past: await pastPairs(tx),
    leftOutBefore: await timesLeftOut(tx),
  };
  const { pairs, leftOut } = pairRound(input);
  const roundId = randomUUID();
  await tx.insertInto('rounds').values({ id: roundId, number, published_at: now }).execute();
  for (const pair of pairs) await introduce(tx, roundId, pair, now);
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

async function introduce(tx: Transaction, roundId: string, pair: readonly [string, string], now: Date): Promise<void> {
  const id = randomUUID();
  await tx.insertInto('matches').values({ id, round_id: roundId }).execute();
  await tx
    .insertInto('match_members')
    .values(pair.map((memberId) => ({ match_id: id, member_id: memberId })))
    .execute();
  const kind = 'matching.introduction';
  await post(
    tx,
    now,
    pair.map((memberId) => ({ key: `${kind}:${id}:${memberId}`, kind, subject: id, memberId }) as const),
  );
}

/** The member's newest match. */
export async function showCurrent(core: Core, member: Member): Promise<Reply> {
  return { kind: 'message', message: (await currentMatch(core, member)) ?? say.noMatchYet() };
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
  return say.introduction(other, starterFor(core.frameworks, matchId));
}
