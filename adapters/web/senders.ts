import type { Account, Sender } from '../../src/account.ts';
import type { Member } from '../../src/network/model.ts';

/** Somebody signed in here. @param tabAccount `undefined` where they are in no tab */
export function webSender(member: Member, tabAccount?: Account): Sender {
  const sender = senderFor({ platform: 'web', space: '', user: member.id }, member.email);
  return tabAccount === undefined ? sender : { ...sender, signedInBy: tabAccount };
}

/** Somebody who followed a link that we sent to their e-mail address. */
export function emailSender(member: Member): Sender {
  return senderFor({ platform: 'email', space: '', user: member.email }, member.email);
}

/** Somebody we know nothing about. */
export const stranger: Sender = senderFor({ platform: 'web', space: '', user: '' }, '');

function senderFor(account: Account, email: string): Sender {
  return { account, address: {}, profile: () => Promise.resolve({ name: '', email, zone: '', locale: '' }) };
}
