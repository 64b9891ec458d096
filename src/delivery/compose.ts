import { composeConversation } from '../conversations/compose.ts';
import type { Core } from '../core.ts';
import { composeMatching } from '../matching/compose.ts';
import { composeNetwork } from '../network/compose.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { composeReflection } from '../reflections/compose.ts';
import type { Composed, Delivery } from './model.ts';

/** Puts a delivery into words from what is true now, or says why there is nothing left to say. */
export async function compose(core: Core, delivery: Delivery): Promise<Composed> {
  const member = await findMember(core.db, delivery.memberId);
  if (member === undefined) return { kind: 'drop', reason: 'the member was erased' };
  // Signing in is what the person asked for just now, member or not; everything else is for those who joined.
  if (delivery.kind !== 'network.sign-in' && member.status !== 'active') {
    return { kind: 'drop', reason: 'the member is not in the network' };
  }
  return await words(core, delivery, member);
}

async function words(core: Core, delivery: Delivery, member: Member): Promise<Composed> {
  switch (delivery.kind) {
    case 'network.welcome':
    case 'network.sign-in':
    case 'network.resumed':
      return composeNetwork(core, delivery.kind, delivery, member);
    case 'reflections.prompt':
      return await composeReflection(core, delivery, member);
    case 'conversations.announcement':
    case 'conversations.seat-freed':
    case 'conversations.reminder-week':
    case 'conversations.reminder-day':
    case 'conversations.reminder-soon':
    case 'conversations.host-briefing':
      return await composeConversation(core, delivery.kind, delivery, member);
    case 'matching.introduction':
    case 'matching.left-out':
      return await composeMatching(core, delivery.kind, delivery, member);
  }
}
