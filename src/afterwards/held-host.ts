import { type Conversation, hasEnded } from '../conversations/model.ts';
import { findConversation, lockConversation } from '../conversations/seats.ts';
import { Refusal } from '../errors.ts';
import { holdHosting } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { keepAttendees } from './attendees.ts';
import * as say from './messages.ts';
import { isHostsTime } from './rules.ts';

/**
 * A conversation that this member has hosted, while they can still say something of it.
 *
 * @throws Refusal otherwise
 */
export async function findHosted(db: Reader, now: Date, member: Member, id: string): Promise<Conversation> {
  return mustBeHosts(await findConversation(db, id), member, now);
}

/** The same, held until the transaction ends with everybody who has a place in it. @throws Refusal */
export async function lockHosted(tx: Transaction, now: Date, member: Member, id: string): Promise<Conversation> {
  await holdHosting(tx, member.id);
  await keepAttendees(tx, id);
  return mustBeHosts(await lockConversation(tx, id), member, now);
}

function mustBeHosts(conversation: Conversation | undefined, member: Member, now: Date): Conversation {
  const found = mustHaveEnded(conversation, now);
  if (found.host?.id !== member.id) throw new Refusal(say.refusals.notHost);
  if (!isHostsTime(found, now)) throw new Refusal(say.refusals.tooLate);
  return found;
}

/** @throws Refusal for one that did not take place, or has not ended */
export function mustHaveEnded(conversation: Conversation | undefined, now: Date): Conversation {
  if (conversation === undefined) throw new Refusal(say.refusals.notThere);
  if (conversation.cancelledAt !== null) throw new Refusal(say.refusals.cancelled);
  if (!hasEnded(conversation, now)) throw new Refusal(say.refusals.notOver);
  return conversation;
}
