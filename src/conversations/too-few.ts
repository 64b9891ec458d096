import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { refusals } from './edit-messages.ts';
import type { Attendance, Conversation } from './model.ts';
import * as say from './reminder-messages.ts';
import { mustRun } from './running.ts';
import { findConversation, readAttendance } from './seats.ts';
import { view } from './service.ts';
import { readConversationSettings } from './settings.ts';
import { openingQuestions } from './themes.ts';

/** Asks the host what to do where fewer seats are taken than the network would like: once each time it starts. */
export async function warnIfFew(tx: Transaction, now: Date, { id, host, startsAt }: Conversation): Promise<void> {
  const { fewestPeople } = await readConversationSettings(tx);
  if (host === undefined || startsAt <= now || !isFew(await readAttendance(tx, id), fewestPeople)) return;
  const kind = 'conversations.too-few';
  await post(tx, now, [
    { key: `${kind}:${id}:${startsAt.getTime()}:${host.id}`, kind, subject: id, memberId: host.id },
  ]);
}

export function isFew({ seated, offered }: Attendance, fewest: number): boolean {
  return seated + offered < fewest;
}

/** The host has seen that few come, and lets it go on: nothing changes, and nobody is told. */
export async function goOn(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const conversation = await find(core, asker, conversationId);
  return { kind: 'replace', message: say.goingOn(await view(core, core.db, conversation, asker.member)) };
}

/** Guests know nobody whom they could ask. */
export function mayHandOver({ status, permission }: Member): boolean {
  return status === 'active' && permission !== 'member';
}

/** Who is coming, for who hosts it or a convener. */
export async function showWhoIsComing(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const { member } = asker;
  const conversation = await find(core, asker, conversationId);
  const shown = await view(core, core.db, conversation, member);
  const questions = openingQuestions(core.frameworks, conversation.theme);
  return {
    kind: 'page',
    page: say.whoIsComing(shown, await whoIsComing(core.db, conversation.id), questions, mayHandOver(member)),
  };
}

/** @throws Refusal where they do not run it, or it has begun or is cancelled */
async function find(core: Core, asker: Asker, id: string): Promise<Conversation> {
  return mustRun(core, asker, await findConversation(core.db, id), refusals.notYours);
}

/** Role and council of each person with a seat, in the order they signed up. */
export async function whoIsComing(db: Reader, conversationId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('people', 'people.id', 'seats.member_id')
    .select(['people.role', 'people.council'])
    .where('seats.conversation_id', '=', conversationId)
    .where('seats.state', '=', 'seated')
    .orderBy('seats.place')
    .execute();
  return rows.map(({ role, council }) => `${role}, ${council}`);
}
