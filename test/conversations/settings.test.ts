import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOvertaken, remindersOf } from '../../src/conversations/reminder-rules.ts';
import { choices, readSettings } from '../../src/conversations/settings-rules.ts';
import type { Core } from '../../src/core.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { addPeople, type ConversationStage, openConversations, propose, signUp } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { filled, formOf } from '../support/edits.ts';
import { addActive, ask, type RecordingOutbound, textOf } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let web: RecordingOutbound;
let convener: Member;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, web } = stage);
  convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
});
afterEach(() => stage.close());

async function set(changed: Readonly<Record<string, string>>, by = convener): Promise<Reply> {
  const form = formOf(await ask(core, convener, { kind: 'conversations.open-settings' }));
  return await ask(core, by, filled(form, changed));
}

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, stage.outbounds);
}

function remindersTo(member: Member): readonly string[] {
  const own = web.letters.filter(({ account }) => account.user === member.id);
  return own.filter(({ message }) => message.summary.startsWith('Reminder')).map(({ message }) => message.heading);
}

async function planned(id: string): Promise<readonly (readonly [string, string])[]> {
  const rows = core.db.selectFrom('agenda').select(['kind', 'due_at']).where('subject', '=', id).orderBy('due_at');
  const undone = (await rows.where('done_at', 'is', null).execute()).filter(({ kind }) => kind.includes('.remind-'));
  return undone.map(({ kind, due_at }) => [kind.replace('conversations.remind-', ''), due_at.toISOString()] as const);
}

test('what conveners set moves the reminders that stand already, and the words say when it is', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await signUp(core, person, id);
  const reply = await set({ first: '4320', second: '240', last: '30', offerHours: '6', fewest: '2', approval: 'yes' });
  expect(textOf(reply)).toContain('We have saved how conversations run.');
  expect(await planned(id)).toEqual([
    ['week', '2027-03-13T10:00:00.000Z'],
    ['day', '2027-03-16T06:00:00.000Z'],
    ['soon', '2027-03-16T09:30:00.000Z'],
  ]);
  for (const due of ['2027-03-09T10:00:00Z', '2027-03-13T10:00:00Z', '2027-03-16T06:00:00Z', '2027-03-16T09:30:00Z']) {
    await at(due);
  }
  expect(remindersTo(person)).toEqual(['In 3 days: Making room', 'Today: Making room', 'Soon: Making room']);
  const row = await core.db.selectFrom('network').selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ offer_hours: 6, fewest_people: 2, proposals_need_approval: true });
  const [act] = await core.db.selectFrom('audit').select(['actor_id', 'action', 'detail']).execute();
  expect(act).toMatchObject({ actor_id: convener.id, action: 'conversations.set' });
  expect(act?.detail).toMatchObject({ first: '10080 to 4320', last: '15 to 30' });
});

test('as they come by default: a week, a day and fifteen minutes before', async () => {
  const [person = host] = await addPeople(core, 1);
  await signUp(core, person, await propose(core, host));
  for (const due of ['2027-03-09T10:00:00Z', '2027-03-15T10:00:00Z', '2027-03-16T09:45:00Z']) await at(due);
  expect(remindersTo(person)).toEqual(['In a week: Making room', 'Tomorrow: Making room', 'Soon: Making room']);
});

test('a reminder set to never does not come; one that came does not again; the link comes in any case', async () => {
  const [early = host, late = host] = await addPeople(core, 2);
  const id = await propose(core, host);
  await signUp(core, early, id);
  await at('2027-03-09T10:00:00Z');
  await set({ first: '4320', second: '0' });
  expect(await planned(id)).toEqual([['soon', '2027-03-16T09:45:00.000Z']]);
  await at('2027-03-16T09:35:00Z');
  expect(remindersTo(early)).toEqual(['In a week: Making room']);
  // Half an hour before has gone by: what has the link is sent now, and to who signs up after it at once.
  await set({ last: '30' });
  await at('2027-03-16T09:35:00Z');
  await signUp(core, late, id);
  await at('2027-03-16T09:45:00Z');
  expect(remindersTo(early)).toEqual(['In a week: Making room', 'Soon: Making room']);
  expect(remindersTo(late)).toEqual(['Soon: Making room']);
  // The second was to tell the host who is coming: the last one does.
  expect(web.letters.filter(({ message }) => message.summary.startsWith('You are hosting “'))).toHaveLength(1);
});

test('a conversation that is proposed afterwards follows what is set; only conveners set it', async () => {
  await set({ first: '20160', second: '2880' });
  const id = await propose(core, host, { date: '2027-03-23' });
  expect(await planned(id)).toEqual([
    ['week', '2027-03-09T10:00:00.000Z'],
    ['day', '2027-03-21T10:00:00.000Z'],
    ['soon', '2027-03-23T09:45:00.000Z'],
  ]);
  expect(textOf(await set({ fewest: '9' }, host))).toContain('Only conveners');
});

test('every mistake is named beside its answer', async () => {
  const wrong = { approval: 'maybe', first: '7', second: '', last: '0', offerHours: '-1', fewest: '16' };
  const reply = await set(wrong);
  expect(reply.kind === 'invalid' && reply.problems.map(({ field }) => field).toSorted()).toEqual(
    Object.keys(wrong).toSorted(),
  );
  await core.db.updateTable('network').set({ remind_first_minutes: 120 }).execute();
  expect(await set({})).toMatchObject({ kind: 'invalid', problems: [{ field: 'second' }] });
  expect((await set({ second: '0' })).kind).toBe('message');
});

test('whatever is chosen from the form, the reminders come in order and each is overtaken by the next', () => {
  const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
  const present = {
    needApproval: false,
    remindMinutes: { first: 0, second: 0, last: 15 },
    offerHours: 24,
    fewestPeople: 3,
  };
  fc.assert(
    fc.property(one(choices.first), one(choices.second), one(choices.last), (first, second, last) => {
      const answers = {
        approval: 'no',
        first: `${first}`,
        second: `${second}`,
        last: `${last}`,
        offerHours: '2',
        fewest: '1',
      };
      const read = readSettings(answers, present);
      if ('length' in read) throw new Error('A choice of the form was refused');
      const reminders = remindersOf(read.remindMinutes);
      expect(reminders.map(({ beforeMs }) => beforeMs / 60_000)).toEqual([first, second, last].filter((at) => at > 0));
      const startsAt = new Date('2027-03-16T10:00:00Z');
      for (const [index, { delivery, beforeMs }] of reminders.entries()) {
        const now = new Date(startsAt.getTime() - beforeMs);
        expect(isOvertaken(delivery, startsAt, read.remindMinutes, now)).toBe(false);
        const next = reminders[index + 1];
        const then = new Date(startsAt.getTime() - (next?.beforeMs ?? 0));
        expect(isOvertaken(delivery, startsAt, read.remindMinutes, then)).toBe(next !== undefined);
      }
    }),
  );
});
