import { refusals as conversationRefusals } from '../conversations/messages.ts';
import type { Conversation } from '../conversations/model.ts';
import { findConversation } from '../conversations/seats.ts';
import { show } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import { readSeat } from './attendees.ts';
import { mustHaveEnded } from './held-host.ts';
import { mayHaveCome, readTakeaway } from './rules.ts';
import * as say from './takeaway-messages.ts';
import { ownTakeaway, sealTakeaway, sharedTexts } from './takeaway-rows.ts';

/**
 * Asks for one thing somebody takes away, and shows what they wrote to whoever may read it.
 *
 * @param mayRead false for the holder of a link from an e-mail, who sees nothing and cannot share
 * @throws Refusal for who did not come
 */
export async function openTakeaway(core: Core, member: Member, id: string, mayRead: boolean): Promise<Reply> {
  const conversation = await mustBeTheirs(core, core.db, member, id);
  const written = mayRead ? await ownTakeaway(core, core.db, id, member.id) : undefined;
  const shown = await show(core, core.db, conversation, member.zone);
  return { kind: 'form', form: say.takeawayForm(shown, written, mayRead) };
}

/** How a form is answered, as typed. */
interface Answers {
  readonly conversation: string;
  readonly text: string;
  /** 'yes' to share it. Where the form could not ask, it is not shared. */
  readonly shared: string;
}

/**
 * Keeps it, sealed; writing it again replaces it.
 *
 * @throws Refusal when it is empty or too long, or they did not come
 */
export async function saveTakeaway(core: Core, member: Member, answers: Answers, mayRead: boolean): Promise<Reply> {
  const read = readTakeaway(answers.text);
  if (!('text' in read)) throw new Refusal(conversationRefusals.invalid, read);
  const id = answers.conversation;
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const conversation = await mustBeTheirs(core, tx, member, id);
    // A link from an e-mail may be in another’s hands: what is written by it is never published in somebody’s place.
    const shared = mayRead && answers.shared === 'yes';
    const kept = { text: sealTakeaway(core, id, member.id, read.text), shared, written_at: core.clock.now() };
    await tx
      .insertInto('takeaways')
      .values({ conversation_id: id, member_id: member.id, ...kept })
      .onConflict((conflict) => conflict.columns(['conversation_id', 'member_id']).doUpdateSet(kept))
      .execute();
    return {
      kind: 'message',
      message: say.takeawaySaved(await show(core, tx, conversation, member.zone), shared),
    };
  });
}

/** Deletes what they wrote, for everybody at once. @throws Refusal when there is nothing */
export async function dropTakeaway(core: Core, member: Member, id: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const gone = await tx
      .deleteFrom('takeaways')
      .where('conversation_id', '=', id)
      .where('member_id', '=', member.id)
      .returning('conversation_id')
      .executeTakeFirst();
    const conversation = gone === undefined ? undefined : await findConversation(tx, id);
    if (conversation === undefined) throw new Refusal(say.refusals.nothing);
    return { kind: 'message', message: say.takeawayDropped(await show(core, tx, conversation, member.zone)) };
  });
}

/**
 * What those who came shared, without their names: for its host and for those who came.
 *
 * @throws Refusal for anybody else, and when whoever is asking may not read it
 */
export async function showTakeaways(core: Core, member: Member, id: string, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToRead);
  const conversation = mustHaveEnded(await findConversation(core.db, id), core.clock.now());
  const isHost = conversation.host?.id === member.id;
  const seat = await readSeat(core.db, id, member.id);
  if (!isHost && (seat === undefined || !mayHaveCome(seat))) throw new Refusal(say.refusals.wasNotThere);
  const shown = await show(core, core.db, conversation, member.zone);
  return { kind: 'page', page: say.takeawaysPage(shown, await sharedTexts(core, id), isHost) };
}

/** Of who came, or wrote about it before the host said that they did not: what they wrote stays theirs. */
async function mustBeTheirs(core: Core, db: Reader, member: Member, id: string): Promise<Conversation> {
  const conversation = mustHaveEnded(await findConversation(db, id), core.clock.now());
  const seat = await readSeat(db, id, member.id);
  if (seat !== undefined && mayHaveCome(seat)) return conversation;
  if ((await ownTakeaway(core, db, id, member.id)) === undefined) throw new Refusal(say.refusals.wasNotThere);
  return conversation;
}
