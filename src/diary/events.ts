import { randomUUID } from 'node:crypto';
import type { IntentOf } from '../asker.ts';
import { cohortOptions } from '../calendar/cohorts.ts';
import { actAs } from '../convening/act.ts';
import { whichHour } from '../conversations/which-hour-messages.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Form, Option } from '../messages/form.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import type { Reader, Transaction } from '../store/database.ts';
import { localParts } from '../time/local.ts';
import { readWhen } from '../time/when.ts';
import * as say from './event-messages.ts';
import { refusals } from './messages.ts';
import type { ProgrammeEvent } from './model.ts';
import { programmeEvents } from './reading.ts';
import { type EventSaid, everybody, readEvent, showsOtherwise } from './rules.ts';

type Answers = Extract<IntentOf<'diary'>, { kind: 'diary.event' }>;

/**
 * The form of an event, with what it is now.
 *
 * @param at the date and time to ask about, which clocks show twice or never; '' for none
 * @throws Refusal where it is over, cancelled or not there
 */
export async function openEvent(core: Core, { zone }: Member, event: string, at: string): Promise<Reply> {
  const before = event === 'new' ? undefined : changeable(await findEvent(core.db, event), core.clock.now());
  return { kind: 'form', form: await formOf(core.db, zone, before, at) };
}

async function formOf(db: Reader, zone: string, before: ProgrammeEvent | undefined, at: string): Promise<Form> {
  const known = before === undefined ? '' : localParts(before.startsAt, zone);
  const [date = '', time = ''] = (at === '' ? known : at).split(' ');
  const when = readWhen(date, time, '', zone);
  const { sort, title, about, minutes, cohortId, place, link } = before ?? nothingYet;
  const start = {
    ...{ sort, title, about, place, link, date, time, zone },
    minutes: String(minutes),
    cohort: cohortId ?? everybody,
    doubt: 'gap' in when || 'twice' in when ? when : undefined,
  };
  return say.eventForm(before?.id ?? 'new', start, await offered(db));
}

const nothingYet = {
  sort: 'module',
  title: '',
  about: '',
  minutes: 60,
  cohortId: null,
  place: '',
  link: '',
} as const;

async function offered(db: Reader): Promise<readonly Option[]> {
  return [{ value: everybody, label: 'Everybody' }, ...(await cohortOptions(db))];
}

/**
 * Puts an event in the diary, or changes it.
 *
 * @throws Refusal with a problem for each answer that needs changing; or where it is over, cancelled or not there
 */
export async function saveEvent(core: Core, member: Member, answers: Answers): Promise<Reply> {
  const now = core.clock.now();
  const cohorts = (await cohortOptions(core.db)).map(({ value }) => value);
  const said = readEvent(answers, now, member.zone, cohorts);
  if ('gap' in said || 'twice' in said) {
    const before = answers.event === 'new' ? undefined : await findEvent(core.db, answers.event);
    const form = await formOf(core.db, member.zone, before, `${answers.date} ${answers.time}`);
    return { kind: 'form', form: whichHour(withoutClock(form), given(answers), said, answers.time, member.zone) };
  }
  if (!('title' in said)) throw new Refusal(say.eventProblems.some, said);
  await actAs(core, member, async (tx) => {
    const { title } = said;
    if (answers.event === 'new') {
      const subject = await make(tx, now, member.zone, said);
      return [{ action: 'event.made', subject, detail: { title } }];
    }
    const before = changeable(await lockEvent(tx, answers.event), now);
    await change(tx, now, member.zone, before, said);
    return [{ action: 'event.changed', subject: before.id, detail: { title } }];
  });
  return { kind: 'message', message: say.eventSaved(said, member.zone) };
}

/** The question is put into it anew, as the answers have it. */
function withoutClock(form: Form): Form {
  return { ...form, fields: form.fields.filter(({ name }) => name !== 'clock') };
}

function given({ kind: _kind, event: _event, clock: _clock, ...fields }: Answers): Readonly<Record<string, string>> {
  return fields;
}

function rowOf({ sort, title, about, place, link, startsAt, minutes, cohortId }: EventSaid, zone: string) {
  return { sort, title, about, place, link, minutes, zone, starts_at: startsAt, cohort_id: cohortId };
}

async function make(tx: Transaction, now: Date, zone: string, said: EventSaid): Promise<string> {
  const id = randomUUID();
  const times = { created_at: now, changed_at: now, cancelled_at: null };
  await tx
    .insertInto('programme_events')
    .values({ id, ...rowOf(said, zone), ...times })
    .execute();
  return id;
}

/** Calendars are told of what they show. */
async function change(
  tx: Transaction,
  now: Date,
  zone: string,
  before: ProgrammeEvent,
  said: EventSaid,
): Promise<void> {
  const shown = showsOtherwise(before, said) ? { sequence: before.sequence + 1, changed_at: now } : {};
  await tx
    .updateTable('programme_events')
    .set({ ...rowOf(said, zone), ...shown })
    .where('id', '=', before.id)
    .execute();
}

/** Takes it out of the diary; feeds show for a month that it is cancelled. Pressed twice, it is cancelled once. */
export async function cancelEvent(core: Core, member: Member, id: string): Promise<Reply> {
  const now = core.clock.now();
  const found = await findEvent(core.db, id);
  if (found === undefined) throw new Refusal(refusals.noEvent);
  await actAs(core, member, async (tx) => {
    const before = await lockEvent(tx, id);
    if (before === undefined || before.cancelledAt !== null) return [];
    await tx
      .updateTable('programme_events')
      .set({ cancelled_at: now, changed_at: now, sequence: before.sequence + 1 })
      .where('id', '=', id)
      .execute();
    return [{ action: 'event.cancelled', subject: id, detail: { title: before.title } }];
  });
  return { kind: 'replace', message: say.eventCancelled(found.title) };
}

function changeable(event: ProgrammeEvent | undefined, now: Date): ProgrammeEvent {
  if (event === undefined) throw new Refusal(refusals.noEvent);
  if (event.cancelledAt !== null || event.startsAt <= now) throw new Refusal(refusals.eventOver);
  return event;
}

async function findEvent(db: Reader, id: string): Promise<ProgrammeEvent | undefined> {
  return await programmeEvents(db).where('programme_events.id', '=', id).executeTakeFirst();
}

async function lockEvent(tx: Transaction, id: string): Promise<ProgrammeEvent | undefined> {
  await tx.selectFrom('programme_events').select('id').where('id', '=', id).forUpdate().execute();
  return await findEvent(tx, id);
}
