import type { Core } from '../core.ts';
import { digestsWith } from '../digests/held.ts';
import { membersOf } from '../matching/history.ts';
import type { Reader } from '../store/database.ts';
import { type Asked, everythingAsked } from './asked.ts';

/** What we asked one member and what they wrote. */
export interface HeldReflections {
  /** The oldest first; none for the operator, who cannot open them. */
  readonly prompts: readonly HeldPrompt[];
  readonly counts: { readonly prompts: number; readonly reflections: number; readonly avoided: number };
}

export interface HeldPrompt extends Asked {
  /** When each prompt before it was exchanged for another. */
  readonly swappedAt: readonly Date[];
  readonly remindedAt: Date | null;
  /** The cohort or the people it is shared with now; '' for nobody, or everybody. */
  readonly sharedTo: string;
  /** The month whose digest it stands in, such as '2027-03'; '' for none. */
  readonly digest: string;
}

/** @param eyes whose they are: nothing that is sealed is opened for the operator's */
export async function heldReflections(
  core: Core,
  memberId: string,
  eyes: 'theirs' | 'operator',
): Promise<HeldReflections> {
  const counts = await count(core.db, memberId);
  if (eyes === 'operator') return { prompts: [], counts };
  const asked = await everythingAsked(core, memberId);
  const [swaps, reminders, digests] = [
    await swapTimes(core.db, memberId),
    await reminderTimes(core.db, memberId),
    await digestsWith(core.db, memberId),
  ];
  const prompts: HeldPrompt[] = [];
  for (const one of asked) {
    const { id } = one.sent;
    const swappedAt = swaps.filter(({ promptId }) => promptId === id).map(({ at }) => at);
    const sharedTo = await audience(core.db, memberId, one);
    prompts.push({ ...one, swappedAt, remindedAt: reminders.get(id) ?? null, sharedTo, digest: digests.get(id) ?? '' });
  }
  return { prompts, counts };
}

async function count(db: Reader, memberId: string): Promise<HeldReflections['counts']> {
  const rowsOf = async (table: 'prompts' | 'reflections' | 'do_not_match') => {
    const { rows } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll<string>().as('rows'))
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  return {
    prompts: await rowsOf('prompts'),
    reflections: await rowsOf('reflections'),
    avoided: await rowsOf('do_not_match'),
  };
}

async function swapTimes(db: Reader, memberId: string) {
  return await db
    .selectFrom('swapped_prompts')
    .innerJoin('prompts', 'prompts.id', 'swapped_prompts.prompt_id')
    .select(['swapped_prompts.prompt_id as promptId', 'swapped_prompts.swapped_at as at'])
    .where('prompts.member_id', '=', memberId)
    .orderBy('swapped_prompts.swapped_at')
    .execute();
}

async function reminderTimes(db: Reader, memberId: string): Promise<ReadonlyMap<string, Date | null>> {
  const rows = await db
    .selectFrom('prompts')
    .select(['id', 'reminded_at'])
    .where('member_id', '=', memberId)
    .where('reminded_at', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.reminded_at]));
}

async function audience(db: Reader, memberId: string, asked: Asked): Promise<string> {
  if (asked.sharedMatchId !== null) {
    const people = await membersOf(db, asked.sharedMatchId);
    return people.flatMap(({ id, name }) => (id === memberId ? [] : [name])).join('; ');
  }
  if (asked.sharedCohortId === null) return '';
  const cohort = db.selectFrom('cohorts').select('name').where('id', '=', asked.sharedCohortId);
  return (await cohort.executeTakeFirst())?.name ?? '';
}
