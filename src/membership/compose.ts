import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { connectedElsewhere } from './connecting-messages.ts';
import { type MembershipDelivery, readSubject } from './model.ts';
import { ownAccounts } from './whereabouts.ts';

export async function composeMembership(
  core: Core,
  _kind: MembershipDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const { connected } = readSubject(delivery.subject);
  const account = (await ownAccounts(core.db, member.id)).find(({ id }) => id === connected);
  if (account === undefined) return drop('the account was disconnected again');
  return { kind: 'say', message: connectedElsewhere(account) };
}
