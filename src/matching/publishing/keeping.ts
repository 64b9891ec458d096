import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Core } from '../../core.ts';
import { refreshManyHomes } from '../../network/many-homes.ts';
import type { Transaction } from '../../store/database.ts';
import { post } from '../../store/outbox.ts';
import type { StoredVerdict } from '../model.ts';
import { makeMatches } from '../planning/making.ts';
import { type RoundPlan, verifyPlan } from '../planning/planning.ts';
import { sealRecord } from '../planning/record.ts';
import { usualScore } from '../pool/fit.ts';
import { letRest } from '../pool/resting.ts';
import { addToPool, lookSoon } from '../pool/service.ts';
import type { LeftOut } from '../solving/model.ts';

/**
 * Checks a round that was made, and keeps it with all that follows: its matches, who is left out and waits for one, and
 * the introductions. What was asked for it (what conveners fixed, sitting out) is used up; whoever came too late for it
 * goes on waiting for a match.
 *
 * @param by the convener who published it; null where it published itself
 * @returns its id
 */
export async function keepRound(core: Core, tx: Transaction, plan: RoundPlan, by: string | null): Promise<string> {
  const now = core.clock.now();
  const { input, solution, quality } = plan;
  const verdict = await checked(core, plan);
  const id = randomUUID();
  const record = sealRecord(core, id, { input, certificate: solution.certificate });
  const { objective, bound } = solution;
  await tx
    .insertInto('rounds')
    .values({
      ...record,
      id,
      number: input.number,
      published_at: now,
      objective: String(objective),
      bound: String(bound),
      verdict: JSON.stringify(verdict),
      quality: JSON.stringify(quality),
      published_by: by,
      usual_score: usualScore(
        input,
        solution.groups.map(({ members }) => members),
      ),
    })
    .execute();
  const groups = solution.groups.map(({ members, isLocked }) => {
    return { members, origin: isLocked ? ('fixed' as const) : ('round' as const) };
  });
  await makeMatches(core, tx, id, input, groups);
  await endSittingOut(tx, now);
  await clearFromPool(
    tx,
    input.members.map((member) => member.id),
  );
  await tx.deleteFrom('round_locks').execute();
  await keepLeftOut(tx, id, solution.leftOut, now);
  await lookSoon(tx, now);
  return id;
}

/** @throws Error for a round that breaks a rule: it must not be published */
async function checked(core: Core, plan: RoundPlan): Promise<StoredVerdict> {
  const { isSound, isBest, gap, parts, faults } = await verifyPlan(core, plan);
  if (!isSound) throw new Error(`Round ${plan.input.number} is not sound: ${faults.join(' ')}`);
  const stored = { isSound, isBest, gap };
  return parts.length < 2
    ? stored
    : { ...stored, parts: parts.map(({ kind, isBest: best, gap: own }) => ({ kind, isBest: best, gap: own })) };
}

async function keepLeftOut(tx: Transaction, roundId: string, leftOut: readonly LeftOut[], now: Date): Promise<void> {
  if (leftOut.length === 0) return;
  const rows = leftOut.map(({ memberId, reason }) => ({ round_id: roundId, member_id: memberId, reason }));
  await tx.insertInto('left_out').values(rows).execute();
  const kind = 'matching.left-out';
  await post(
    tx,
    now,
    leftOut.map(({ memberId }) => ({ key: `${kind}:${roundId}:${memberId}`, kind, subject: roundId, memberId })),
  );
  const ids = leftOut.map(({ memberId }) => memberId);
  await addToPool(tx, ids, 'left-out', now);
}

/** They have no match in it, and wait for none beside it. */
async function endSittingOut(tx: Transaction, now: Date): Promise<void> {
  const out = tx.updateTable('members').set({ skips_round: false }).where('skips_round', '=', true);
  const ids = (await out.returning('id').execute()).map(({ id }) => id);
  await letRest(tx, ids);
  await clearFromPool(tx, ids);
  // No message says so: what stands there is the match of the round before.
  await refreshManyHomes(tx, now, ids);
}

/** Everybody else goes on waiting: they began to take part while it was being made. */
async function clearFromPool(tx: Transaction, memberIds: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('standing_pool')
    .where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
    .execute();
}
