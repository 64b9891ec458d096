import { randomUUID } from 'node:crypto';
import type { Asker, IntentOf } from '../asker.ts';
import { auditIfOthers } from '../conversations/auditing.ts';
import { answer, changeHost, endHandOver } from '../conversations/hand-over.ts';
import type { Conversation, Host } from '../conversations/model.ts';
import { mustRun } from '../conversations/running.ts';
import { findConversation, lockConversation } from '../conversations/seats.ts';
import { show } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { type Composed, drop } from '../delivery/model.ts';
import { Refusal } from '../errors.ts';
import { addCouncil } from '../joining/councils.ts';
import type { Reply } from '../messages/reply.ts';
import { mailAccount } from '../network/address.ts';
import { guestOrganisation } from '../network/guest-organisations.ts';
import { forgetGuestOrganisation, guestOrganisationOf } from '../network/guests.ts';
import { holdActive } from '../network/hold.ts';
import { linkAccount } from '../network/linking.ts';
import type { Member } from '../network/model.ts';
import { findMemberByAccount, findMemberListedAs } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import * as say from './guest-messages.ts';
import { type GuestSaid, guestLengths, readGuest } from './guest-rules.ts';

/*
 * Guest speakers, who are no members: each hosts by the links in our e-mails, and takes part in nothing else. Who made a
 * conversation over is its host no longer; conveners can change and cancel it, as they can any.
 */

/** @throws Refusal when it is not theirs to make over, or too late */
export async function openGuest(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const found = await findConversation(core.db, conversationId);
  const conversation = mustRun(core, asker, found, say.guestRefusals.notYours);
  return {
    kind: 'form',
    form: say.guestForm(await show(core, core.db, conversation, asker.member.zone), guestLengths),
  };
}

/**
 * Makes a conversation over to a guest and writes to them, and to those who have a place.
 *
 * @throws Refusal with a problem for each answer that needs changing; or when it is not theirs to make over, or too late
 */
export async function letGuestHost(
  core: Core,
  asker: Asker,
  answers: Extract<IntentOf<'proposals'>, { kind: 'proposals.guest' }>,
): Promise<Reply> {
  const { member } = asker;
  const said = readGuest(answers);
  if (!('email' in said)) throw new Refusal(say.guestProblems.email, said);
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const guest = await keepGuest(core, tx, said, answers.conversation);
    const found = await lockConversation(tx, answers.conversation);
    const conversation = mustRun(core, asker, found, say.guestRefusals.notYours);
    if (conversation.host?.id !== guest.id) await makeOver(core, tx, conversation, guest, member);
    const shown = await show(core, tx, conversation, member.zone);
    return { kind: 'message', message: say.guestHosts(shown, guest.name) };
  });
}

function notFree(): Refusal {
  const text = say.guestProblems.notFree;
  return new Refusal(text, [{ field: 'email', text }]);
}

/**
 * Somebody who is a guest already stays the same person: as they are described now, or, while they host anything else to
 * come, as whoever made that over described them.
 */
async function keepGuest(core: Core, tx: Transaction, said: GuestSaid, conversationId: string): Promise<Host> {
  const { name, email, role, zone } = said;
  await mustBeFree(core, tx, email);
  // Held before what is made for them: whoever erases them holds them first, too.
  const known = await tx
    .selectFrom('members')
    .select(['id'])
    .where('email', '=', email)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const busy = await hostsElsewhere(tx, email, conversationId, core.clock.now());
  if (busy !== undefined) return busy;
  const organisation = known === undefined ? undefined : await guestOrganisationOf(tx, known.id);
  const { id: council_id } = await addCouncil(tx, said.organisation, guestOrganisation);
  const guest = { name, role, zone, council_id, listed_at: core.clock.now() };
  const person = { id: randomUUID(), email, level: 'director', permission: 'member' } as const;
  const kept = await tx
    .insertInto('members')
    .values({ ...person, ...guest, status: 'guest' })
    .onConflict((conflict) => conflict.column('email').doUpdateSet(guest).where('members.status', '=', 'guest'))
    .returning('id')
    .executeTakeFirst();
  // Somebody put them on the roster at this moment.
  if (kept === undefined) throw notFree();
  if (organisation !== undefined && organisation !== council_id) await forgetGuestOrganisation(tx, organisation);
  await linkAccount(tx, kept.id, mailAccount(email), {}, core.clock.now());
  return { id: kept.id, name, role, council: said.organisation };
}

/** The guest with this address, where they host another conversation that is to come. */
async function hostsElsewhere(tx: Transaction, email: string, but: string, now: Date): Promise<Host | undefined> {
  return await tx
    .selectFrom('people')
    .select(['id', 'name', 'role', 'council'])
    .where('email', '=', email)
    .where('status', '=', 'guest')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('conversations')
          .select('conversations.id')
          .whereRef('conversations.host_id', '=', 'people.id')
          .where('conversations.id', '!=', but)
          .where('conversations.cancelled_at', 'is', null)
          .where('conversations.starts_at', '>', now),
      ),
    )
    .executeTakeFirst();
}

/** @throws Refusal with a problem where the address is a member’s, or of somebody who asked to be erased */
async function mustBeFree({ cipher }: Core, tx: Transaction, email: string): Promise<void> {
  const holder = await findMemberByAccount(tx, mailAccount(email));
  const isOfMember = holder !== undefined && holder.status !== 'guest';
  if (isOfMember || (await findMemberListedAs(tx, email)) !== undefined) throw notFree();
  const token = tx.selectFrom('erased_people').select('token').where('token', '=', cipher.token(email));
  if ((await token.executeTakeFirst()) !== undefined) throw notFree();
}

/** The conversation must be locked. Whoever hosted it is told, unless it was they. */
async function makeOver(core: Core, tx: Transaction, before: Conversation, to: Host, by: Member): Promise<void> {
  const now = core.clock.now();
  const { id, revision } = before;
  await changeHost(core, tx, before, to);
  await tx.updateTable('conversations').set({ made_over_by: by.id }).where('id', '=', id).execute();
  if (before.host?.id === by.id) await endHandOver(tx, id);
  else await answer(tx, now, before, 'conversations.hand-over-answered', by.id);
  await auditIfOthers(tx, now, by, before, 'conversation.changed', { fields: 'host' });
  const kind = 'proposals.guest-welcome';
  await post(tx, now, [{ key: `${kind}:${id}:${revision + 1}`, kind, subject: id, memberId: to.id }]);
}

/** What a guest is written first, while they host it and it is to come. */
export async function composeGuestWelcome(core: Core, conversationId: string, guest: Member): Promise<Composed> {
  const conversation = await findConversation(core.db, conversationId);
  if (conversation?.host?.id !== guest.id) return drop('somebody else hosts it by now');
  if (conversation.cancelledAt !== null) return drop('the conversation is cancelled');
  if (conversation.startsAt <= core.clock.now()) return drop('the conversation has begun');
  const shown = await show(core, core.db, conversation, guest.zone);
  return { kind: 'say', message: say.guestWelcome(shown, await contactOf(core.db, conversationId)) };
}

/** Who made it over while they are here. Nobody else: whoever did knew that a guest would have their address. */
async function contactOf(db: Reader, conversationId: string): Promise<say.Contact | undefined> {
  const active = db.selectFrom('people').select(['name', 'email']).where('status', '=', 'active');
  const maker = db.selectFrom('conversations').select('made_over_by').where('id', '=', conversationId);
  return await active.where('id', 'in', maker).executeTakeFirst();
}
