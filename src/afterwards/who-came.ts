import type { Conversation } from '../conversations/model.ts';
import { show } from '../conversations/service.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { readValues } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { askForTakeaways } from './asking.ts';
import { readAttendees } from './attendees.ts';
import { findHosted, lockHosted } from './held-host.ts';
import * as say from './messages.ts';
import type { Attendee } from './model.ts';
import { mayHaveCome } from './rules.ts';
import { tellSummary } from './summary.ts';

/** A conversation that has ended, as its host sees it. */
export async function showEnded(core: Core, db: Reader, conversation: Conversation, host: Member): Promise<say.Ended> {
  const shown = await show(core, db, conversation, host.zone);
  return { ...shown, canHostAgain: host.status === 'active' };
}

/**
 * The list of those who had a seat, all ticked until the host has said who came.
 *
 * @param mayRead false for whoever holds no more than a link: they see roles and councils, no names
 * @throws Refusal
 */
export async function openWhoCame(core: Core, member: Member, id: string, mayRead: boolean): Promise<Reply> {
  const conversation = await findHosted(core.db, core.clock.now(), member, id);
  const attendees = mustBeSome(await readAttendees(core.db, id));
  const came = attendees.filter(mayHaveCome).map((attendee) => attendee.id);
  const shown = await show(core, core.db, conversation, member.zone);
  return { kind: 'form', form: say.whoCameForm(shown, attendees, came, namingFor(member, mayRead)) };
}

/** Guests come by links, and cannot sign in. */
function namingFor({ status }: Member, mayRead: boolean): say.Naming {
  if (status === 'guest') return 'by role';
  return mayRead ? 'by name' : 'by role until they sign in';
}

/**
 * Keeps who came, and asks those who did for what they take away, each once however often the host changes it. Where a
 * summary stands there already, whoever was added is told of it.
 *
 * @throws Refusal for anybody but the host, and once two weeks have passed
 */
export async function saveWhoCame(core: Core, member: Member, id: string, answer: string): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    const conversation = await lockHosted(tx, now, member, id);
    const attendees = mustBeSome(await readAttendees(tx, id));
    const ticked = new Set(readValues(answer));
    const came = attendees.map((attendee) => attendee.id).filter((each) => ticked.has(each));
    await mark(tx, id, came);
    const asked = await askForTakeaways(tx, now, id, came);
    await tellSummary(tx, now, id, came);
    return { kind: 'message', message: say.whoCameSaved(await showEnded(core, tx, conversation, member), asked) };
  });
}

async function mark(tx: Transaction, id: string, came: readonly string[]): Promise<void> {
  const seats = tx.updateTable('seats').where('conversation_id', '=', id).where('state', '=', 'seated');
  await seats.set({ came: false }).execute();
  if (came.length > 0) await seats.set({ came: true }).where('member_id', 'in', came).execute();
}

function mustBeSome(attendees: readonly Attendee[]): readonly Attendee[] {
  if (attendees.length === 0) throw new Refusal(say.refusals.nobody);
  return attendees;
}
