import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as cancelling from './cancelling.ts';
import * as editing from './editing.ts';
import * as handing from './hand-over.ts';
import * as seating from './seating.ts';
import * as setting from './setting.ts';
import * as fewness from './too-few.ts';
import * as viewing from './viewing.ts';

/** Intent → use case. */
export async function dispatchConversation(
  core: Core,
  asker: Asker,
  intent: IntentOf<'conversations'>,
): Promise<Reply> {
  const { member } = asker;
  switch (intent.kind) {
    case 'conversations.list':
      return await viewing.list(core, asker);
    case 'conversations.view':
      return await viewing.showOne(core, asker, intent.conversation);
    case 'conversations.sign-up':
      return await seating.signUp(core, member, intent.conversation);
    case 'conversations.withdraw':
      return await seating.withdraw(core, member, intent.conversation);
    case 'conversations.accept-seat':
      return await seating.acceptSeat(core, member, intent.conversation);
    case 'conversations.decline-seat':
      return await seating.declineSeat(core, member, intent.conversation);
    case 'conversations.open-cancel':
      return await cancelling.openCancel(core, asker, intent.conversation);
    case 'conversations.cancel':
      return await cancelling.cancel(core, asker, intent.conversation, intent.reason);
    case 'conversations.who-is-coming':
      return await fewness.showWhoIsComing(core, asker, intent.conversation);
    case 'conversations.go-on':
      return await fewness.goOn(core, asker, intent.conversation);
    case 'conversations.open-edit':
      return await editing.openEdit(core, asker, intent);
    case 'conversations.edit':
      return await editing.edit(core, asker, intent);
    case 'conversations.open-hand-over':
      return await handing.openHandOver(core, asker, intent.conversation);
    case 'conversations.hand-over':
      return await handing.handOver(core, asker, intent.conversation, intent.to);
    case 'conversations.take-over':
      return await handing.takeOver(core, member, intent.conversation);
    case 'conversations.decline-hand-over':
      return await handing.declineHandOver(core, member, intent.conversation);
    case 'conversations.open-settings':
      return await setting.openSettings(core);
    case 'conversations.settings':
      return await setting.saveSettings(core, member, intent);
  }
}
