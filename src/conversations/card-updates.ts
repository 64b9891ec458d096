import { sql } from 'kysely';
import { withEdits } from '../account.ts';
import type { Transaction } from '../store/database.ts';
import { wakeRelay } from '../store/outbox.ts';

const announcement = 'conversations.announcement';
const update = 'conversations.card-update';
const editable = [...withEdits];

/** Cards that members were sent, or that are on their way, with whom and which account they are for. */
export function sentCards(tx: Transaction) {
  return tx
    .selectFrom('deliveries as said')
    .innerJoin('members', 'members.id', 'said.member_id')
    .leftJoin('accounts', 'accounts.id', 'said.account_id')
    .where('said.kind', '=', announcement)
    .where('said.status', 'in', ['sending', 'sent']);
}

export type SentCards = ReturnType<typeof sentCards>;

/** Where the platform can change what it was sent; or on its way, and nobody has written down yet by which. */
export const isChangeable = sql<boolean>`(
  accounts.platform = any(${editable}) or (said.status = 'sending' and said.account_id is null))`;

/** The account that has the card takes nothing. */
export const isClosed = sql<boolean>`coalesce(not accounts.reachable, false)`;

/** Posts an update of each of these cards, but not where one waits, which will show the same. */
export async function postUpdates(tx: Transaction, now: Date, cards: SentCards): Promise<void> {
  await tx
    .insertInto('deliveries')
    .columns(['id', 'key', 'kind', 'subject', 'member_id', 'not_before', 'created_at'])
    .expression(
      cards
        .select(({ val, cast }) => [
          sql<string>`gen_random_uuid()`.as('id'),
          sql<string>`${update} || ':' || gen_random_uuid()`.as('key'),
          val(update).as('kind'),
          'said.subject',
          'members.id as member_id',
          cast(val(now), 'timestamptz').as('not_before'),
          cast(val(now), 'timestamptz').as('created_at'),
        ])
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('deliveries as waiting')
                .select('waiting.id')
                .where('waiting.kind', '=', update)
                .whereRef('waiting.subject', '=', 'said.subject')
                .whereRef('waiting.member_id', '=', 'said.member_id')
                .where('waiting.status', '=', 'pending'),
            ),
          ),
        )
        // Held until this transaction ends: a delivery cannot be written for somebody who is being erased.
        .orderBy('members.id')
        .forKeyShare('members'),
    )
    .execute();
  await wakeRelay(tx);
}
