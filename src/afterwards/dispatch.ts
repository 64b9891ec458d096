import { type Asker, type IntentOf, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as afterwards from './service.ts';

/** Intent → use case. */
export async function dispatchAfterwards(
  core: Core,
  { sender, member }: Asker,
  intent: IntentOf<'afterwards'>,
): Promise<Reply> {
  const mayRead = readsPrivately(sender);
  switch (intent.kind) {
    case 'afterwards.open-who-came':
      return await afterwards.openWhoCame(core, member, intent.conversation, mayRead);
    case 'afterwards.who-came':
      return await afterwards.saveWhoCame(core, member, intent.conversation, intent.came);
    case 'afterwards.open-takeaway':
      return await afterwards.openTakeaway(core, member, intent.conversation, mayRead);
    case 'afterwards.takeaway':
      return await afterwards.saveTakeaway(core, member, intent, mayRead);
    case 'afterwards.drop-takeaway':
      return await afterwards.dropTakeaway(core, member, intent.conversation);
    case 'afterwards.takeaways':
      return await afterwards.showTakeaways(core, member, intent.conversation, mayRead);
    case 'afterwards.open-summary':
      return await afterwards.openSummary(core, member, intent.conversation);
    case 'afterwards.summary':
      return await afterwards.saveSummary(core, member, intent.conversation, intent.text);
  }
}
