import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { hostTopic, openTopic, suggestTopic } from './topics.ts';

/** Intent → use case. */
export async function dispatchSeries(core: Core, { member }: Asker, intent: IntentOf<'series'>): Promise<Reply> {
  switch (intent.kind) {
    case 'series.open-topic':
      return openTopic(intent.text);
    case 'series.suggest-topic':
      return await suggestTopic(core, member, intent);
    case 'series.host-topic':
      return await hostTopic(core, member, intent.topic);
    default:
      throw new Error(`${intent.kind} is not there yet`);
  }
}
