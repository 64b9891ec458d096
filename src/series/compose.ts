import { findConversation } from '../conversations/seats.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { whenWords } from '../time/words.ts';
import * as asking from './asking-messages.ts';
import { topicHosted } from './messages.ts';
import type { SeriesDelivery, Slot } from './model.ts';
import { askKey, findSeries, findSlot, readAsks } from './slots.ts';
import { knownTheme } from './theme.ts';

export async function composeSeries(
  core: Core,
  kind: SeriesDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  if (kind === 'series.topic-hosted') return await composeHosted(core, delivery.subject, member);
  const slot = await findSlot(core.db, delivery.subject);
  if (slot === undefined) return drop('the date is no longer there');
  if (slot.startsAt <= core.clock.now()) return drop('the date has passed');
  return kind === 'series.ask-host'
    ? await composeAsk(core, delivery, slot, member)
    : await composeEmpty(core, slot, member);
}

async function composeAsk(core: Core, { id }: Delivery, slot: Slot, member: Member): Promise<Composed> {
  const ask = (await readAsks(core.db, slot.id)).find(({ memberId }) => memberId === member.id);
  if (slot.state !== 'asking' || ask?.answer !== null) return drop('the host is not asked any more');
  // They may have been asked before about another topic, in a message that is still on its way.
  const posted = await core.db.selectFrom('deliveries').select('key').where('id', '=', id).executeTakeFirst();
  if (posted?.key !== askKey(ask.id)) return drop('the host is asked anew in another message');
  if (isPaused(member, 'conversations', core.clock.now())) return drop('the member is paused');
  const shown = await show(core, slot, member);
  return shown === undefined ? drop('the topic is gone') : { kind: 'say', message: asking.askHost(shown, ask.until) };
}

async function composeEmpty(core: Core, slot: Slot, member: Member): Promise<Composed> {
  if (member.permission !== 'convener') return drop('the member is no convener any more');
  if (slot.state !== 'empty') return drop('the date has a host by now');
  const series = await findSeries(core.db, slot.seriesId);
  if (series === undefined) return drop('the series has ended');
  const shown = await show(core, slot, member);
  if (shown !== undefined) return { kind: 'say', message: asking.noHost(shown) };
  return { kind: 'say', message: asking.noTopic(series, slot.startsAt, member.zone) };
}

async function show(core: Core, slot: Slot, { zone }: Member): Promise<asking.ShownSlot | undefined> {
  const series = await findSeries(core.db, slot.seriesId);
  if (series === undefined || slot.topicId === null) return undefined;
  const topic = await core.db
    .selectFrom('topics')
    .select(['id', 'title', 'about', 'theme'])
    .where('id', '=', slot.topicId)
    .executeTakeFirst();
  if (topic === undefined) return undefined;
  return {
    id: slot.id,
    series,
    topic,
    themeName: knownTheme(core.frameworks, topic.theme),
    startsAt: slot.startsAt,
    zone,
  };
}

async function composeHosted(core: Core, topicId: string, member: Member): Promise<Composed> {
  const row = core.db.selectFrom('topics').select('conversation_id').where('id', '=', topicId);
  const conversationId = (await row.executeTakeFirst())?.conversation_id ?? null;
  const conversation = conversationId === null ? undefined : await findConversation(core.db, conversationId);
  if (conversation === undefined || conversation.cancelledAt !== null) return drop('the conversation is cancelled');
  const now = core.clock.now();
  if (conversation.startsAt <= now) return drop('the conversation has begun');
  if (isPaused(member, 'conversations', now)) return drop('the member is paused');
  if (conversation.host?.id === member.id) return drop('the member hosts it');
  const when = whenWords(conversation.startsAt, conversation.minutes, member.zone);
  return { kind: 'say', message: topicHosted(conversation, conversation.id, when) };
}
