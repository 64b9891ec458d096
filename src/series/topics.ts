import { randomUUID } from 'node:crypto';
import { refusals as ofConversations } from '../conversations/messages.ts';
import { themeOptions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { holdSeries } from './hold.ts';
import { removeTopics } from './leaving.ts';
import * as say from './messages.ts';
import { type ReadTopic, readTopics } from './open-topics.ts';
import { readTopic } from './rules.ts';
import { knownTheme } from './theme.ts';

export { openTopics } from './open-topics.ts';

/** How many topics a page shows: those of most votes, and then the newest, which would else never be seen. */
const shownAtMost = { voted: 15, newest: 10 } as const;

/** @param text what to start from, such as a chat message; '' for nothing */
export function openTopic(core: Core, text: string): Reply {
  return { kind: 'form', form: say.topicForm(text, themeOptions(core.frameworks)) };
}

/** @throws Refusal with a problem for each answer that needs changing */
export async function suggestTopic(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'series.suggest-topic' }>,
): Promise<Reply> {
  const themes = themeOptions(core.frameworks).map(({ value }) => value);
  const topic = readTopic(answers, themes);
  if (!('title' in topic)) throw new Refusal(ofConversations.invalid, topic);
  const row = { id: randomUUID(), member_id: member.id, suggested_at: core.clock.now(), conversation_id: null };
  await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await tx
      .insertInto('topics')
      .values({ ...row, ...topic })
      .execute();
  });
  return { kind: 'message', message: say.suggested(topic.title) };
}

/** Open topics as this member stands to them; one that has worn off is shown to nobody but who suggested it. */
export async function showTopics(core: Core, member: Member): Promise<Reply> {
  const all = await readTopics(core.db, core.clock.now(), member.id);
  const seen = all.filter(({ isWornOff, isOwn }) => !isWornOff || isOwn);
  const first = seen.slice(0, shownAtMost.voted);
  const rest = seen.slice(shownAtMost.voted);
  const newest = rest.toSorted((a, b) => b.suggestedAt.getTime() - a.suggestedAt.getTime());
  const shown = [...first, ...newest.slice(0, shownAtMost.newest)];
  const page = say.topicsPage(
    shown.map((topic) => shownTo(core, member, topic)),
    seen.length - shown.length,
  );
  return { kind: 'page', page };
}

function shownTo({ frameworks }: Core, { permission, zone }: Member, { slot, ...topic }: ReadTopic): say.ShownTopic {
  const chosenFor =
    slot === undefined ? undefined : { slot: slot.id, startsAt: slot.startsAt, hasHost: slot.state === 'hosted' };
  return {
    ...topic,
    themeName: knownTheme(frameworks, topic.theme),
    chosenFor,
    mayHost: permission !== 'member',
    zone,
  };
}

/**
 * One vote for each member and topic, however often they press. Whoever suggested it has voted by that; when it has worn
 * off they put it up again.
 *
 * @throws Refusal when it is their own and still up, or gone
 */
export async function vote(core: Core, member: Member, topicId: string): Promise<Reply> {
  return await change(core, member, topicId, async (tx, topic) => {
    if (topic.isOwn && !topic.isWornOff) throw new Refusal(say.refusals.own);
    if (topic.isWornOff && !topic.isOwn) throw new Refusal(say.refusals.gone);
    if (topic.slot !== undefined && !topic.hasVoted) throw new Refusal(say.refusals.asking);
    const now = core.clock.now();
    if (topic.hasVoted) return;
    await tx.updateTable('topics').set({ wanted_at: now }).where('id', '=', topicId).execute();
    if (topic.isOwn) return;
    await tx.insertInto('topic_votes').values({ topic_id: topicId, member_id: member.id, voted_at: now }).execute();
  });
}

export async function unvote(core: Core, member: Member, topicId: string): Promise<Reply> {
  return await change(core, member, topicId, async (tx) => {
    await tx.deleteFrom('topic_votes').where('topic_id', '=', topicId).where('member_id', '=', member.id).execute();
  });
}

async function change(
  core: Core,
  member: Member,
  topicId: string,
  act: (tx: Transaction, topic: ReadTopic) => Promise<void>,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await holdSeries(tx);
    await act(tx, await mustFind(core, tx, member, topicId));
    const message = say.votingCard(shownTo(core, member, await mustFind(core, tx, member, topicId)));
    return { kind: 'replace', message };
  });
}

async function mustFind(core: Core, db: Reader, member: Member, topicId: string): Promise<ReadTopic> {
  const topics = await readTopics(db, core.clock.now(), member.id);
  const topic = topics.find(({ id }) => id === topicId);
  if (topic === undefined) throw new Refusal(say.refusals.gone);
  return topic;
}

/** Takes one's own topic back, with its votes; where a host is looked for, another topic is. @throws Refusal */
export async function withdrawTopic(core: Core, member: Member, topicId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    // Hosts who are writing about it hold their draft, and then the series.
    const own = tx.selectFrom('topics').select('id').where('id', '=', topicId).where('member_id', '=', member.id);
    const about = tx.selectFrom('proposals').select('id').where('topic_id', 'in', own).orderBy('id').forUpdate();
    await tx.updateTable('proposals').set({ topic_id: null }).where('id', 'in', about).execute();
    await holdSeries(tx);
    const topic = await mustFind(core, tx, member, topicId);
    if (!topic.isOwn) throw new Refusal(say.refusals.notYours);
    if (topic.slot?.state === 'hosted') throw new Refusal(say.refusals.hosted);
    await removeTopics(core, tx, [topicId]);
    return { kind: 'replace', message: say.withdrawn(topic.title) };
  });
}
