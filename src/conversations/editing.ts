import type { Asker, IntentOf } from '../asker.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import { redraw } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import { holdHosting } from '../network/hold.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import type { Member } from '../network/model.ts';
import type { Transaction } from '../store/database.ts';
import { type Doubt, readWhen } from '../time/when.ts';
import { auditIfOthers } from './auditing.ts';
import { refreshCards } from './cards.ts';
import { editFormOf } from './edit-form.ts';
import * as say from './edit-messages.ts';
import * as rules from './edit-rules.ts';
import type { Conversation } from './model.ts';
import { carryOut } from './moving.ts';
import { mustRun } from './running.ts';
import { findConversation, lockConversation, readSeats, type SeatRow } from './seats.ts';
import { view } from './service.ts';
import { keepConversationSettings } from './settings.ts';
import { whichHour, withClock } from './which-hour-messages.ts';

type OpenEdit = Extract<IntentOf<'conversations'>, { kind: 'conversations.open-edit' }>;

/** The form with all that can be changed, as it is now; @throws Refusal when it is not theirs, or too late */
export async function openEdit(core: Core, asker: Asker, intent: OpenEdit): Promise<Reply> {
  const { member } = asker;
  const found = await findConversation(core.db, intent.conversation);
  const conversation = mustRun(core, asker, found, say.refusals.notYours);
  const form = editFormOf(conversation, await readSeats(core.db, conversation.id), member.zone, intent);
  const [date = '', time = ''] = intent.asked.split(' ');
  const when = readWhen(date, time, '', member.zone);
  const isDoubtful = 'gap' in when || 'twice' in when;
  return { kind: 'form', form: isDoubtful ? withClock(form, when, time, member.zone) : form };
}

/**
 * Changes a conversation that is announced, and tells those whom it concerns. Of two who edit it at once the second
 * keeps what they wrote, and sees what is otherwise by now.
 *
 * @throws Refusal with a problem for each answer that needs changing; or when it is not theirs, or too late
 */
export async function edit(core: Core, asker: Asker, intent: rules.EditIntent): Promise<Reply> {
  const { member } = asker;
  return await core.db.transaction().execute(async (tx) => {
    await holdHosting(tx, member.id);
    // Kept before the conversation is: whoever changes them moves what is on the agenda of every conversation.
    await keepConversationSettings(tx);
    const found = await lockConversation(tx, intent.conversation);
    const conversation = mustRun(core, asker, found, say.refusals.notYours);
    const seats = await readSeats(tx, conversation.id);
    if (intent.revision !== String(conversation.revision)) {
      return await tooSlow(core, tx, member, intent, conversation, seats);
    }
    const read = rules.readEdit(intent, conversation, seats, core.clock.now(), member.zone);
    if ('length' in read) throw new Refusal(say.refusals.invalid, read);
    if (!('startsAt' in read)) return whichOf(member, intent, conversation, seats, read);
    const changes = rules.changesOf(conversation, read);
    if (changes.length === 0) {
      return { kind: 'message', message: say.unchanged(await view(core, tx, conversation, member)) };
    }
    return await save(core, tx, member, conversation, read, changes);
  });
}

/** The same form with all they wrote, and with what somebody else has made of it beside that. */
async function tooSlow(
  core: Core,
  tx: Transaction,
  member: Member,
  intent: rules.EditIntent,
  conversation: Conversation,
  seats: readonly SeatRow[],
): Promise<Reply> {
  const conflicts = rules.conflicts(intent, conversation, member.zone);
  if (conflicts.length === 0) {
    return { kind: 'message', message: say.unchanged(await view(core, tx, conversation, member)) };
  }
  const form = editFormOf(conversation, seats, member.zone, { revision: '', asked: '' });
  return { kind: 'form', form: say.changedMeanwhile(redraw(form, answersIn(intent), conflicts)) };
}

function whichOf(
  member: Member,
  intent: rules.EditIntent,
  conversation: Conversation,
  seats: readonly SeatRow[],
  doubt: Doubt,
): Reply {
  const { revision, date, time } = intent;
  const form = editFormOf(conversation, seats, member.zone, { revision, asked: `${date} ${time}` });
  return { kind: 'form', form: whichHour(form, answersIn(intent), doubt, time, member.zone) };
}

function answersIn({ kind: _, conversation: __, revision: ___, clock: ____, ...answers }: rules.EditIntent) {
  return answers;
}

async function save(
  core: Core,
  tx: Transaction,
  member: Member,
  before: Conversation,
  edited: rules.Edited,
  changes: readonly (keyof rules.Edited)[],
): Promise<Reply> {
  const now = core.clock.now();
  const after = await store(tx, before, edited, rules.showsInCalendars(changes) ? now : undefined);
  await auditIfOthers(tx, now, member, before, 'conversation.changed', { fields: changes.join(', ') });
  const told = await carryOut(core, tx, { before, after, changes, by: member.id });
  const people = (await readSeats(tx, after.id)).map(({ memberId }) => memberId);
  await refreshManyHomes(tx, now, [...people, member.id, ...(after.host === undefined ? [] : [after.host.id])]);
  await refreshCards(tx, now, after.id);
  return { kind: 'message', message: say.edited(await view(core, tx, after, member), told) };
}

/** @param shownAt when calendars are to show the change; `undefined` where they show none of it */
async function store(
  tx: Transaction,
  before: Conversation,
  edited: rules.Edited,
  shownAt: Date | undefined,
): Promise<Conversation> {
  const { startsAt, perCouncil, ...same } = edited;
  const counts = { revision: before.revision + 1, sequence: before.sequence + (shownAt === undefined ? 0 : 1) };
  const stamp = shownAt === undefined ? {} : { changed_at: shownAt };
  await tx
    .updateTable('conversations')
    .set({ ...same, ...counts, ...stamp, starts_at: startsAt, per_council: perCouncil })
    .where('id', '=', before.id)
    .execute();
  return { ...before, ...edited, ...counts };
}
