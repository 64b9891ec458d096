import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';

/** Tells whoever suggested a topic and whoever voted for it that it is announced, once, and all in the same words. */
export async function tellWhoWantedIt(
  tx: Transaction,
  now: Date,
  topicId: string,
  conversationId: string,
): Promise<void> {
  const wanting = await tx
    .selectFrom('members')
    .select('id')
    .where('status', '=', 'active')
    .where((or) =>
      or.or([
        or('id', 'in', or.selectFrom('topics').select('member_id').where('id', '=', topicId)),
        or('id', 'in', or.selectFrom('topic_votes').select('member_id').where('topic_id', '=', topicId)),
      ]),
    )
    .orderBy('id')
    .forKeyShare()
    .execute();
  const kind = 'series.topic-hosted';
  await post(
    tx,
    now,
    wanting.map(
      ({ id }) => ({ key: `${kind}:${conversationId}:${id}`, kind, subject: topicId, memberId: id }) as const,
    ),
  );
}
