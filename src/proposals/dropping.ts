import type { Core } from '../core.ts';
import type { Reply } from '../messages/reply.ts';
import { holdActive } from '../network/hold.ts';
import type { Member } from '../network/model.ts';
import { releaseSlots } from '../series/topic-links.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { droppedDraft } from './messages.ts';
import type { Proposal } from './model.ts';
import { mustBeTheirs } from './own.ts';
import { lockProposal } from './reading.ts';

/** Throws a draft away, and tells whoever said when they could come. @throws Refusal where it is not theirs */
export async function dropDraft(core: Core, member: Member, id: string): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    await holdActive(tx, member.id);
    const proposal = mustBeTheirs(await lockProposal(tx, id), member);
    const told = await drop(tx, core.clock.now(), proposal);
    await releaseSlots(core, tx);
    return { kind: 'message', message: droppedDraft(proposal, told) };
  });
}

/** The proposal is held. What is told of it needs its title: it stays for that, without the rest. @returns how many are told */
export async function drop(tx: Transaction, now: Date, { id }: Pick<Proposal, 'id'>): Promise<number> {
  const answers = tx.selectFrom('time_answers').select('member_id').where('proposal_id', '=', id);
  const told = await answers.orderBy('member_id').execute();
  const kind = 'proposals.dropped';
  await post(
    tx,
    now,
    told.map(({ member_id: memberId }) => ({ key: `${kind}:${id}:${memberId}`, kind, subject: id, memberId }) as const),
  );
  if (told.length === 0) {
    await tx.deleteFrom('proposals').where('id', '=', id).execute();
    return 0;
  }
  const bare = { state: 'dropped', about: '', link: '', place: '', refusal: '', changed_at: now } as const;
  await tx.updateTable('proposals').set(bare).where('id', '=', id).execute();
  await tx.deleteFrom('proposal_times').where('proposal_id', '=', id).execute();
  await tx.deleteFrom('time_answers').where('proposal_id', '=', id).execute();
  return told.length;
}
