import { refusals } from '../conversations/messages.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { openDraft } from '../proposals/service.ts';
import { refusals as say } from './messages.ts';
import { readTopics } from './open-topics.ts';
import { knownTheme } from './theme.ts';

/**
 * The first form of a proposal, with the topic written into it.
 *
 * @throws Refusal when another host was first, one is looked for already, or the topic is gone
 */
export async function hostTopic(core: Core, member: Member, topicId: string): Promise<Reply> {
  const topic = (await readTopics(core.db, core.clock.now(), '')).find(({ id }) => id === topicId);
  if (topic === undefined) throw new Refusal(refusals.topicGone);
  if (topic.slot !== undefined) throw new Refusal(say.asking);
  const { title, about } = topic;
  const theme = knownTheme(core.frameworks, topic.theme) === '' ? '' : topic.theme;
  return await openDraft(core, member, { topic: topicId, follows: '', theme, title, about });
}
