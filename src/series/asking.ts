import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Core } from '../core.ts';
import { holdConveners } from '../network/hold.ts';
import { findMember } from '../network/roster.ts';
import { readWorkingDays } from '../reflections/working-days.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { candidatesFor } from './candidates.ts';
import type { Slot } from './model.ts';
import { chooseTopic } from './open-topics.ts';
import { answerBy, askingEnds } from './slot-rules.ts';
import { askKey, findSeries, findSlot, readAsks, slotRows } from './slots.ts';

/*
 * The asking round of a slot. All of it is called with the series held, and each slot that asks has one host who is
 * being asked: whatever takes that host away asks the next in the same transaction.
 */

/** Takes the topic most people want for a slot that is open, and asks the first host; it is empty without a topic. */
export async function chooseFor(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  const topic = await chooseTopic(tx, core.clock.now());
  if (topic === undefined) return await leaveEmpty(core, tx, { ...slot, topicId: null });
  const asking = { ...slot, state: 'asking', topicId: topic.id } as const;
  await save(tx, asking);
  await askNext(core, tx, asking);
}

/** Asks the host whose turn it is; the slot is empty when nobody is left, or no time. */
export async function askNext(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  const now = core.clock.now();
  const series = await findSeries(tx, slot.seriesId);
  if (series === undefined) return void (await tx.deleteFrom('series_slots').where('id', '=', slot.id).execute());
  const [next] = askingEnds(slot.startsAt) > now ? await candidatesFor(tx, now, slot, series.minutes) : [];
  const member = next === undefined ? undefined : await findMember(tx, next.memberId);
  if (member === undefined) return await leaveEmpty(core, tx, slot);
  const until = answerBy(now, slot.startsAt, await readWorkingDays(tx, member, now));
  if (until === undefined) return await leaveEmpty(core, tx, slot);
  const id = randomUUID();
  await tx
    .insertInto('host_asks')
    .values({ id, slot_id: slot.id, member_id: member.id, asked_at: now, until, answer: null })
    .execute();
  const kind = 'series.ask-host';
  await post(tx, now, [{ key: askKey(id), kind, subject: slot.id, memberId: member.id }]);
  await schedule(tx, [{ key: `series.ask-ends:${id}`, kind: 'series.ask-ends', subject: slot.id, at: until }]);
}

/** Whoever was asked has let the time pass. */
export async function askEnds(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  const now = core.clock.now();
  const asked = (await readAsks(tx, slot.id)).find(({ answer, until }) => answer === null && until <= now);
  if (asked === undefined) return;
  await tx.updateTable('host_asks').set({ answer: 'none' }).where('id', '=', asked.id).execute();
  await goOn(core, tx, slot);
}

/** The host who was asked cannot: the next one is. A topic that is gone meanwhile is chosen anew. */
export async function goOn(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  if (slot.state !== 'asking') return;
  if (slot.topicId === null) await chooseFor(core, tx, slot);
  else await askNext(core, tx, slot);
}

/**
 * These topics are to go: nobody is asked about them any more.
 *
 * @returns the slots that need another topic, see {@link chooseForAll}, once the topics are gone
 */
export async function takeOutTopics(tx: Transaction, topicIds: readonly string[]): Promise<readonly string[]> {
  if (topicIds.length === 0) return [];
  const slots = await tx
    .updateTable('series_slots')
    .set({ state: 'open', topic_id: null })
    .where('topic_id', 'in', topicIds)
    .where('state', '=', 'asking')
    .returning('id')
    .execute();
  const ids = slots.map(({ id }) => id);
  if (ids.length === 0) return [];
  // Who said no to the day is not asked again; who has not said may like another topic better.
  await tx
    .deleteFrom('host_asks')
    .where('slot_id', 'in', ids)
    .where((or) => or.or([or('answer', 'is', null), or('answer', '=', 'none')]))
    .execute();
  return ids;
}

export async function chooseForAll(core: Core, tx: Transaction, slotIds: readonly string[]): Promise<void> {
  for (const id of slotIds) {
    const slot = await findSlot(tx, id);
    if (slot !== undefined) await chooseFor(core, tx, slot);
  }
}

/** The conversation of a slot is cancelled: another host is asked while there is time. */
export async function askAgain(core: Core, tx: Transaction, conversationId: string): Promise<void> {
  const slot = await slotRows(tx).where('conversation_id', '=', conversationId).executeTakeFirst();
  if (slot?.state !== 'hosted') return;
  const conversation = tx.selectFrom('conversations').select('host_id').where('id', '=', conversationId);
  const host = (await conversation.executeTakeFirst())?.host_id ?? null;
  if (host !== null) await noteNo(tx, core.clock.now(), slot.id, host);
  await askForAnother(core, tx, slot);
}

/**
 * What a host said yes to was to be looked at by conveners first, and they refused it, or the host has dropped it, or its
 * time has passed: another host is asked while there is time.
 */
export async function askForDropped(core: Core, tx: Transaction): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select s.id from series_slots s
     where s.state = 'hosted' and s.conversation_id is null
       and not exists (select from proposals p join members m on m.id = p.host_id
                        where p.id = s.proposal_id and m.status = 'active' and p.state = 'awaiting')
     order by s.starts_at, s.id`.execute(tx);
  for (const { id } of rows) {
    const slot = await findSlot(tx, id);
    if (slot === undefined) continue;
    const given = tx.updateTable('host_asks').set({ answer: 'no' }).where('slot_id', '=', id);
    await given.where('answer', '=', 'yes').execute();
    await askForAnother(core, tx, slot);
  }
}

async function askForAnother(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  const topic = tx
    .selectFrom('topics')
    .select('id')
    .where('id', '=', slot.topicId)
    .where('conversation_id', 'is', null);
  // Another conversation may have taken it up meanwhile.
  const topicId = (await topic.executeTakeFirst())?.id ?? null;
  const asking = { ...slot, state: 'asking', topicId, proposalId: null, conversationId: null } as const;
  await save(tx, asking);
  await goOn(core, tx, asking);
}

/** This member is not asked for this slot again. */
export async function noteNo(tx: Transaction, now: Date, slotId: string, memberId: string): Promise<void> {
  await tx
    .insertInto('host_asks')
    .values({ id: randomUUID(), slot_id: slotId, member_id: memberId, asked_at: now, until: now, answer: 'no' })
    .onConflict((conflict) => conflict.columns(['slot_id', 'member_id']).doUpdateSet({ answer: 'no' }))
    .execute();
}

export async function save(tx: Transaction, { id, state, topicId, proposalId, conversationId }: Slot): Promise<void> {
  await tx
    .updateTable('series_slots')
    .set({ state, topic_id: topicId, proposal_id: proposalId, conversation_id: conversationId })
    .where('id', '=', id)
    .execute();
}

/** Nothing comes of it, and conveners are told. Its topic is open again, and stays written down for who steps in. */
async function leaveEmpty(core: Core, tx: Transaction, slot: Slot): Promise<void> {
  const now = core.clock.now();
  await save(tx, { ...slot, state: 'empty' });
  const conveners = await holdConveners(tx);
  const kind = 'series.no-host';
  // It may be hosted after all, and empty again: that is told again.
  const cause = `${kind}:${slot.id}:${now.getTime()}`;
  await post(
    tx,
    now,
    conveners.map((memberId) => ({ key: `${cause}:${memberId}`, kind, subject: slot.id, memberId }) as const),
  );
}
