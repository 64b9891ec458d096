import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import * as answering from './answering.ts';
import { hostTopic } from './host-topic.ts';
import * as setting from './setting.ts';
import * as topics from './topics.ts';

/** Intent → use case. */
export async function dispatchSeries(core: Core, { member }: Asker, intent: IntentOf<'series'>): Promise<Reply> {
  switch (intent.kind) {
    case 'series.topics':
      return await topics.showTopics(core, member);
    case 'series.open-topic':
      return topics.openTopic(core, intent.text);
    case 'series.suggest-topic':
      return await topics.suggestTopic(core, member, intent);
    case 'series.host-topic':
      return await hostTopic(core, member, intent.topic);
    case 'series.vote':
      return await topics.vote(core, member, intent.topic);
    case 'series.unvote':
      return await topics.unvote(core, member, intent.topic);
    case 'series.withdraw-topic':
      return await topics.withdrawTopic(core, member, intent.topic);
    case 'series.all':
      return await setting.showAll(core);
    case 'series.open-series':
      return await setting.openSeries(core, intent.series);
    case 'series.series':
      return await setting.setSeries(core, member, intent);
    case 'series.end-series':
      return await setting.endSeries(core, member, intent.series);
    case 'series.open-yes':
      return await answering.openYes(core, member, intent.slot);
    case 'series.say-yes':
      return await answering.sayYes(core, member, intent.slot, intent.theme);
    case 'series.say-no':
      return await answering.sayNo(core, member, intent.slot);
  }
}
