import type { Profile, Sender } from '../account.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { asked } from '../network/account-request-messages.ts';
import { requestAccount } from '../network/account-requests.ts';
import { linkAccount } from '../network/linking.ts';
import { alreadyJoined } from '../network/messages.ts';
import type { Member, MemberStatus } from '../network/model.ts';
import { profileDefaults } from '../network/profile-defaults.ts';
import { findMemberByAccount, findMemberByVouchedEmail, findMemberToConfirm } from '../network/roster.ts';
import type { Transaction } from '../store/database.ts';
import { stepForm } from './details.ts';
import { askToBeLetIn } from './requests.ts';

/**
 * Starts on the way in. Somebody we know, or whom the roster names by the address that their platform vouches for, is
 * asked the first of four short forms; nothing is sent to them, and they are matched with nobody, before the last. Anybody
 * else is offered to ask the conveners.
 */
export async function beginJoining(core: Core, sender: Sender, known: Member | undefined): Promise<Reply> {
  if (known?.status === 'active') return { kind: 'replace', message: alreadyJoined() };
  const profile = await sender.profile();
  const member = known ?? (await findVouchedFor(core, profile));
  if (member === undefined) return await askToBeLetIn(core, sender, profile);
  return await core.db.transaction().execute(async (tx) => {
    const outcome = await takeIn(core, tx, member.id, sender, profile);
    switch (outcome.kind) {
      case 'asked':
        return { kind: 'replace', message: asked() };
      case 'erased':
        return await askToBeLetIn(core, sender, profile);
      case 'known':
        return outcome.member.status === 'active'
          ? { kind: 'replace', message: alreadyJoined() }
          : { kind: 'form', form: await stepForm(core, tx, outcome.member, 'about') };
    }
  });
}

/** Who is yet to say that the address is theirs is asked about the account as well: they have joined already. */
async function findVouchedFor({ db }: Core, { email }: Profile): Promise<Member | undefined> {
  return (await findMemberByVouchedEmail(db, email)) ?? (await findMemberToConfirm(db, email));
}

type Outcome =
  /** The address is that of somebody who joined before, and they are asked whether this account is theirs. */
  { readonly kind: 'asked' | 'erased' } | { readonly kind: 'known'; readonly member: Member };

/** Makes the account theirs where it may be, and takes what its platform says for what they have not chosen. */
async function takeIn(
  core: Core,
  tx: Transaction,
  memberId: string,
  sender: Sender,
  profile: Profile,
): Promise<Outcome> {
  const status = await holdMember(tx, memberId);
  if (status === undefined) return { kind: 'erased' };
  const holder = await findMemberByAccount(tx, sender.account);
  // Another press of theirs was faster, when their platform gave them another address.
  if (holder !== undefined && holder.id !== memberId) return { kind: 'known', member: holder };
  if (holder === undefined && status !== 'invited') {
    await requestAccount(core, tx, memberId, sender);
    return { kind: 'asked' };
  }
  if (holder === undefined) await linkAccount(tx, memberId, sender.account, sender.address, core.clock.now());
  const defaults = profileDefaults(profile);
  if (Object.keys(defaults).length > 0) {
    await tx.updateTable('members').set(defaults).where('id', '=', memberId).execute();
  }
  const member = await findMemberByAccount(tx, sender.account);
  return member === undefined ? { kind: 'erased' } : { kind: 'known', member };
}

/** Of two who join as one member at once, the later one finds what the first one left. */
async function holdMember(tx: Transaction, memberId: string): Promise<MemberStatus | undefined> {
  const row = tx.selectFrom('members').select('status').where('id', '=', memberId).forNoKeyUpdate();
  return (await row.executeTakeFirst())?.status;
}
