import { unscheduleKinds } from '../conversations/appointments.ts';
import { schedule } from '../store/agenda.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { Proposal } from './model.ts';

const dayMs = 86_400_000;

/** To be called when people are asked about times: in a day their host hears of the answers, all of them in or not. */
export async function scheduleAnswersDue(tx: Transaction, now: Date, { id, revision }: Proposal): Promise<void> {
  const kind = 'proposals.answers-due';
  // Asked about other times, they have a day from now.
  await unscheduleKinds(tx, id, [kind]);
  await schedule(tx, [{ key: `${kind}:${id}:${revision}`, kind, subject: id, at: new Date(now.getTime() + dayMs) }]);
}

/** Tells the host once everybody who was asked has answered. The proposal is held. */
export async function tellIfAllAnswered(tx: Transaction, now: Date, proposal: Proposal): Promise<void> {
  if (!(await isAnyoneSilent(tx, proposal.id))) await tellAnswersIn(tx, now, proposal);
}

/** Tells the host that answers are in, once for each time that people are asked, while a time is left to be chosen. */
export async function tellAnswersIn(tx: Transaction, now: Date, proposal: Proposal | undefined): Promise<void> {
  if (proposal?.state !== 'polling') return;
  const { id, hostId: memberId } = proposal;
  const times = tx.selectFrom('proposal_times').select(['id', 'starts_at as startsAt']).where('proposal_id', '=', id);
  // The rows are new each time that people are asked.
  const [first, ...others] = await times.orderBy('id').execute();
  if (first === undefined || ![first, ...others].some(({ startsAt }) => startsAt > now)) return;
  const kind = 'proposals.answers-in';
  await post(tx, now, [{ key: `${kind}:${id}:${first.id}`, kind, subject: id, memberId }]);
}

/** Of those who were asked, and are here: whoever was not sent the question need not answer it. */
async function isAnyoneSilent(db: Reader, id: string): Promise<boolean> {
  const answers = db.selectFrom('time_answers').select('member_id').where('proposal_id', '=', id);
  const silent = await db
    .selectFrom('deliveries')
    .innerJoin('members', 'members.id', 'deliveries.member_id')
    .select('deliveries.id')
    .where('kind', '=', 'proposals.which-time')
    .where('subject', '=', id)
    .where('deliveries.status', '!=', 'dropped')
    .where('members.status', '=', 'active')
    .where('members.id', 'not in', answers)
    .executeTakeFirst();
  return silent !== undefined;
}
