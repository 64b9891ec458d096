import { actAs } from '../convening/act.ts';
import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import type { Reader, Transaction } from '../store/database.ts';
import * as say from './approval-messages.ts';
import { readAudienceWords } from './choices.ts';
import { giveBack, tellHost } from './giving-back.ts';
import { holdMembers } from './holding.ts';
import type { Proposal } from './model.ts';
import { mustBeAsRead } from './own.ts';
import { refusals } from './problem-messages.ts';
import { concerned, makeConversation, mayHost, mustBeComplete } from './publishing.ts';
import { awaitingProposals, findProposal, lockProposal } from './reading.ts';
import { readRefusal } from './rules.ts';

type AnswersTo<Kind extends string> = Extract<Intent, { kind: Kind }>;

/** What waits for a convener, the longest first. */
export async function showWaiting(core: Core, member: Member): Promise<Reply> {
  const waiting = await awaitingProposals(core.db);
  const shown = await Promise.all(waiting.map((proposal) => showProposal(core, core.db, member, proposal)));
  return { kind: 'page', page: say.waitingPage(shown.filter((one) => one !== undefined)) };
}

/** As a convener sees it; `undefined` where its host is gone. */
export async function showProposal(
  core: Core,
  db: Reader,
  { zone }: Pick<Member, 'zone'>,
  proposal: Proposal,
): Promise<say.ShownProposal | undefined> {
  const host = await findMember(db, proposal.hostId);
  if (host === undefined || proposal.startsAt === null) return undefined;
  return {
    proposal,
    startsAt: proposal.startsAt,
    themeName: themeName(core.frameworks, proposal.theme),
    audience: await readAudienceWords(db, proposal),
    host: `${host.name}, ${host.role}, ${host.council}`,
    zone,
  };
}

/** @throws Refusal where somebody has decided, or its host has taken it back */
function mustWait(proposal: Proposal | undefined): Proposal {
  if (proposal?.state !== 'awaiting') throw new Refusal(refusals.decided);
  return proposal;
}

/**
 * Announces it and tells its host. Where its time has passed meanwhile it is a draft again, and its host is told that.
 *
 * @throws Refusal where somebody else has decided, its host has changed it since, or may not host any more
 */
export async function approve(core: Core, member: Member, read: AnswersTo<'proposals.approve'>): Promise<Reply> {
  const found = mustWait(await findProposal(core.db, read.proposal));
  const people = [...(await concerned(core.db, found)), member.id];
  let message: Message = say.approvedNow(found);
  const act = async (tx: Transaction) => {
    const proposal = mustBeComplete(mustWait(await lockProposal(tx, found.id)));
    mustBeAsRead(proposal, read);
    if (proposal.startsAt <= core.clock.now()) {
      message = say.tooLate(proposal);
      await giveBack(core, tx, proposal, '');
      return [];
    }
    if (!mayHost(await findMember(tx, proposal.hostId))) throw new Refusal(refusals.hostGone);
    await makeConversation(core, tx, proposal);
    await tellHost(core, tx, 'proposals.approved', proposal);
    return [{ action: 'conversation.approved', subject: proposal.id, detail: {} } as const];
  };
  await actAs(core, member, act, async (tx) => await holdMembers(tx, people));
  return { kind: 'message', message };
}

export async function openRefusal(core: Core, read: AnswersTo<'proposals.open-refusal'>): Promise<Reply> {
  const proposal = mustWait(await findProposal(core.db, read.proposal));
  mustBeAsRead(proposal, read);
  return { kind: 'form', form: say.refusalForm(proposal, read.revision) };
}

/** Tells its host why, and makes it a draft again. @throws Refusal where somebody else has decided, or it was changed */
export async function refuse(core: Core, member: Member, answers: AnswersTo<'proposals.refuse'>): Promise<Reply> {
  const found = mustWait(await findProposal(core.db, answers.proposal));
  const read = readRefusal(answers.reason);
  if (!('reason' in read)) throw new Refusal(refusals.invalid, read);
  const act = async (tx: Transaction) => {
    const proposal = mustWait(await lockProposal(tx, found.id));
    mustBeAsRead(proposal, answers);
    await giveBack(core, tx, proposal, read.reason);
    return [{ action: 'conversation.refused', subject: proposal.id, detail: {} } as const];
  };
  await actAs(core, member, act, async (tx) => await holdMembers(tx, [found.hostId, member.id]));
  return { kind: 'message', message: say.refusedNow(found) };
}
