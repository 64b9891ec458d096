import { themeName } from '../conversations/themes.ts';
import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { readAudienceWords } from './choices.ts';
import { minePage, type ShownDraft } from './messages.ts';
import type { Proposal } from './model.ts';
import { openProposalsOf } from './reading.ts';

/** What a host has under way, and what they can do about each. */
export async function showMine(core: Core, member: Member): Promise<Reply> {
  const drafts = await openProposalsOf(core.db, member.id);
  return { kind: 'page', page: minePage(await Promise.all(drafts.map((proposal) => show(core, member, proposal)))) };
}

async function show(core: Core, { zone }: Member, proposal: Proposal): Promise<ShownDraft> {
  const answers = core.db.selectFrom('time_answers').select('member_id').where('proposal_id', '=', proposal.id);
  return {
    proposal,
    themeName: themeName(core.frameworks, proposal.theme),
    audience: await readAudienceWords(core.db, proposal),
    answered: (await answers.execute()).length,
    zone,
  };
}
