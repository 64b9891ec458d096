import { readSeat } from '../afterwards/attendees.ts';
import { isHostsTime, mayHaveCome } from '../afterwards/rules.ts';
import type { Asker } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { suggesting, topicCard } from '../series/messages.ts';
import { openTopics } from '../series/topics.ts';
import { aroundList, list as listPage } from './list-messages.ts';
import { refusals, type View } from './messages.ts';
import { type Conversation, hasEnded } from './model.ts';
import { hosting } from './proposal-messages.ts';
import { isFor, mayCancel } from './rules.ts';
import { findConversation } from './seats.ts';
import { upcoming, view } from './service.ts';
import { mayHandOver } from './too-few.ts';
import { conversationPage, type Detailed, type Stage } from './view-messages.ts';

/** What is coming and what the member can do about it. Here, and on the page of each, a convener may cancel what others host. */
export async function list(core: Core, asker: Asker): Promise<Reply> {
  const { member } = asker;
  const views = await upcoming(core, member);
  const shown = views.map((each) => ({ ...each, mayCancel: mayCancel(asker, each.conversation) }));
  const mayHost = member.permission !== 'member';
  const topics = mayHost ? (await openTopics(core.db, core.clock.now())).map(topicCard) : [];
  const around = aroundList({ mayHost, count: mayHost ? await countDrafts(core, member) : 0 });
  return {
    kind: 'page',
    page: listPage(shown, [around, ...(mayHost ? [hosting()] : []), ...topics, suggesting()]),
  };
}

async function countDrafts({ db }: Core, { id }: Member): Promise<number> {
  const drafts = db.selectFrom('proposals').select('id').where('host_id', '=', id);
  return (await drafts.where('state', 'in', ['draft', 'polling', 'awaiting']).execute()).length;
}

/** Everything about one conversation, whatever became of it; @throws Refusal where it is not there any more */
export async function showOne(core: Core, asker: Asker, conversationId: string): Promise<Reply> {
  const conversation = await findConversation(core.db, conversationId);
  if (conversation === undefined) throw new Refusal(refusals.notFound);
  const stage = stageOf(conversation, core.clock.now());
  const mayManage = mayCancel(asker, conversation);
  const shown = await view(core, core.db, conversation, asker.member);
  const concernsThem = mayManage || shown.standing.kind !== 'none' || isFor(conversation.audience, asker.member);
  if (!concernsThem) throw new Refusal(refusals.notFound);
  const { member } = asker;
  const mine = { mayManage, mayHandOver: mayHandOver(member), afterwards: await leftToDo(core, shown, member) };
  return { kind: 'page', page: conversationPage({ ...shown, mayCancel: false, stage, ...mine }) };
}

/** Who was not there, as the host said, takes nothing away; a host wraps up for two weeks what somebody had a seat in. */
async function leftToDo(
  { db, clock }: Core,
  { conversation, standing, attendance }: View,
  { id }: Member,
): Promise<Detailed['afterwards']> {
  if (standing.kind === 'host') {
    return attendance.seated > 0 && isHostsTime(conversation, clock.now()) ? 'wrap up' : 'nothing';
  }
  const seat = await readSeat(db, conversation.id, id);
  return seat !== undefined && mayHaveCome(seat) ? 'take away' : 'nothing';
}

function stageOf(conversation: Conversation, now: Date): Stage {
  if (conversation.cancelledAt !== null) return 'cancelled';
  if (conversation.startsAt > now) return 'to come';
  return hasEnded(conversation, now) ? 'over' : 'under way';
}
