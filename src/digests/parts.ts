import { betweenModules } from '../reflections/model.ts';
import type { Transaction } from '../store/database.ts';
import type { Part } from './rules.ts';

/**
 * Keeps everybody from being erased until the transaction ends. To be called before answers are held: whoever is erased
 * is held first, and then what they wrote.
 */
export async function keepMembers(tx: Transaction): Promise<void> {
  await tx.selectFrom('members').select('id').where('status', '=', 'active').orderBy('id').forKeyShare().execute();
}

function answered(tx: Transaction) {
  return (
    tx
      .selectFrom('reflections')
      .innerJoin('prompts', 'prompts.id', 'reflections.prompt_id')
      .innerJoin('members', 'members.id', 'reflections.member_id')
      .select([
        'prompts.id as promptId',
        'prompts.framework',
        'prompts.theme',
        'members.id as memberId',
        'members.council_id as councilId',
      ])
      .where('members.status', '=', 'active')
      // What a convener asks their cohort belongs to no theme.
      .where('prompts.framework', '!=', betweenModules)
      .orderBy('prompts.id')
  );
}

/** Answers to what was asked from one moment until another. */
export async function writtenBetween(tx: Transaction, from: Date, until: Date): Promise<readonly Part[]> {
  return await answered(tx).where('prompts.sent_at', '>=', from).where('prompts.sent_at', '<', until).execute();
}

/** Answers shared with the network before a moment, that stood in no digest yet. */
export async function waitingFor(tx: Transaction, until: Date): Promise<readonly Part[]> {
  return await answered(tx)
    .where('reflections.shared_with', '=', 'network')
    .where('reflections.shared_at', '<', until)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('digest_reflections')
            .select('digest_reflections.month')
            .whereRef('digest_reflections.prompt_id', '=', 'prompts.id'),
        ),
      ),
    )
    // A digest holds them until it is published: what is taken back at this moment waits, and then is gone from it.
    .forUpdate('reflections')
    .execute();
}
