import { card } from '../conversations/messages.ts';
import { isFor } from '../conversations/rules.ts';
import { findConversation } from '../conversations/seats.ts';
import { view } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Message } from '../messages/message.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import * as approval from './approval-messages.ts';
import { showProposal } from './approving.ts';
import { composeGuestWelcome } from './guests.ts';
import type { ProposalDelivery } from './model.ts';
import { findProposal } from './reading.ts';
import { answersIn, dropped, whichTime } from './time-messages.ts';
import { askedOf, revisionIn } from './times.ts';

export async function composeProposal(
  core: Core,
  kind: ProposalDelivery,
  { id, subject }: Delivery,
  member: Member,
): Promise<Composed> {
  switch (kind) {
    case 'proposals.guest-welcome':
      return await composeGuestWelcome(core, subject, member);
    case 'proposals.wanted':
      return await composeWanted(core, subject, member);
    case 'proposals.approved':
      return await composeApproved(core, subject, member);
    case 'proposals.refused':
      return await composeRefused(core, subject);
    case 'proposals.which-time':
      return await composeWhichTime(core, id, subject, member);
    case 'proposals.answers-in':
      return await composeAnswersIn(core, subject, member);
    case 'proposals.dropped':
      return say(dropped((await findProposal(core.db, subject))?.title));
  }
}

function say(message: Message): Composed {
  return { kind: 'say', message };
}

async function composeWanted(core: Core, id: string, member: Member): Promise<Composed> {
  const proposal = await findProposal(core.db, id);
  if (proposal?.state !== 'awaiting') return drop('the conversation waits for nobody any more');
  if (member.permission !== 'convener') return drop('the member is a convener no longer');
  const shown = await showProposal(core, core.db, member, proposal);
  return shown === undefined ? drop('the host was erased') : say(approval.wanted(shown));
}

async function composeApproved(core: Core, id: string, member: Member): Promise<Composed> {
  const conversation = await findConversation(core.db, id);
  if (conversation?.host?.id !== member.id) return drop('the member does not host it any more');
  if (conversation.cancelledAt !== null) return drop('the conversation is cancelled');
  return say(approval.approved(card(await view(core, core.db, conversation, member)), conversation.title));
}

async function composeRefused(core: Core, id: string): Promise<Composed> {
  const proposal = await findProposal(core.db, id);
  return proposal?.state === 'draft' ? say(approval.refused(proposal)) : drop('its host has gone on with it');
}

async function composeAnswersIn({ db, clock }: Core, id: string, member: Member): Promise<Composed> {
  const proposal = await findProposal(db, id);
  if (proposal?.state !== 'polling' || proposal.hostId !== member.id) return drop('a time is chosen already');
  const times = db.selectFrom('proposal_times').select('id').where('proposal_id', '=', id);
  const left = await times.where('starts_at', '>', clock.now()).execute();
  if (left.length === 0) return drop('no time is left to be chosen');
  const answers = db.selectFrom('time_answers').select('member_id').where('proposal_id', '=', id);
  return say(answersIn(proposal, (await answers.execute()).length));
}

async function composeWhichTime(core: Core, delivery: string, id: string, member: Member): Promise<Composed> {
  if (isPaused(member, 'conversations', core.clock.now())) return drop('the member is paused');
  if (await isAskedLater(core, delivery, id, member)) return drop('a later one asks about other times');
  const asked = await askedOf(core, core.db, member, id);
  if (asked === undefined || !isFor(asked.proposal.audience, member)) return drop('there is nothing to ask any more');
  const answers = core.db.selectFrom('time_answers').select('member_id').where('proposal_id', '=', id);
  const own = await answers.where('member_id', '=', member.id).executeTakeFirst();
  return own === undefined ? say(whichTime(asked)) : drop('the member has answered');
}

/** Of several that are on their way to one person, each would ask about the times of now. */
async function isAskedLater({ db }: Core, delivery: string, id: string, member: Member): Promise<boolean> {
  const asked = await db
    .selectFrom('deliveries')
    .select(['id', 'key'])
    .where('kind', '=', 'proposals.which-time')
    .where('subject', '=', id)
    .where('member_id', '=', member.id)
    .execute();
  const own = asked.find((one) => one.id === delivery);
  return own !== undefined && asked.some(({ key }) => revisionIn(key) > revisionIn(own.key));
}
