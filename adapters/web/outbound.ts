import type { Core } from '../../src/core.ts';
import { asLetter, type Letter, type Outbound, type Outcome } from '../../src/delivery/model.ts';

/** Puts messages into the member's inbox on the web page. A message that stands there is sent. */
export function openOutbound(core: Core): Outbound {
  return {
    platform: 'web',
    pace: { inFlight: 200, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
    async send(parcel): Promise<Outcome> {
      const letter = asLetter(parcel);
      if (letter === undefined) return { kind: 'refused', reason: 'Web: only messages to one person' };
      await put(core, letter);
      if (await isThere(core, parcel.deliveryId)) return { kind: 'sent', receipt: { inbox: parcel.deliveryId } };
      return { kind: 'gone', reason: 'the member was erased while it was on its way' };
    },
    async findTrace({ deliveryId }) {
      return (await isThere(core, deliveryId))
        ? { kind: 'sent', receipt: { inbox: deliveryId } }
        : { kind: 'not-sent' };
    },
  };
}

/** Written from the delivery itself, so that a member erased meanwhile gets nothing, and sending twice changes nothing. */
async function put({ db, clock }: Core, { deliveryId, message, account }: Letter): Promise<void> {
  await db
    .insertInto('web_inbox')
    .columns(['delivery_id', 'member_id', 'message', 'sent_at'])
    .expression((from) =>
      from
        .selectFrom('deliveries')
        .select(({ val, cast }) => [
          'deliveries.id',
          'deliveries.member_id',
          cast(val(JSON.stringify(message)), 'jsonb').as('message'),
          cast(val(clock.now()), 'timestamptz').as('sent_at'),
        ])
        .where('id', '=', deliveryId)
        .where('member_id', '=', account.user),
    )
    .onConflict((conflict) => conflict.column('delivery_id').doNothing())
    .execute();
}

async function isThere({ db }: Core, deliveryId: string): Promise<boolean> {
  const row = await db
    .selectFrom('web_inbox')
    .select('delivery_id')
    .where('delivery_id', '=', deliveryId)
    .executeTakeFirst();
  return row !== undefined;
}
