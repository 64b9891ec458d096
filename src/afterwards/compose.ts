import { findConversation } from '../conversations/seats.ts';
import { show } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import { isPaused } from '../network/rules.ts';
import { readAttendees, readSeat } from './attendees.ts';
import { askWhoCame } from './messages.ts';
import type { AfterwardsDelivery } from './model.ts';
import { isHostsTime, mayHaveCome } from './rules.ts';
import * as say from './summary-messages.ts';
import { summaryOf } from './summary-row.ts';
import { askTakeaway } from './takeaway-messages.ts';
import { ownTakeaway } from './takeaway-rows.ts';
import { showEnded } from './who-came.ts';

export async function composeAfterwards(
  core: Core,
  kind: AfterwardsDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  const now = core.clock.now();
  const conversation = await findConversation(core.db, delivery.subject);
  if (conversation === undefined) return drop('the conversation is no longer there');
  if (!isHostsTime(conversation, now)) return drop('the conversation was too long ago');
  if (kind === 'afterwards.who-came') {
    if (conversation.host?.id !== member.id) return drop('the member is not its host');
    const attendees = await readAttendees(core.db, conversation.id);
    if (attendees.every(({ came }) => came !== null)) return drop('there is nothing to ask');
    return { kind: 'say', message: askWhoCame(await showEnded(core, core.db, conversation, member)) };
  }
  if (isPaused(member, 'conversations', now)) return drop('the member is paused');
  const seat = await readSeat(core.db, conversation.id, member.id);
  if (seat === undefined || !mayHaveCome(seat)) return drop('the member did not come');
  const shown = await show(core, core.db, conversation, member.zone);
  if (kind === 'afterwards.summary') {
    const text = await summaryOf(core.db, conversation.id);
    return text === '' ? drop('there is no summary') : { kind: 'say', message: say.summary(shown, text) };
  }
  const written = await ownTakeaway(core, core.db, conversation.id, member.id);
  return written === undefined
    ? { kind: 'say', message: askTakeaway(shown) }
    : drop('the member has written it down already');
}
