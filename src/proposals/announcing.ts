import { proposed } from '../conversations/messages.ts';
import type { Conversation } from '../conversations/model.ts';
import { findConversation } from '../conversations/seats.ts';
import { view } from '../conversations/service.ts';
import { whichHour } from '../conversations/which-hour-messages.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { localParts } from '../time/local.ts';
import { askingClock, type PlanStart, planForm } from './form-messages.ts';
import { holdMembers } from './holding.ts';
import { sentToConveners } from './messages.ts';
import type { Proposal } from './model.ts';
import { mustBeAsRead, mustBeTheirs } from './own.ts';
import { refusals } from './problem-messages.ts';
import { concerned, needsApproval, publish } from './publishing.ts';
import { findProposal, lockProposal } from './reading.ts';
import { type Plan, readPlan } from './rules.ts';

type Asked<Kind extends string> = Extract<Intent, { kind: Kind }>;

/** The second form, with the time that was chosen among those people were asked about. @throws Refusal */
export async function openWhen(core: Core, member: Member, asked: Asked<'proposals.open-when'>): Promise<Reply> {
  const gone = await announcedBy(core.db, member, asked.proposal);
  if (gone !== undefined) return await showAnnounced(core, member, gone, asked);
  const proposal = mustBeTheirs(await findProposal(core.db, asked.proposal), member);
  const start = { ...(await startOf(core.db, member, proposal, asked)), asked: asked.time };
  if (asked.time === '') return { kind: 'form', form: askingClock(planForm(proposal, start), start) };
  const [date = '', time = ''] = localParts(await timeOf(core.db, proposal, asked.time), member.zone).split(' ');
  return { kind: 'form', form: planForm(proposal, { ...start, date, time }) };
}

/** A form that is drawn anew was sent, and announced it: whoever sends it again is told so. A button shows what came of it. */
async function showAnnounced(
  core: Core,
  member: Member,
  conversation: Conversation,
  { at, revision }: Asked<'proposals.open-when'>,
): Promise<Reply> {
  if (revision === '') return { kind: 'message', message: proposed(await view(core, core.db, conversation, member)) };
  const [date = '', time = ''] = at.split(' ');
  const start = { zone: member.zone, needsApproval: false, date, time, asked: '', revision };
  return { kind: 'form', form: askingClock(planForm(conversation, start), start) };
}

async function startOf(
  db: Reader,
  member: Member,
  { startsAt, ...proposal }: Proposal,
  { at, revision }: { readonly at: string; readonly revision: string },
): Promise<PlanStart> {
  const chosen = startsAt === null ? '' : localParts(startsAt, member.zone);
  const [date = '', time = ''] = (at === '' ? chosen : at).split(' ');
  const read = revision === '' ? String(proposal.revision) : revision;
  return { zone: member.zone, needsApproval: await needsApproval(db, member), date, time, asked: '', revision: read };
}

async function timeOf(db: Reader, { id }: Proposal, timeId: string): Promise<Date> {
  const row = db.selectFrom('proposal_times').select('starts_at').where('proposal_id', '=', id);
  const found = await row.where('id', '=', timeId).executeTakeFirst();
  if (found === undefined) throw new Refusal(refusals.timeGone);
  return found.starts_at;
}

/**
 * Announces it, or puts it before the conveners. Pressed twice, it is announced once, and both presses say so.
 *
 * @throws Refusal with a problem for each answer that needs changing; where it was changed since; or for a host who has
 *   just left
 */
export async function announceProposal(
  core: Core,
  member: Member,
  answers: Asked<'proposals.announce'>,
): Promise<Reply> {
  // The proposal first: where it goes between the two looks, it is the conversation that is found.
  const found = await findProposal(core.db, answers.proposal);
  const before = await announcedCard(core, core.db, member, answers.proposal);
  if (before !== undefined) return { kind: 'message', message: before };
  const proposal = mustBeTheirs(found, member);
  const read = readPlan(answers, core.clock.now(), member.zone);
  if ('startsAt' in read) {
    const people = await concerned(core.db, proposal);
    const message = await core.db.transaction().execute(async (tx) => {
      await holdMembers(tx, people);
      return await announceHeld(core, tx, member, answers, read);
    });
    return { kind: 'message', message };
  }
  if (!('gap' in read || 'twice' in read)) throw new Refusal(refusals.invalid, read);
  const start = await startOf(core.db, member, proposal, {
    at: `${answers.date} ${answers.time}`,
    revision: answers.revision,
  });
  const { kind: _, proposal: __, revision: ___, ...given } = answers;
  return { kind: 'form', form: whichHour(planForm(proposal, start), given, read, answers.time, member.zone) };
}

async function announceHeld(
  core: Core,
  tx: Transaction,
  member: Member,
  answers: Asked<'proposals.announce'>,
  plan: Plan,
): Promise<Message> {
  const locked = await lockProposal(tx, answers.proposal);
  const before = await announcedCard(core, tx, member, answers.proposal);
  if (before !== undefined) return before;
  const proposal = mustBeTheirs(locked, member);
  mustBeAsRead(proposal, answers);
  const what = await publish(core, tx, { ...proposal, ...plan, zone: member.zone });
  const card = what === 'announced' ? await announcedCard(core, tx, member, proposal.id) : undefined;
  return card ?? sentToConveners(proposal);
}

/** What its host is told; `undefined` while it is not announced. */
async function announcedCard(core: Core, db: Reader, member: Member, id: string): Promise<Message | undefined> {
  const conversation = await announcedBy(db, member, id);
  return conversation === undefined ? undefined : proposed(await view(core, db, conversation, member));
}

async function announcedBy(db: Reader, member: Member, id: string): Promise<Conversation | undefined> {
  const conversation = await findConversation(db, id);
  return conversation?.host?.id === member.id ? conversation : undefined;
}
