import type { Asker } from '../../asker.ts';
import { actAs } from '../../convening/act.ts';
import type { Core } from '../../core.ts';
import { Refusal } from '../../errors.ts';
import type { Reply } from '../../messages/reply.ts';
import type { Transaction } from '../../store/database.ts';
import { holdEverybody, holdMatching } from '../planning/holding.ts';
import { nextRound, planOf, planRound, type RoundPlan } from '../planning/planning.ts';
import { showNext } from '../rounds/next-round.ts';
import { keepRound } from './keeping.ts';
import { published, publishQuestion, refusals } from './messages.ts';
import { endWaiting, planNextRound } from './round-agenda.ts';

/**
 * Makes a round of everybody who takes part now and publishes it; one that is published already is left as it is. To be
 * called by who holds what is on the agenda for it, and no member.
 */
export async function runRound(core: Core, tx: Transaction, number: number): Promise<void> {
  await holdMatching(tx);
  const found = tx.selectFrom('rounds').select('id').where('number', '=', number);
  if ((await found.executeTakeFirst()) !== undefined) return;
  await keepRound(core, tx, await planOfHeld(core, tx, number), null);
}

/** Until everybody in it is held: whoever joined while others were waited for is in it too. */
async function planOfHeld(core: Core, tx: Transaction, number: number): Promise<RoundPlan> {
  for (;;) {
    const held = await holdEverybody(tx);
    const plan = await planOf(core, tx, number);
    if (plan.input.members.every(({ id }) => held.has(id))) return plan;
  }
}

/** Asks whether to publish the round that a convener has looked at, or shows the one it would be by now. Changes nothing. */
export async function openPublish(core: Core, asker: Asker, plan: string): Promise<Reply> {
  const { isWaiting } = await nextRound(core, core.db);
  if (!isWaiting) throw new Refusal(refusals.nothingWaits);
  const { outcome, solution } = await planRound(core, core.db);
  if (outcome !== plan) return await showNext(core, asker, true);
  return { kind: 'page', page: publishQuestion(solution.groups.flatMap(({ members }) => members).length, plan) };
}

/**
 * Publishes the very round that a convener has looked at; where something has changed since that decides it, shows the
 * one it would be now instead.
 *
 * @param plan the outcome that they looked at
 * @throws Refusal where no round waits to be published
 */
export async function publishByHand(core: Core, asker: Asker, plan: string): Promise<Reply> {
  const { member } = asker;
  let groups: number | undefined;
  await actAs(
    core,
    member,
    async (tx) => {
      const { number, at, isWaiting } = await nextRound(core, tx);
      if (!isWaiting || at === undefined) throw new Refusal(refusals.nothingWaits);
      const present = await planOf(core, tx, number);
      if (present.outcome !== plan) return [];
      groups = present.solution.groups.length;
      const roundId = await keepRound(core, tx, present, member.id);
      await endWaiting(core, tx, number);
      await planNextRound(core, tx, number, at);
      return [{ action: 'round.published', subject: roundId, detail: { groups: String(groups) } }];
    },
    async (tx) => await holdToPublish(core, tx),
  );
  if (groups === undefined) return await showNext(core, asker, true);
  return { kind: 'message', message: published(groups) };
}

/** What is on the agenda for the round first: it may fall due at this very moment. */
async function holdToPublish(core: Core, tx: Transaction): Promise<void> {
  const { number } = await nextRound(core, tx);
  await tx
    .selectFrom('agenda')
    .select('id')
    .where('kind', 'in', ['matching.round', 'matching.waiting'])
    .where('subject', '=', String(number))
    .where('done_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  await holdMatching(tx);
  await holdEverybody(tx);
}
