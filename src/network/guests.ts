import { randomUUID } from 'node:crypto';
import type { Transaction } from '../store/database.ts';
import { guestOrganisation } from './guest-organisations.ts';

/**
 * Makes a guest somebody who may join, with all that is theirs: what they host stays theirs to host, by the links that
 * they have. The caller holds them. Somebody who is no guest stays as they are.
 *
 * @returns false for somebody who is no guest
 */
export async function inviteGuest(tx: Transaction, memberId: string, now: Date): Promise<boolean> {
  const invited = await tx
    .updateTable('members')
    .set({ status: 'invited', listed_at: now })
    .where('id', '=', memberId)
    .where('status', '=', 'guest')
    .returning('id')
    .executeTakeFirst();
  if (invited === undefined) return false;
  const account = { id: randomUUID(), member_id: memberId, space: '', address: '{}', seen_at: now } as const;
  await tx
    .insertInto('accounts')
    .values({ ...account, platform: 'web', platform_user: memberId })
    .onConflict((conflict) => conflict.columns(['platform', 'space', 'platform_user']).doNothing())
    .execute();
  return true;
}

/** The organisation that a guest is from; `undefined` for anybody else. To be asked before anything of theirs goes. */
export async function guestOrganisationOf(tx: Transaction, memberId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('members')
    .innerJoin('councils', 'councils.id', 'members.council_id')
    .select('councils.id')
    .where('members.id', '=', memberId)
    .where('members.status', '=', 'guest')
    .where('councils.type', '=', guestOrganisation)
    .executeTakeFirst();
  return row?.id;
}

/** An organisation that nobody is from any more goes, as its name may be that of the guest. One that is being used stays. */
export async function forgetGuestOrganisation(tx: Transaction, id: string): Promise<void> {
  const free = tx
    .selectFrom('councils')
    .select('id')
    .where('id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('members').select('members.id').where('members.council_id', '=', id))),
    )
    .forUpdate()
    .skipLocked();
  await tx.deleteFrom('councils').where('id', 'in', free).execute();
}
