import { randomUUID } from 'node:crypto';
import { themeOptions } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Proposal } from '../proposals/model.ts';
import { publish } from '../proposals/publishing.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { goOn, noteNo, save } from './asking.ts';
import * as say from './asking-messages.ts';
import { holdSeries } from './hold.ts';
import { problems } from './messages.ts';
import type { Series, Slot, Topic } from './model.ts';
import { findSeries, findSlot, readAsks } from './slots.ts';
import { knownTheme } from './theme.ts';

/** A slot that a host may take on, with what is to be talked about. */
interface Hostable {
  readonly slot: Slot;
  readonly series: Series;
  readonly topic: Topic;
}

/** The form of who says yes to a topic without a theme. @throws Refusal when it cannot be hosted any more */
export async function openYes(core: Core, member: Member, slotId: string): Promise<Reply> {
  const shown = show(core, member, await mustBeHostable(core, core.db, slotId));
  return { kind: 'form', form: say.yesForm(shown, themeOptions(core.frameworks)) };
}

/**
 * Announces the conversation of a slot with this host, or puts it before the conveners. Any host may say so while nobody
 * else has: those who were asked before and are late, and conveners when nobody was found. Pressing twice changes nothing.
 *
 * @throws Refusal when it has a host already, or cannot be hosted any more
 */
export async function sayYes(core: Core, member: Member, slotId: string, answer: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await holdSeries(tx);
    const before = await saidBefore(core, tx, member, slotId);
    if (before !== undefined) return before;
    const hostable = await mustBeHostable(core, tx, slotId);
    const theme = themeOf(core, hostable.topic, answer);
    const { slot } = hostable;
    await noteYes(tx, core.clock.now(), slot.id, member.id);
    const proposal = describe(hostable, member, theme);
    // By that the conversation finds the slot, at once or when a convener has looked at it.
    await save(tx, { ...slot, state: 'hosted', proposalId: proposal.id, conversationId: null });
    const how = await publish(core, tx, proposal);
    const shown = show(core, member, hostable);
    return { kind: 'replace', message: say.youHost(shown, how === 'announced' ? proposal.id : undefined) };
  });
}

/** The next host is asked at once. @throws Refusal for somebody who was not asked, or has said yes */
export async function sayNo(core: Core, member: Member, slotId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    await holdSeries(tx);
    const slot = await findSlot(tx, slotId);
    if (slot === undefined) throw new Refusal(say.refusals.gone);
    const ask = (await readAsks(tx, slotId)).find(({ memberId }) => memberId === member.id);
    if (ask === undefined) throw new Refusal(say.refusals.notAsked);
    if (ask.answer === 'yes') throw new Refusal(say.refusals.yours);
    await noteNo(tx, core.clock.now(), slotId, member.id);
    if (ask.answer === null) await goOn(core, tx, slot);
    return { kind: 'replace', message: say.saidNo() };
  });
}

async function mustBeHostable(core: Core, db: Reader, slotId: string): Promise<Hostable> {
  const slot = await findSlot(db, slotId);
  const series = slot === undefined ? undefined : await findSeries(db, slot.seriesId);
  if (slot === undefined || series === undefined) throw new Refusal(say.refusals.gone);
  if (slot.state === 'hosted') throw new Refusal(say.refusals.hasHost);
  if (slot.startsAt <= core.clock.now()) throw new Refusal(say.refusals.started);
  if (slot.topicId === null) throw new Refusal(say.refusals.notChosen);
  const topic = await db
    .selectFrom('topics')
    .select(['id', 'title', 'about', 'theme', 'conversation_id as conversationId'])
    .where('id', '=', slot.topicId)
    .executeTakeFirst();
  const elsewhere = await db
    .selectFrom('series_slots')
    .select('id')
    .where('topic_id', '=', slot.topicId)
    .where('state', 'in', ['asking', 'hosted'])
    .where('id', '!=', slot.id)
    .executeTakeFirst();
  if (topic === undefined || topic.conversationId !== null || elsewhere !== undefined) {
    throw new Refusal(say.refusals.takenUp);
  }
  return { slot, series, topic };
}

/** What to show somebody who hosts it already, and presses again. */
async function saidBefore(core: Core, tx: Transaction, member: Member, slotId: string): Promise<Reply | undefined> {
  const slot = await findSlot(tx, slotId);
  const ask = (await readAsks(tx, slotId)).find(({ memberId }) => memberId === member.id);
  if (slot?.state !== 'hosted' || slot.topicId === null || ask?.answer !== 'yes') return undefined;
  if (slot.conversationId !== null && (await hostOf(tx, slot.conversationId)) !== member.id) return undefined;
  const series = await findSeries(tx, slot.seriesId);
  const columns = ['id', 'title', 'about', 'theme'] as const;
  const topic = await tx.selectFrom('topics').select(columns).where('id', '=', slot.topicId).executeTakeFirst();
  if (series === undefined || topic === undefined) return undefined;
  const shown = show(core, member, { slot, series, topic });
  return { kind: 'replace', message: say.youHost(shown, slot.conversationId ?? undefined) };
}

/** It may have been handed over. */
async function hostOf(db: Reader, conversationId: string): Promise<string | null> {
  const row = db.selectFrom('conversations').select('host_id').where('id', '=', conversationId);
  return (await row.executeTakeFirstOrThrow()).host_id;
}

async function noteYes(tx: Transaction, now: Date, slotId: string, memberId: string): Promise<void> {
  await tx
    .updateTable('host_asks')
    .set({ answer: 'none' })
    .where('slot_id', '=', slotId)
    .where('answer', 'is', null)
    .execute();
  await tx
    .insertInto('host_asks')
    .values({ id: randomUUID(), slot_id: slotId, member_id: memberId, asked_at: now, until: now, answer: 'yes' })
    .onConflict((conflict) => conflict.columns(['slot_id', 'member_id']).doUpdateSet({ answer: 'yes' }))
    .execute();
}

/** The topic's own where it has one that the frameworks know; else what the host chose. */
function themeOf({ frameworks }: Core, topic: Topic, answer: string): string {
  const themes = themeOptions(frameworks).map(({ value }) => value);
  const theme = [answer, topic.theme].find((one) => themes.includes(one));
  if (theme === undefined) throw new Refusal(problems.theme, [{ field: 'theme', text: problems.theme }]);
  return theme;
}

function describe({ slot, series, topic }: Hostable, host: Member, theme: string): Proposal {
  const { minutes, capacity, perCouncil, link, place, zone } = series;
  const { id: topicId, title, about } = topic;
  const open = { audience: { kind: 'all' }, chathamHouse: false, followsId: null, refusal: '' } as const;
  const times = { startsAt: slot.startsAt, minutes, zone } as const;
  const words = { theme, title, about, topicId, capacity, perCouncil, link, place } as const;
  return { id: randomUUID(), hostId: host.id, state: 'draft', revision: 1, ...open, ...times, ...words };
}

function show({ frameworks }: Core, { zone }: Member, { slot, series, topic }: Hostable): say.ShownSlot {
  return { id: slot.id, series, topic, startsAt: slot.startsAt, zone, themeName: knownTheme(frameworks, topic.theme) };
}
