import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import { audienceName } from './audience.ts';
import { card, refusals, type View } from './messages.ts';
import type { Conversation } from './model.ts';
import { letGo, notForYou, offerOver, withdrawn } from './offer-messages.ts';
import { isFor } from './rules.ts';
import * as book from './seat-book.ts';
import { changeSeats } from './seat-changes.ts';
import { findConversation, lockComingOf, lockConversation, lockConversations, readSeats } from './seats.ts';
import { mustBeToCome, view } from './service.ts';

/**
 * Gives the member a seat, or a place on the waiting list. Pressing twice changes nothing.
 *
 * @throws Refusal when it is their own, or not for them, or too late
 */
export async function signUp(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await take(core, member, conversationId, async (tx, conversation) => {
    if (conversation.host?.id === member.id) throw new Refusal(refusals.ownConversation);
    if (!isFor(conversation.audience, member) && !(await isIn(tx, conversation, member))) {
      throw new Refusal(notForYou(await audienceName(tx, conversation.audience)));
    }
    const { id: memberId, councilId } = member;
    await changeSeats(core, tx, conversation, member.id, (seatBook, when) =>
      book.signUp(seatBook, { memberId, councilId }, when),
    );
    return card;
  });
}

/** Gives up the member's seat or place; the seat goes to the next who waits. Pressing twice changes nothing. */
export async function withdraw(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await take(core, member, conversationId, async (tx, conversation) => {
    await giveUpSeat(core, tx, conversation, member.id);
    return withdrawn;
  });
}

/** Takes the seat that is kept for the member. Pressing twice changes nothing; too late, they are told so. */
export async function acceptSeat(core: Core, member: Member, conversationId: string): Promise<Reply> {
  const first = await followedBy(core, conversationId);
  return await take(
    core,
    member,
    conversationId,
    async (tx, conversation) => {
      await changeSeats(core, tx, conversation, member.id, (seatBook, when) => book.accept(seatBook, member.id, when));
      const own = (await readSeats(tx, conversation.id)).find(({ memberId }) => memberId === member.id);
      if (own?.state === 'seated' && first !== undefined) await stopWaiting(core, tx, first, member.id);
      return (shown) => (shown.standing.kind === 'seated' ? card(shown) : offerOver(shown));
    },
    first,
  );
}

/** The full conversation whose waiting list this one is for. */
async function followedBy({ db }: Core, conversationId: string): Promise<string | undefined> {
  const row = db.selectFrom('conversations').select('follows_id').where('id', '=', conversationId);
  return (await row.executeTakeFirst())?.follows_id ?? undefined;
}

/** Who takes a seat in the second conversation waits for none in the first any more. It must be locked. */
async function stopWaiting(core: Core, tx: Transaction, firstId: string, memberId: string): Promise<void> {
  const first = await findConversation(tx, firstId);
  if (first === undefined || first.cancelledAt !== null || first.startsAt <= core.clock.now()) return;
  const own = (await readSeats(tx, firstId)).find((seat) => seat.memberId === memberId);
  if (own?.state === 'waiting') await giveUpSeat(core, tx, first, memberId);
}

/** Lets the seat go that is kept for the member, and nothing else: a seat that they took meanwhile stays theirs. */
export async function declineSeat(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await take(core, member, conversationId, async (tx, conversation) => {
    const seats = await readSeats(tx, conversation.id);
    const own = seats.find(({ memberId }) => memberId === member.id);
    if (own?.state !== 'offered') return (shown) => (shown.standing.kind === 'none' ? offerOver(shown) : card(shown));
    await giveUpSeat(core, tx, conversation, member.id);
    return own.until <= core.clock.now() ? offerOver : letGo;
  });
}

async function isIn(tx: Transaction, { id }: Conversation, member: Member): Promise<boolean> {
  return (await readSeats(tx, id)).some(({ memberId }) => memberId === member.id);
}

/** One who presses a button: what comes of it, in words of what is true then. */
async function take(
  core: Core,
  member: Member,
  conversationId: string,
  act: (tx: Transaction, conversation: Conversation) => Promise<(shown: View) => Message>,
  alsoLocked?: string,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const now = core.clock.now();
    if (alsoLocked !== undefined) await lockConversations(tx, [conversationId, alsoLocked]);
    const conversation = mustBeToCome(await lockConversation(tx, conversationId), now);
    const words = await act(tx, conversation);
    await refreshHomes(tx, now, member.id);
    return { kind: 'replace', message: words(await view(core, tx, conversation, member)) };
  });
}

/** Takes a member out of a conversation, which must be locked; what they had goes to the next who waits. */
export async function giveUpSeat(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  memberId: string,
): Promise<void> {
  await changeSeats(core, tx, conversation, memberId, (seatBook, when) => book.leave(seatBook, memberId, when));
}

/**
 * Gives the seats that are free to those who wait, outright. To be called when a conversation has more seats, or more for
 * each council, or was moved: offers are fitted to when it begins. It must be locked, and is given as it stands now.
 */
export async function fillSeats(core: Core, tx: Transaction, conversation: Conversation): Promise<void> {
  await changeSeats(core, tx, conversation, undefined, book.fill);
}

/**
 * Keeps seats for these members, who wait for another conversation, in this order, until they answer. Those for whom there
 * is none, or no time to answer, are left out, and so is who has left meanwhile. The conversation must be locked.
 *
 * @returns for whom there is one
 */
export async function offerSeats(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  memberIds: readonly string[],
): Promise<readonly string[]> {
  if (memberIds.length === 0) return [];
  const rows = await tx
    .selectFrom('members')
    .select(['id as memberId', 'council_id as councilId'])
    .where('id', 'in', memberIds)
    .where('status', '=', 'active')
    .orderBy('id')
    .forKeyShare()
    .execute();
  const people = memberIds.flatMap((id) =>
    rows.filter(({ memberId }) => memberId === id && id !== conversation.host?.id),
  );
  await changeSeats(core, tx, conversation, undefined, (seatBook, when) => book.offer(seatBook, people, when));
  return (await readSeats(tx, conversation.id)).filter(({ state }) => state === 'offered').map((seat) => seat.memberId);
}

/** Gives up every seat a member has in conversations still to come. */
export async function freeSeatsOf(core: Core, tx: Transaction, memberId: string): Promise<void> {
  for (const conversation of await lockComingOf(core, tx, memberId)) {
    await giveUpSeat(core, tx, conversation, memberId);
  }
}

/** The time of an offer has passed: whoever has not answered is off the list, and the next has it. Twice is once. */
export async function endOffers(core: Core, tx: Transaction, conversationId: string): Promise<void> {
  const conversation = await lockConversation(tx, conversationId);
  if (conversation === undefined || conversation.cancelledAt !== null) return;
  await changeSeats(core, tx, conversation, undefined, book.endOffers);
}
