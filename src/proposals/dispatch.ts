import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { announceProposal, openWhen } from './announcing.ts';
import * as approving from './approving.ts';
import { dropDraft } from './dropping.ts';
import { letGuestHost, openGuest } from './guests.ts';
import { showMine } from './mine.ts';
import * as drafts from './service.ts';
import * as times from './times.ts';

/** Intent → use case. */
export async function dispatchProposal(core: Core, asker: Asker, intent: IntentOf<'proposals'>): Promise<Reply> {
  const { member } = asker;
  switch (intent.kind) {
    case 'proposals.open':
      return await drafts.open(core, member, intent);
    case 'proposals.draft':
      return await drafts.draft(core, member, intent);
    case 'proposals.open-when':
      return await openWhen(core, member, intent);
    case 'proposals.announce':
      return await announceProposal(core, member, intent);
    case 'proposals.open-words':
      return await drafts.openWords(core, member, intent);
    case 'proposals.words':
      return await drafts.saveWords(core, member, intent);
    case 'proposals.mine':
      return await showMine(core, member);
    case 'proposals.drop':
      return await dropDraft(core, member, intent.proposal);
    case 'proposals.open-times':
      return await times.openTimes(core, member, intent);
    case 'proposals.ask-times':
      return await times.askTimes(core, member, intent);
    case 'proposals.times':
      return await times.showTimes(core, member, intent.proposal);
    case 'proposals.open-answer':
      return await times.openAnswer(core, member, intent.proposal);
    case 'proposals.answer':
      return await times.answer(core, member, intent);
    case 'proposals.waiting':
      return await approving.showWaiting(core, member);
    case 'proposals.approve':
      return await approving.approve(core, member, intent);
    case 'proposals.open-refusal':
      return await approving.openRefusal(core, intent);
    case 'proposals.refuse':
      return await approving.refuse(core, member, intent);
    case 'proposals.open-guest':
      return await openGuest(core, asker, intent.conversation);
    case 'proposals.guest':
      return await letGuestHost(core, asker, intent);
  }
}
