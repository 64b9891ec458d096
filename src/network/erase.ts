import { forgetHost } from '../conversations/cancelling.ts';
import { freeSeatsOf } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import type { Transaction } from '../store/database.ts';
import { blankHomes } from './farewell.ts';
import { forgetStrangersWho } from './greeting.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import type { Member } from './model.ts';

/**
 * Erases everything we hold about a member, their name in what others were shown here included. Most of it hangs on
 * their row and goes with it; what does not is taken away first.
 */
export async function erase(core: Core, member: Member): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    // What is being done for them at this moment ends first: it may put something new on the agenda.
    await holdWithAgenda(tx, member.id);
    await holdAccounts(tx, member.id);
    await unsayConversations(tx, member.id);
    await forgetHost(core, tx, member.id);
    await freeSeatsOf(core, tx, member.id);
    await forgetMatches(core, tx, member.id);
    await blankHomes(tx, core.clock.now(), member.id);
    await forgetStrangersWho(tx, member.id);
    await forgetChosen(tx, member.id);
    await tx.deleteFrom('members').where('id', '=', member.id).execute();
    await tx.deleteFrom('agenda').where('subject', '=', member.id).execute();
  });
}

/** Their workspace may be withdrawn just now, which takes accounts before channels. docs/delivery.md names the order. */
async function holdAccounts(tx: Transaction, memberId: string): Promise<void> {
  const theirs = tx.selectFrom('accounts').select('id').where('member_id', '=', memberId);
  // No more than an update takes: who signs in by one of them needs it to stay, and the deletion waits for that.
  await theirs.orderBy('id').forNoKeyUpdate().execute();
}

/** Cards of what they hosted name them, and stand in others' inboxes. What is told from now on is composed without them. */
async function unsayConversations(tx: Transaction, memberId: string): Promise<void> {
  const hosted = tx
    .selectFrom('conversations')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('host_id', '=', memberId);
  const about = tx.selectFrom('deliveries').select('id').where('subject', 'in', hosted);
  await tx.deleteFrom('web_inbox').where('delivery_id', 'in', about).execute();
}

/**
 * The channels that they chose stay. Before their own row goes: a channel that turns us away is held while whoever chose
 * it is written to, and that needs their row.
 */
async function forgetChosen(tx: Transaction, memberId: string): Promise<void> {
  await tx.updateTable('rooms').set({ chosen_by: null }).where('chosen_by', '=', memberId).execute();
}

/** A match is between its people: without one of them there is none, on anybody's home or in anybody's inbox. */
async function forgetMatches(core: Core, tx: Transaction, memberId: string): Promise<void> {
  const mine = await tx.selectFrom('match_members').select('match_id').where('member_id', '=', memberId).execute();
  const ids = mine.map((row) => row.match_id);
  if (ids.length === 0) return;
  const others = await tx
    .selectFrom('match_members')
    .select('member_id')
    .distinct()
    .where('match_id', 'in', ids)
    .where('member_id', '!=', memberId)
    .orderBy('member_id')
    .execute();
  // In the order in which a delivery that ends just now locks: the room before its deliveries, the member before theirs,
  // which go with them.
  await tx.deleteFrom('rooms').where('purpose', '=', 'introduction').where('subject', 'in', ids).execute();
  const theirs = tx.deleteFrom('deliveries').where('subject', 'in', ids);
  await theirs.where('member_id', 'is distinct from', memberId).execute();
  await tx.deleteFrom('matches').where('id', 'in', ids).execute();
  for (const { member_id: other } of others) await refreshHomes(tx, core.clock.now(), other);
}
