import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';

/** Intent → use case. */
export async function dispatchDiary(_core: Core, _asker: Asker, intent: IntentOf<'diary'>): Promise<Reply> {
  throw new Error(`${intent.kind} is not there yet`);
}
