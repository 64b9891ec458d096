import type { Core } from '../core.ts';
import type { Reader, Transaction } from '../store/database.ts';
import type { Takeaway } from './model.ts';

/** Where a sealed text belongs: it opens for its writer, about its conversation, and nowhere else. */
function placeOf(conversationId: string, memberId: string): string {
  return `takeaway:${memberId}:${conversationId}`;
}

export function sealTakeaway({ cipher }: Pick<Core, 'cipher'>, id: string, memberId: string, text: string): Buffer {
  return cipher.seal(text, placeOf(id, memberId));
}

function rows(db: Reader) {
  return db
    .selectFrom('takeaways')
    .select([
      'takeaways.conversation_id as conversation',
      'takeaways.member_id as member',
      'takeaways.text',
      'takeaways.shared',
      'takeaways.written_at as writtenAt',
    ]);
}

function opened(
  { cipher }: Core,
  row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>,
): Takeaway {
  const { conversation, member, text, ...rest } = row;
  return { ...rest, text: cipher.open(text, placeOf(conversation, member)) };
}

/** What this member wrote about this conversation, for their own eyes. */
export async function ownTakeaway(
  core: Core,
  db: Reader,
  conversationId: string,
  memberId: string,
): Promise<Takeaway | undefined> {
  const row = await rows(db)
    .where('conversation_id', '=', conversationId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return row === undefined ? undefined : opened(core, row);
}

/**
 * What is shared now by those who came, in an order that tells nothing: neither whose it is nor when it was written.
 * The texts alone leave this function.
 */
export async function sharedTexts(core: Core, conversationId: string): Promise<readonly string[]> {
  const shared = await rows(core.db)
    .innerJoin('members', 'members.id', 'takeaways.member_id')
    .leftJoin('seats', (join) =>
      join
        .onRef('seats.conversation_id', '=', 'takeaways.conversation_id')
        .onRef('seats.member_id', '=', 'takeaways.member_id'),
    )
    .where('takeaways.conversation_id', '=', conversationId)
    .where('takeaways.shared', '=', true)
    .where('members.status', '=', 'active')
    .where('seats.came', 'is distinct from', false)
    .execute();
  return shared
    .map((row) => ({ row, order: core.cipher.token(`takeaway:${row.conversation}:${row.member}`).toString('hex') }))
    .toSorted((one, other) => one.order.localeCompare(other.order))
    .map(({ row }) => opened(core, row).text);
}

/** Whoever leaves shares nothing any more. To be called while they are held. */
export async function withdrawTakeaways(tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.updateTable('takeaways').set({ shared: false }).where('member_id', '=', memberId);
  await theirs.where('shared', '=', true).execute();
}
