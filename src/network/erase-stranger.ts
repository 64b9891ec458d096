import type { Account, Sender } from '../account.ts';
import type { Core } from '../core.ts';
import { forgetJoinRequests } from '../joining/forgetting.ts';
import type { Message } from '../messages/message.ts';
import { forgetRequests } from './account-requests.ts';
import { erase } from './erase.ts';
import { confirmErase, confirmEraseListed, erased, erasedStranger, type HeldOfStranger } from './erase-messages.ts';
import { forgetWrongCodes } from './erase-traces.ts';
import { forgetStranger } from './greeting.ts';
import { confirmEraseGuest } from './guest-messages.ts';
import type { Member } from './model.ts';
import { findMemberByVouchedEmail } from './roster.ts';

/** Erases everything we hold about the person behind an account that is no member's. @returns what that was */
async function eraseStranger(core: Core, account: Account): Promise<HeldOfStranger> {
  return await core.db.transaction().execute(async (tx) => {
    const codes = await forgetWrongCodes(tx, account);
    const greeting = await forgetStranger(tx, account);
    const request = await forgetRequests(tx, account);
    // In the order that docs/delivery.md names: with it go deliveries.
    return { greeting, request, joining: await forgetJoinRequests(tx, account), codes };
  });
}

/**
 * Asks a member whether they mean it, and so somebody who is on the roster and never joined. What a stranger left with
 * us goes at once: there is nothing of their own to lose.
 */
export async function askToErase(core: Core, sender: Sender, member: Member | undefined): Promise<Message> {
  if (member !== undefined) return member.status === 'guest' ? confirmEraseGuest(member) : confirmErase();
  // Asked first: where the platform does not answer, nothing is erased yet, and they are told to try again.
  const listed = await findListed(core, sender);
  const held = await eraseStranger(core, sender.account);
  return listed === undefined ? erasedStranger(held) : confirmEraseListed(listed);
}

/** @returns `undefined` for somebody of whom we hold nothing */
export async function confirmedErase(
  core: Core,
  sender: Sender,
  member: Member | undefined,
): Promise<Message | undefined> {
  const theirs = member ?? (await findListed(core, sender));
  if (theirs === undefined) return undefined;
  await erase(core, theirs);
  return erased(theirs.status);
}

/** Who is on the roster by the address that their platform vouches for, and never joined: the same is enough to join. */
async function findListed(core: Core, sender: Sender): Promise<Member | undefined> {
  const { email } = await sender.profile();
  const member = await findMemberByVouchedEmail(core.db, email);
  return member?.status === 'invited' ? member : undefined;
}
