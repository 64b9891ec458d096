import { type Asker, type IntentOf, readsPrivately } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { showLatest, showMonth, showTheme } from './service.ts';

/** Intent → use case. */
export async function dispatchDigest(
  core: Core,
  { sender, member }: Asker,
  intent: IntentOf<'digests'>,
): Promise<Reply> {
  switch (intent.kind) {
    case 'digests.latest':
      return await showLatest(core);
    case 'digests.month':
      return await showMonth(core, intent.month);
    case 'digests.theme':
      return await showTheme(core, member, intent, readsPrivately(sender));
  }
}
