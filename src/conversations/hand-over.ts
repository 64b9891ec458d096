import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import { takeBack } from '../diary/invitations.ts';
import { Refusal } from '../errors.ts';
import type { Option } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { auditIfOthers } from './auditing.ts';
import { refreshCards } from './cards.ts';
import { refusals as ofEdits } from './edit-messages.ts';
import * as say from './hand-over-messages.ts';
import type { Conversation, Host } from './model.ts';
import { inviteAgain } from './moving.ts';
import { briefIfPastBriefing } from './reminding.ts';
import { mustRun } from './running.ts';
import { giveUpSeat } from './seating.ts';
import { findConversation, lockComingOf, lockConversation, readSeats } from './seats.ts';
import { mustBeToCome, view } from './service.ts';

/** Asks whom; @throws Refusal when it is not theirs, or too late, or nobody else hosts */
export async function openHandOver(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const { member } = asker;
  const conversation = mustRun(core, asker, await findConversation(core.db, conversationId), ofEdits.notYours);
  const hosts = await hostsBut(core.db, conversation, member.id);
  if (hosts.length === 0) throw new Refusal(say.refusals.nobody);
  const asked = await askedIn(core.db, conversation.id);
  const shown = await view(core, core.db, conversation, member);
  return { kind: 'form', form: say.handOverForm(shown, hosts, asked?.name ?? '') };
}

/**
 * Asks another host to take over: in the place of whoever was asked before. Asked twice, they are told once.
 *
 * @throws Refusal when it is not theirs, or too late; with a problem for somebody who cannot host
 */
export async function handOver(core: Core, asker: Asker, conversationId: string, to: string): Promise<Reply> {
  const { member } = asker;
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const conversation = mustRun(core, asker, await lockConversation(tx, conversationId), ofEdits.notYours);
    const option = (await hostsBut(tx, conversation, member.id)).find(({ value }) => value === to);
    if (option === undefined) throw new Refusal(ofEdits.invalid, [{ field: 'to', text: say.problems.to }]);
    const now = core.clock.now();
    if ((await askedIn(tx, conversation.id))?.id !== to) {
      await ask(tx, now, conversation.id, to, member.id);
      await auditIfOthers(tx, now, member, conversation, 'conversation.changed', { fields: 'host' });
    }
    const { name } = await tx.selectFrom('people').select('name').where('id', '=', to).executeTakeFirstOrThrow();
    return { kind: 'message', message: say.asking(await view(core, tx, conversation, member), name) };
  });
}

async function ask(tx: Transaction, now: Date, id: string, to: string, by: string): Promise<void> {
  const asked = { to_id: to, asked_by: by, asked_at: now };
  await tx
    .insertInto('hand_overs')
    .values({ conversation_id: id, ...asked })
    .onConflict((conflict) => conflict.column('conversation_id').doUpdateSet(asked))
    .execute();
  const kind = 'conversations.hand-over-asked';
  // Whoever said no, and is asked again, is told again; one for whom it still waits to be sent, once.
  const waiting = tx.selectFrom('deliveries').select('id').where('kind', '=', kind).where('subject', '=', id);
  const theirs = await waiting.where('member_id', '=', to).where('status', '=', 'pending').executeTakeFirst();
  if (theirs !== undefined) return;
  await post(tx, now, [{ key: `${kind}:${id}:${to}:${now.getTime()}`, kind, subject: id, memberId: to }]);
}

/** The one who was asked hosts it from now on. Pressed twice, it is theirs once. @throws Refusal when they are not asked */
export async function takeOver(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const before = mustBeToCome(await lockConversation(tx, conversationId), core.clock.now());
    if (before.host?.id !== member.id) await change(core, tx, member, before);
    const after = (await findConversation(tx, conversationId)) ?? before;
    return { kind: 'replace', message: say.takenOver(await view(core, tx, after, member)) };
  });
}

async function change(core: Core, tx: Transaction, member: Member, before: Conversation): Promise<void> {
  await mustBeAsked(tx, before.id, member.id);
  await answer(tx, core.clock.now(), before, 'conversations.hand-over-answered');
  await changeHost(core, tx, before, member);
}

/** Makes somebody the host of a conversation that is locked, tells those who have a place, and puts calendars right. */
export async function changeHost(
  core: Core,
  tx: Transaction,
  before: Conversation,
  { id, name, role, council }: Host,
): Promise<void> {
  const now = core.clock.now();
  const counts = { revision: before.revision + 1, sequence: before.sequence + 1 };
  const after = { ...before, ...counts, host: { id, name, role, council } };
  await tx
    .updateTable('conversations')
    .set({ ...counts, changed_at: now, host_id: id })
    .where('id', '=', before.id)
    .execute();
  await giveUpSeat(core, tx, after, id);
  const people = (await readSeats(tx, after.id)).map(({ memberId }) => memberId);
  const kind = 'conversations.new-host';
  await post(
    tx,
    now,
    people.map(
      (memberId) =>
        ({ key: `${kind}:${after.id}:${after.revision}:${memberId}`, kind, subject: after.id, memberId }) as const,
    ),
  );
  if (before.host !== undefined) await takeBack(tx, now, after.id, [before.host.id]);
  await inviteAgain(tx, now, after);
  await briefIfPastBriefing(tx, now, after);
  await refreshManyHomes(tx, now, [...people, id, ...(before.host === undefined ? [] : [before.host.id])]);
  await refreshCards(tx, now, after.id);
}

/** The one who was asked cannot: its host is told, and whoever asked. Pressed twice, once. @throws Refusal when they are not asked */
export async function declineHandOver(core: Core, member: Member, conversationId: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const now = core.clock.now();
    const conversation = mustBeToCome(await lockConversation(tx, conversationId), now);
    await mustBeAsked(tx, conversation.id, member.id);
    await answer(tx, now, conversation, 'conversations.hand-over-declined');
    return { kind: 'replace', message: say.declined(await view(core, tx, conversation, member)) };
  });
}

/**
 * Tells whoever hosted it until now, and whoever asked for it, and asks nobody any more. The conversation must be locked.
 *
 * @param by who knows already
 */
export async function answer(
  tx: Transaction,
  now: Date,
  { id, host }: Conversation,
  kind: 'conversations.hand-over-answered' | 'conversations.hand-over-declined',
  by = '',
): Promise<void> {
  const asked = await askedIn(tx, id);
  await endHandOver(tx, id);
  const told = new Set([host?.id, asked?.by].filter((memberId) => memberId !== undefined && memberId !== by));
  await post(
    tx,
    now,
    [...told].map(
      (memberId = '') => ({ key: `${kind}:${id}:${memberId}:${now.getTime()}`, kind, subject: id, memberId }) as const,
    ),
  );
}

/**
 * Somebody who leaves, or is erased, takes nothing over: whoever asked them is told that they cannot. What they asked of
 * others stands, but nobody is told for whom. To be called while they are held, and before conversations are.
 */
export async function endHandOversOf(core: Core, tx: Transaction, memberId: string): Promise<void> {
  for (const conversation of await lockComingOf(core, tx, memberId)) {
    if ((await askedIn(tx, conversation.id))?.id !== memberId) continue;
    await answer(tx, core.clock.now(), conversation, 'conversations.hand-over-declined');
  }
  await tx.deleteFrom('hand_overs').where('to_id', '=', memberId).execute();
  await tx.updateTable('hand_overs').set({ asked_by: null }).where('asked_by', '=', memberId).execute();
}

/** Asks nobody any more, without telling anyone: it is cancelled, say. */
export async function endHandOver(tx: Transaction, conversationId: string): Promise<void> {
  await tx.deleteFrom('hand_overs').where('conversation_id', '=', conversationId).execute();
}

interface Asked {
  readonly id: string;
  readonly name: string;
  /** Who asked, by id and name; both `undefined` once they have left. */
  readonly by: string | undefined;
  readonly byName: string | undefined;
}

/** Who is asked to take it over now. */
export async function askedIn(db: Reader, conversationId: string): Promise<Asked | undefined> {
  const row = await db
    .selectFrom('hand_overs')
    .innerJoin('people', 'people.id', 'hand_overs.to_id')
    .leftJoin('people as by', 'by.id', 'hand_overs.asked_by')
    .select(['people.id', 'people.name', 'by.id as by', 'by.name as byName'])
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, by: row.by ?? undefined, byName: row.byName ?? undefined };
}

async function mustBeAsked(tx: Transaction, conversationId: string, memberId: string): Promise<void> {
  if ((await askedIn(tx, conversationId))?.id !== memberId) throw new Refusal(say.refusals.notAsked);
}

/** Everybody who could host it, but for its host and whoever asks. */
async function hostsBut(db: Reader, { host }: Conversation, memberId: string): Promise<readonly Option[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'name', 'role', 'council'])
    .where('status', '=', 'active')
    .where('permission', 'in', ['host', 'convener'])
    .where('id', 'not in', [memberId, ...(host === undefined ? [] : [host.id])])
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, role, council }) => ({ value: id, label: `${name}, ${role}, ${council}` }));
}
