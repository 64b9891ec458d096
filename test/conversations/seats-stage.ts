import { expect } from 'vitest';
import { fillSeats } from '../../src/conversations/seating.ts';
import { lockConversation } from '../../src/conversations/seats.ts';
import type { Core } from '../../src/core.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { type ConversationStage, propose, signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { ask } from '../support/people.ts';

type Press = 'sign-up' | 'withdraw' | 'accept-seat' | 'decline-seat';

export function press(core: Core, member: Member, id: string, what: Press): Promise<Reply> {
  return ask(core, member, { kind: `conversations.${what}`, conversation: id });
}

/** Three seats, in two weeks, with these people in this order: all that was sent of it is forgotten. */
export async function openFull(
  stage: ConversationStage,
  people: readonly Member[],
  terms: { readonly per_council?: number; readonly capacity?: number } = {},
): Promise<string> {
  const { core, host, web } = stage;
  const id = await propose(core, host);
  if (Object.keys(terms).length > 0) {
    await core.db.updateTable('conversations').set(terms).where('id', '=', id).execute();
  }
  for (const member of people) await signUp(core, member, id);
  await settleNow(stage);
  web.letters.length = 0;
  return id;
}

export async function settleNow({ core, outbounds }: ConversationStage): Promise<void> {
  await settleAll(core, outbounds);
}

/** Everybody who signed up, in order of arrival, such as 'Person 0 seated'. */
export async function line(core: Core, id: string): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('seats')
    .innerJoin('members', 'members.id', 'seats.member_id')
    .select(['members.name', 'seats.state'])
    .where('seats.conversation_id', '=', id)
    .orderBy('seats.place')
    .execute();
  return rows.map(({ name, state }) => `${name} ${state}`);
}

/** Who was told what since the letters were last forgotten, such as 'Person 0: A seat came free …'. */
export function told({ web }: ConversationStage, people: readonly Member[]): readonly string[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return web.letters
    .map(({ account, message }) => `${names.get(account.user) ?? 'somebody else'}: ${message.summary}`)
    .toSorted();
}

export function lastLetter({ web }: ConversationStage, member: Member): Message {
  const letter = web.letters.findLast(({ account }) => account.user === member.id);
  if (letter === undefined) throw new Error(`${member.name} was told nothing`);
  return letter.message;
}

export function labels(message: Message): readonly string[] {
  return message.buttons.map(({ label }) => label);
}

export function cardIn(reply: Reply): Message {
  if (reply.kind !== 'replace') throw new Error(`No card: ${JSON.stringify(reply)}`);
  return reply.message;
}

/** What is written of it, paragraph by paragraph. */
export function paragraphs(message: Message): readonly string[] {
  return message.body.flatMap((block) => (block.kind === 'paragraph' ? [block.text] : []));
}

/** As an edit does it: the conversation is changed, and then its seats are given out. */
export async function change(
  core: Core,
  id: string,
  values: { readonly capacity?: number; readonly per_council?: number | null; readonly starts_at?: Date },
): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await lockConversation(tx, id);
    await tx.updateTable('conversations').set(values).where('id', '=', id).execute();
    const conversation = await lockConversation(tx, id);
    expect(conversation).toBeDefined();
    if (conversation !== undefined) await fillSeats(core, tx, conversation);
  });
}
