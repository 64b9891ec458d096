import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import type { Purpose } from '../store/people-tables.ts';

/** Of the words that members read when they agree; goes up by one when those change their meaning. */
export const agreementsVersion = 2;

/** What a member says yes (true) or no (false) to. */
export type Agreements = Readonly<Record<Purpose, boolean>>;

/** Writes down what a member said, beside all that they said before: what they said last holds. */
export async function recordAgreements(
  tx: Transaction,
  memberId: string,
  said: Partial<Agreements>,
  now: Date,
): Promise<void> {
  const purposes = ['prompts', 'matching', 'findable'] as const;
  const rows = purposes.flatMap((purpose) => {
    const given = said[purpose];
    if (given === undefined) return [];
    return [{ member_id: memberId, purpose, given, version: agreementsVersion, said_at: now }];
  });
  if (rows.length > 0) await tx.insertInto('consents').values(rows).execute();
}

/** What holds for a member now. */
export function agreementsOf(member: Pick<Member, 'agreesToPrompts' | 'agreesToMatching' | 'findable'>): Agreements {
  return { prompts: member.agreesToPrompts, matching: member.agreesToMatching, findable: member.findable };
}

/**
 * Whoever leaves takes back what they agreed to: a record that ended with yes would read as if it still held, and
 * somebody who comes back years later is to be asked again, not to find that they agreed.
 */
export async function endAgreements(tx: Transaction, member: Member, now: Date): Promise<void> {
  const held = agreementsOf(member);
  const taken: Partial<Record<Purpose, boolean>> = {
    ...(held.prompts ? { prompts: false } : {}),
    ...(held.matching ? { matching: false } : {}),
    ...(held.findable ? { findable: false } : {}),
  };
  await recordAgreements(tx, member.id, taken, now);
}

/** Everything a member ever said, the oldest first. */
export async function saidBy(db: Reader, memberId: string) {
  return await db
    .selectFrom('consents')
    .select(['purpose', 'given', 'version', 'said_at as saidAt'])
    .where('member_id', '=', memberId)
    .orderBy('id')
    .execute();
}
