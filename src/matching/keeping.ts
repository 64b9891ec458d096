import { randomUUID } from 'node:crypto';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { sittingOut, whoCanBeMatched } from './candidates.ts';
import { makeMatches } from './making.ts';
import type { StoredVerdict } from './model.ts';
import type { RoundPlan } from './planning.ts';
import { addToPool, lookSoon } from './pool.ts';
import { sealRecord } from './record.ts';
import type { LeftOut } from './solving/model.ts';

/**
 * Checks a round that was made, and keeps it with all that follows: its matches, who is left out and waits for one, and
 * the introductions. What was asked for it (what conveners fixed, sitting out) is used up; whoever came too late for it
 * waits for a match.
 *
 * @param by the convener who published it; null where it published itself
 * @returns its id
 */
export async function keepRound(core: Core, tx: Transaction, plan: RoundPlan, by: string | null): Promise<string> {
  const now = core.clock.now();
  const { input, solution, quality } = plan;
  const verdict = checked(plan);
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
    })
    .execute();
  const groups = solution.groups.map(({ members, isLocked }) => {
    return { members, origin: isLocked ? ('fixed' as const) : ('round' as const) };
  });
  await makeMatches(core, tx, id, input, groups);
  await clearPool(tx, new Set(input.members.map((member) => member.id)), now);
  await useUp(tx);
  await keepLeftOut(tx, id, solution.leftOut, now);
  await lookSoon(tx, now);
  return id;
}

/** @throws Error for a round that breaks a rule: it must not be published */
function checked({ input, verdict }: RoundPlan): StoredVerdict {
  const { isSound, isBest, gap, faults } = verdict;
  if (!isSound) throw new Error(`Round ${input.number} is not sound: ${faults.join(' ')}`);
  return { isSound, isBest, gap };
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

/**
 * Nobody who is in the round, or sits it out, waits any longer. Whoever began to take part while it was being made does:
 * before the first round nobody else would have put them into the pool.
 */
async function clearPool(tx: Transaction, inRound: ReadonlySet<string>, now: Date): Promise<void> {
  // Read first: whoever comes into it later is not seen, and stays.
  const waiting = (await tx.selectFrom('standing_pool').select('member_id').execute()).map((row) => row.member_id);
  const out = await sittingOut(tx);
  const late = (await whoCanBeMatched(tx, now)).map(({ id }) => id).filter((id) => !inRound.has(id) && !out.has(id));
  const stay = new Set(late);
  const gone = waiting.filter((id) => !stay.has(id));
  if (gone.length > 0) await tx.deleteFrom('standing_pool').where('member_id', 'in', gone).execute();
  await addToPool(tx, late, 'joined', now);
}

async function useUp(tx: Transaction): Promise<void> {
  await tx.deleteFrom('round_locks').execute();
  await tx.updateTable('members').set({ skips_round: false }).where('skips_round', '=', true).execute();
}
