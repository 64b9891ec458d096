import { noteUnchanged } from '../conversations/late-cards.ts';
import type { Core } from '../core.ts';
import { introduceSeparately } from '../matching/introductions/introducing.ts';
import { forgetFarewell } from '../network/farewell.ts';
import { endGreeting } from '../network/greeting.ts';
import { refreshHomes } from '../network/homes.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { findRoom, retireRoom } from '../store/rooms.ts';
import type { Claimed } from './ledger.ts';
import { isChange } from './rules.ts';

/** What follows, in the same transaction, from a delivery that arrived. */
export async function arrived(core: Core, tx: Transaction, delivery: Claimed): Promise<void> {
  // What was sent (a prompt, a match, a seat) also stands on the home of whoever got it.
  if ('memberId' in delivery && !isChange(delivery.kind)) {
    await refreshHomes(tx, core.clock.now(), delivery.memberId);
  }
}

/**
 * What follows from one that surely was not sent, and never will be: it is said in another way, or to someone else.
 *
 * @param turnedAway whether the platform itself will not take it there; a platform that is away may come back
 */
export async function notSent(core: Core, tx: Transaction, delivery: Claimed, turnedAway: boolean): Promise<void> {
  switch (delivery.kind) {
    case 'matching.group-introduction':
      return await introduceSeparately(core, tx, delivery.subject);
    case 'network.announcements-here':
    case 'conversations.notice':
      return turnedAway ? await giveUpRoom(core, tx, delivery) : undefined;
    case 'network.greeting':
    case 'joining.refused':
      return turnedAway ? await endGreeting(tx, delivery.roomId, { hasGone: true }) : undefined;
    default:
      return;
  }
}

/** What follows from one that was dropped: a card that could not be changed is caught up later. */
export async function undone(tx: Transaction, delivery: Claimed, turnedAway: boolean): Promise<void> {
  if (delivery.kind === 'conversations.card-update') await noteUnchanged(tx, delivery, turnedAway);
}

/** What follows from one that is settled, in whatever way: sent, dropped or failed. */
export async function settled(tx: Transaction, delivery: Claimed): Promise<void> {
  if (delivery.kind === 'network.blank-home') await forgetFarewell(tx, delivery.roomId);
  if (delivery.kind === 'network.greeting') await endGreeting(tx, delivery.roomId, { hasGone: false });
}

/** Whoever chose a channel that takes nothing from us is told, and it is chosen no longer. */
async function giveUpRoom(core: Core, tx: Transaction, delivery: Extract<Claimed, { roomId: string }>): Promise<void> {
  const room = await findRoom(tx, delivery.roomId);
  const now = core.clock.now();
  // Of several that fail there, the first one is told of.
  if (room === undefined || !(await retireRoom(tx, room.id, now)) || room.chosenBy === null) return;
  const kind = 'network.announcements-failed';
  await post(tx, now, [{ key: `${kind}:${delivery.id}`, kind, subject: room.id, memberId: room.chosenBy }]);
}
