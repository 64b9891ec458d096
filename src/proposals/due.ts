import type { Due } from '../agenda/model.ts';
import type { Core } from '../core.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { tellAnswersIn } from './answers-in.ts';
import { giveBack } from './giving-back.ts';
import { lockProposal } from './reading.ts';

/** The time of what waits for a convener has come, and nobody has decided: its host is asked for another. */
export async function proposalDue(core: Core, tx: Transaction, due: Due): Promise<void> {
  const proposal = await lockProposal(tx, due.subject);
  if (due.kind === 'proposals.answers-due') return await tellAnswersIn(tx, core.clock.now(), proposal);
  if (proposal?.state !== 'awaiting' || proposal.startsAt === null) return;
  if (proposal.startsAt <= core.clock.now()) await giveBack(core, tx, proposal, '');
}

/** To be called when it comes to wait, or its time is another one. */
export async function scheduleTimePassed(tx: Transaction, id: string, startsAt: Date): Promise<void> {
  const kind = 'proposals.time-passed';
  await schedule(tx, [{ key: `${kind}:${id}:${startsAt.toISOString()}`, kind, subject: id, at: startsAt }]);
}
