import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import type { Proposal } from './model.ts';
import { refusals } from './problem-messages.ts';
import { lockProposal } from './reading.ts';

/** What somebody had before them when they pressed. */
export interface AsRead {
  readonly proposal: string;
  readonly revision: string;
}

/**
 * Changes a host's own proposal, held, as they have read it.
 *
 * @throws Refusal where it is not theirs, or has been changed since
 */
export async function changing<Result>(
  core: Core,
  member: Member,
  read: AsRead,
  change: (tx: Transaction, proposal: Proposal) => Promise<Result>,
): Promise<Result> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const proposal = mustBeTheirs(await lockProposal(tx, read.proposal), member);
    mustBeAsRead(proposal, read);
    return await change(tx, proposal);
  });
}

/** Another's is as if it were not there. @throws Refusal */
export function mustBeTheirs(proposal: Proposal | undefined, member: Member): Proposal {
  const isOver = proposal?.state === 'announced' || proposal?.state === 'dropped';
  if (proposal === undefined || proposal.hostId !== member.id || isOver) throw new Refusal(refusals.notFound);
  return proposal;
}

/** Of two changes at once, the second is told. @throws Refusal */
export function mustBeAsRead(proposal: Proposal, read: AsRead): void {
  if (String(proposal.revision) !== read.revision) throw new Refusal(refusals.changed);
}
