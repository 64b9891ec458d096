import type { Core } from '../core.ts';
import type { Composed, Delivery } from '../delivery/model.ts';
import { writeLink } from '../store/links.ts';
import * as say from './messages.ts';
import type { Member, NetworkDelivery } from './model.ts';

/** How long a sign-in link works, in milliseconds. The words of the e-mail say the same. */
const signInMs = 30 * 60_000;

export function composeNetwork(core: Core, kind: NetworkDelivery, delivery: Delivery, member: Member): Composed {
  switch (kind) {
    case 'network.welcome':
      return { kind: 'say', message: say.welcome(member) };
    case 'network.resumed':
      return { kind: 'say', message: say.resumed() };
    case 'network.sign-in': {
      const expires = core.clock.now().getTime() + signInMs;
      const link = { id: delivery.id, memberId: member.id, intent: { kind: 'network.home' } as const, expires };
      return { kind: 'say', message: say.signInLink(`${core.publicUrl}/sign-in/${writeLink(core.cipher, link)}`) };
    }
  }
}
