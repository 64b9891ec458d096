import { createHash, randomUUID } from 'node:crypto';
import type { IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { actAs } from './act.ts';
import { readCohort, readSittings } from './cohort-rows.ts';
import { refusals } from './messages.ts';
import * as say from './set-messages.ts';
import { divideIntoSets } from './sets/rules.ts';

export async function showLearningSets(core: Core, cohortId: string): Promise<Reply> {
  const cohort = await mustBeThere(core.db, cohortId);
  const sittings = await readSittings(core.db, cohortId);
  const sets = await core.db.selectFrom('learning_sets').select('name').where('cohort_id', '=', cohortId).execute();
  const shown = sets
    .map(({ name }) => ({ name, people: sittings.filter(({ set }) => set === name) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB', { numeric: true }));
  const loose = shown.length === 0 ? [] : sittings.filter(({ set }) => set === '');
  return { kind: 'page', page: say.learningSets(cohort, shown, loose) };
}

async function mustBeThere(db: Reader, cohortId: string) {
  const cohort = await readCohort(db, cohortId);
  if (cohort === undefined) throw new Refusal(refusals.noCohort);
  return cohort;
}

/** Shows one way to divide a cohort. Changes nothing. */
export async function openDivide(core: Core, cohortId: string, seed: string): Promise<Reply> {
  const proposed = await propose(core.db, cohortId, seed);
  if (proposed.sets.length === 0) throw new Refusal(refusals.nobodyInCohort);
  return { kind: 'page', page: say.division(proposed) };
}

async function propose(db: Reader, cohortId: string, given: string): Promise<say.Division> {
  const seed = /^\d{1,6}$/.test(given) ? given : '1';
  const cohort = await mustBeThere(db, cohortId);
  const sittings = await readSittings(db, cohortId);
  const sittingOf = new Map(sittings.map((sitting) => [sitting.id, sitting]));
  const sets = divideIntoSets(sittings, `${cohortId}:${seed}`).map((set, index) => ({
    name: `Learning set ${index + 1}`,
    people: set.flatMap(({ id }) => sittingOf.get(id) ?? []),
  }));
  const ids = JSON.stringify(sets.map(({ people }) => people.map(({ id }) => id)));
  return { cohort, sets, seed, shown: createHash('sha256').update(ids).digest('hex') };
}

/**
 * Puts people into the learning sets that a convener looked at, in place of those they had.
 *
 * @throws Refusal when who is in the cohort has changed since, so that it would be other sets
 */
export async function divide(
  core: Core,
  member: Member,
  { cohort: cohortId, seed, shown }: Extract<IntentOf<'convening'>, { kind: 'convening.divide' }>,
): Promise<Reply> {
  const { cohort, sets } = await propose(core.db, cohortId, seed);
  // Two conveners may divide a cohort that both are in.
  const hold = (tx: Transaction) =>
    tx
      .selectFrom('members')
      .select('id')
      .where((or) => or.or([or('cohort_id', '=', cohortId), or('id', '=', member.id)]))
      .orderBy('id')
      .forNoKeyUpdate()
      .execute();
  const act = async (tx: Transaction) => {
    // Of two at once the later one finds the sets that the first one made, and puts its own in their place.
    await tx.selectFrom('cohorts').select('id').where('id', '=', cohortId).forNoKeyUpdate().execute();
    const current = await propose(tx, cohortId, seed);
    if (current.shown !== shown) throw new Refusal(refusals.dividedOtherwise);
    await replaceSets(tx, cohortId, current.sets);
    const detail = { sets: String(current.sets.length) };
    return [{ action: 'sets.divided', subject: cohortId, detail } as const];
  };
  await actAs(core, member, act, hold);
  return { kind: 'replace', message: say.divided(cohort, sets.length) };
}

async function replaceSets(tx: Transaction, cohortId: string, sets: readonly say.ShownSet[]): Promise<void> {
  await tx.deleteFrom('learning_sets').where('cohort_id', '=', cohortId).execute();
  for (const { name, people } of sets) {
    const id = randomUUID();
    await tx.insertInto('learning_sets').values({ id, cohort_id: cohortId, name }).execute();
    await tx
      .updateTable('members')
      .set({ learning_set_id: id })
      .where(
        'id',
        'in',
        people.map((one) => one.id),
      )
      .where('cohort_id', '=', cohortId)
      .execute();
  }
}
