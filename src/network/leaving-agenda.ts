import type { DueKind } from '../agenda/model.ts';
import type { Transaction } from '../store/database.ts';

/** What falls due for a member alone: nothing of it is to come once they have left. */
const ends: readonly DueKind[] = [
  'network.pause-ends',
  'network.freshen',
  'network.takes-part',
  'joining.path',
  'reflections.prompt',
  'reflections.later',
  'reflections.remind',
  'reflections.follow-up',
];

/** What falls due about a prompt of theirs holds its own place on the agenda before it holds them. */
export async function holdPromptsAgenda(tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.selectFrom('agenda').select('id').where('subject', 'in', promptsOf(tx, memberId));
  await theirs.where('done_at', 'is', null).orderBy('id').forUpdate().execute();
}

/** To be called by who holds the member and what is on the agenda for them. */
export async function clearAgenda(tx: Transaction, memberId: string): Promise<void> {
  await forgetFollowUps(tx, memberId);
  await tx
    .deleteFrom('agenda')
    .where('done_at', 'is', null)
    .where('kind', 'in', ends)
    .where((or) => or.or([or('subject', '=', memberId), or('subject', 'in', promptsOf(tx, memberId))]))
    .execute();
}

/** What was to be asked about their actions is not, nor said to be, should they join again. */
async function forgetFollowUps(tx: Transaction, memberId: string): Promise<void> {
  const toCome = tx
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'reflections.follow-up')
    .where('subject', '=', memberId)
    .where('done_at', 'is', null);
  const theirs = tx.updateTable('reflections').set({ ask_at: null }).where('member_id', '=', memberId);
  await theirs.where('ask_at', 'in', toCome).execute();
}

/** The ids of their prompts, as the agenda names them. */
export function promptsOf(tx: Transaction, memberId: string) {
  return tx
    .selectFrom('prompts')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('member_id', '=', memberId);
}
