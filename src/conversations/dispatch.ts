import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as cancelling from './cancelling.ts';
import * as conversation from './service.ts';

/** Intent → use case. */
export async function dispatchConversation(
  core: Core,
  { member }: Asker,
  intent: IntentOf<'conversations'>,
): Promise<Reply> {
  switch (intent.kind) {
    case 'conversations.list':
      return await conversation.list(core, member);
    case 'conversations.open-proposal':
      return conversation.openProposal(core, member);
    case 'conversations.propose':
      return await conversation.propose(core, member, intent);
    case 'conversations.sign-up':
      return await conversation.signUp(core, member, intent.conversation);
    case 'conversations.withdraw':
      return await conversation.withdraw(core, member, intent.conversation);
    case 'conversations.open-cancel':
      return await cancelling.openCancel(core, member, intent.conversation);
    case 'conversations.cancel':
      return await cancelling.cancel(core, member, intent.conversation, intent.reason);
    default:
      throw new Error(`${intent.kind} is not there yet`);
  }
}
