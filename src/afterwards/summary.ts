import { refreshCards } from '../conversations/cards.ts';
import { refusals as conversationRefusals } from '../conversations/messages.ts';
import { show } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { readAttendees, readNames } from './attendees.ts';
import { findHosted, lockHosted } from './held-host.ts';
import { mayHaveCome, readSummary } from './rules.ts';
import * as say from './summary-messages.ts';
import { summaryOf } from './summary-row.ts';

/** Asks a host what a conversation came to. @throws Refusal for anybody else, and once two weeks have passed */
export async function openSummary(core: Core, member: Member, id: string): Promise<Reply> {
  const conversation = await findHosted(core.db, core.clock.now(), member, id);
  const shown = await show(core, core.db, conversation, member.zone);
  return { kind: 'form', form: say.summaryForm(shown, await summaryOf(core.db, id)) };
}

/**
 * Keeps what a conversation came to. Those who came are told once; its cards show it as it is now.
 *
 * @throws Refusal with a problem where it is empty or too long, or names somebody who had a seat or their council
 */
export async function saveSummary(core: Core, member: Member, id: string, answer: string): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const conversation = await lockHosted(tx, now, member, id);
    const read = readSummary(answer, await readNames(tx, id));
    if (!('text' in read)) throw new Refusal(conversationRefusals.invalid, read);
    const row = tx.updateTable('conversations').set({ summary: read.text, summary_at: now });
    await row.where('id', '=', id).execute();
    const came = (await readAttendees(tx, id)).filter(mayHaveCome);
    const told = await tellSummary(
      tx,
      now,
      id,
      came.map((attendee) => attendee.id),
    );
    await refreshCards(tx, now, id);
    const shown = await show(core, tx, conversation, member.zone);
    return { kind: 'message', message: say.summarySaved(shown, told, member.status === 'active') };
  });
}

/**
 * Tells each of these that there is a summary, once in all; nobody while there is none. They must be kept from being
 * erased.
 *
 * @returns how many of them had not been told before
 */
export async function tellSummary(
  tx: Transaction,
  now: Date,
  id: string,
  memberIds: readonly string[],
): Promise<number> {
  if ((await summaryOf(tx, id)) === '') return 0;
  const kind = 'afterwards.summary';
  const before = await countTold(tx, id);
  await post(
    tx,
    now,
    memberIds.map((memberId) => ({ key: `${kind}:${id}:${memberId}`, kind, subject: id, memberId }) as const),
  );
  return (await countTold(tx, id)) - before;
}

async function countTold(db: Reader, id: string): Promise<number> {
  const { told } = await db
    .selectFrom('deliveries')
    .select((select) => select.fn.countAll<string>().as('told'))
    .where('kind', '=', 'afterwards.summary')
    .where('subject', '=', id)
    .executeTakeFirstOrThrow();
  return Number(told);
}
