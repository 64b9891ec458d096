import { randomUUID } from 'node:crypto';
import { refusals } from '../conversations/messages.ts';
import { proposalForm } from '../conversations/proposal-messages.ts';
import { themeOptions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { suggested, topicForm } from './messages.ts';
import type { Topic } from './model.ts';
import { readTopic } from './rules.ts';

/** @param text what to start from, such as a chat message; '' for nothing */
export function openTopic(text: string): Reply {
  return { kind: 'form', form: topicForm(text) };
}

/** @throws Refusal with a problem for each answer that needs changing */
export async function suggestTopic(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'series.suggest-topic' }>,
): Promise<Reply> {
  const topic = readTopic(answers);
  if (!('title' in topic)) throw new Refusal(refusals.invalid, topic);
  const row = { id: randomUUID(), member_id: member.id, suggested_at: core.clock.now(), conversation_id: null };
  await core.db
    .insertInto('topics')
    .values({ ...row, ...topic })
    .execute();
  return { kind: 'message', message: suggested(topic.title) };
}

/**
 * The proposal form, with the topic written into it.
 *
 * @throws Refusal when another host was first, or whoever suggested it was erased
 */
export async function hostTopic(core: Core, member: Member, topicId: string): Promise<Reply> {
  const topic = await openTopicRows(core.db).where('id', '=', topicId).executeTakeFirst();
  if (topic === undefined) throw new Refusal(refusals.topicGone);
  return { kind: 'form', form: proposalForm(themeOptions(core.frameworks), member.zone, topic) };
}

/** The newest topics that nobody has taken up. */
export async function openTopics(db: Reader): Promise<readonly Topic[]> {
  return await openTopicRows(db).orderBy('suggested_at', 'desc').orderBy('id').limit(10).execute();
}

function openTopicRows(db: Reader) {
  return db.selectFrom('topics').select(['id', 'title', 'about', 'theme']).where('conversation_id', 'is', null);
}
