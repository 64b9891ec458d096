import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DiaryEntry } from '../../src/diary/model.ts';
import type { Member } from '../../src/network/model.ts';
import { settleAll } from '../support/core.ts';
import { ask, recordingOutbound } from '../support/people.ts';
import { type DiaryStage, openDiary, seated, sit, stand } from './stage.ts';

let stage: DiaryStage;

beforeEach(async () => {
  stage = await openDiary();
});

afterEach(async () => {
  await stage.close();
});

interface Change {
  readonly title?: string;
  readonly starts_at?: Date;
}

/** As an edit that calendars show. */
async function move(id: string, set: Change = { starts_at: new Date('2027-03-17T10:00:00Z') }): Promise<void> {
  await stage.core.db
    .updateTable('conversations')
    .set((values) => ({ ...set, sequence: values('sequence', '+', 1), revision: values('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

async function cancel(id: string): Promise<void> {
  const now = stage.core.clock.now();
  await stage.core.db.updateTable('conversations').set({ cancelled_at: now }).where('id', '=', id).execute();
}

async function fates(): Promise<readonly string[]> {
  const rows = await stage.core.db
    .selectFrom('deliveries')
    .select(['kind', 'status', 'reason'])
    .where('kind', 'in', ['diary.invite', 'diary.call-off'])
    .orderBy('kind')
    .execute();
  return rows.map(({ kind, status, reason }) => [kind, status, reason].filter((part) => part !== '').join(' '));
}

function statuses(entries: readonly { readonly entry: DiaryEntry }[]): readonly string[] {
  return entries.map(({ entry }) => entry.status);
}

test('those with a seat and the host are invited, each by an e-mail of their own; nobody else is', async () => {
  const { id, people } = await seated(stage, 2);
  const [waiting, stranger] = (await seated(stage, 2, 'waiting', 'Another')).people;
  if (waiting === undefined || stranger === undefined) throw new Error('Nobody waits');
  await sit(stage.core, id, waiting, 'waiting');
  await stage.invite(id, ...people, stage.host, waiting, stranger);
  await stage.settle();
  const invited = stage.invited();
  expect(invited.map(({ to }) => to).toSorted()).toEqual([...people, stage.host].map(({ email }) => email).toSorted());
  const one = invited.find(({ to }) => to === people[0]?.email);
  expect(one?.entry).toMatchObject({
    id,
    sequence: 1,
    title: 'Making room',
    place: 'Online',
    startsAt: new Date('2027-03-16T10:00:00Z'),
    status: 'confirmed',
    url: 'http://localhost:3000/words/diary',
  });
  expect(invited.find(({ to }) => to === stage.host.email)?.entry.title).toBe('You host: Making room');
  for (const each of invited) {
    const all = JSON.stringify(each.entry) + JSON.stringify(each.message);
    expect(all).not.toContain('meet.example');
    for (const { email } of [...people, stage.host]) expect(all).not.toContain(email);
  }
});

test('the same cause is sent once, and a change again with a greater number', async () => {
  const { id, people } = await seated(stage, 1);
  await stage.invite(id, ...people);
  await stage.invite(id, ...people);
  await stage.settle();
  await stage.invite(id, ...people);
  await stage.settle();
  expect(stage.invited()).toHaveLength(1);
  await move(id);
  await stage.invite(id, ...people);
  await stage.settle();
  expect(stage.invited().map(({ entry }) => entry.startsAt.toISOString())).toEqual([
    '2027-03-16T10:00:00.000Z',
    '2027-03-17T10:00:00.000Z',
  ]);
  const [first, second] = stage.invited();
  expect(second?.entry.sequence).toBeGreaterThan(first?.entry.sequence ?? Number.NaN);
  expect(second?.message.heading).toBe('Changed: Making room');
});

test('of changes that come while one waits to be sent, one e-mail tells the last', async () => {
  const { id, people } = await seated(stage, 1);
  await stage.invite(id, ...people);
  await move(id);
  await stage.invite(id, ...people);
  await stage.settle();
  expect(stage.invited().map(({ entry, message }) => [entry.startsAt.toISOString(), message.heading])).toEqual([
    ['2027-03-17T10:00:00.000Z', 'Making room'],
  ]);
  expect(await fates()).toContain('diary.invite dropped a later one says it');
});

test('who gives up a seat has it taken out, once', async () => {
  const { id, people } = await seated(stage, 2);
  const [asha] = people;
  if (asha === undefined) throw new Error('Nobody is there');
  await stage.invite(id, ...people);
  await stage.settle();
  await stand(stage.core, id, asha);
  await stage.takeBack(id, asha);
  await stage.takeBack(id, asha);
  await stage.settle();
  const theirs = stage.invited().filter(({ to }) => to === asha.email);
  expect(statuses(theirs)).toEqual(['confirmed', 'cancelled']);
  expect(theirs[1]?.entry).toMatchObject({ id, title: 'Making room' });
  expect(stage.invited()).toHaveLength(3);
});

test('whoever was sent nothing has nothing taken out', async () => {
  const { id, people } = await seated(stage, 2);
  const [quick, unsent] = people;
  if (quick === undefined || unsent === undefined) throw new Error('Nobody is there');
  await stage.takeBack(id, unsent);
  // And who gave the seat up before the invitation went out.
  await stage.invite(id, quick);
  await stand(stage.core, id, quick);
  await stage.takeBack(id, quick);
  await stage.settle();
  expect(stage.invited()).toEqual([]);
  expect(await fates()).toEqual([
    'diary.call-off dropped nothing was put into the calendar',
    'diary.invite dropped a later one says it',
  ]);
});

test('an invitation that the mail server refused leaves nothing to be taken out; one in doubt may have', async () => {
  const { id, people } = await seated(stage, 2);
  const [refused, doubtful] = people;
  if (refused === undefined || doubtful === undefined) throw new Error('Nobody is there');
  stage.email.outcomes.push({ kind: 'refused', reason: 'no' });
  await stage.invite(id, refused);
  await stage.settle();
  stage.email.outcomes.push({ kind: 'unknown', reason: 'cut' });
  await stage.invite(id, doubtful);
  await stage.settle();
  stage.email.parcels.length = 0;
  for (const member of people) await stand(stage.core, id, member);
  await stage.takeBack(id, ...people);
  // A line that broke rests for a while.
  stage.clock.set(new Date('2027-03-02T12:05:00Z'));
  await stage.settle();
  expect(stage.invited().map(({ to }) => to)).toEqual([doubtful.email]);
});

test('who takes a seat again while it is being taken out keeps it', async () => {
  const { id, people } = await seated(stage, 1);
  const [asha] = people;
  if (asha === undefined) throw new Error('Nobody is there');
  await stage.invite(id, asha);
  await stage.settle();
  await stand(stage.core, id, asha);
  await stage.takeBack(id, asha);
  await sit(stage.core, id, asha, 'seated');
  await stage.invite(id, asha);
  await stage.settle();
  expect(statuses(stage.invited())).toEqual(['confirmed', 'confirmed']);
});

test('what is cancelled is taken out for everybody, and says so', async () => {
  const { id, people } = await seated(stage, 2);
  await stage.invite(id, ...people, stage.host);
  await stage.settle();
  await cancel(id);
  await stage.takeBack(id, ...people, stage.host);
  await stage.settle();
  expect(statuses(stage.invited().slice(3))).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(JSON.stringify(stage.invited()[3]?.message)).toContain('This conversation is cancelled');
});

test('who wants no invitations is sent none, but what stands in their calendar is kept true', async () => {
  const { id, people } = await seated(stage, 2);
  const [before, never] = people;
  if (before === undefined || never === undefined) throw new Error('Nobody is there');
  await ask(stage.core, never, { kind: 'diary.invitations', on: 'no' });
  await stage.invite(id, ...people);
  await stage.settle();
  await ask(stage.core, before, { kind: 'diary.invitations', on: 'no' });
  await move(id);
  await stage.invite(id, ...people);
  await stage.settle();
  expect(stage.invited().map(({ to }) => to)).toEqual([before.email, before.email]);
  await ask(stage.core, never, { kind: 'diary.invitations', on: 'yes' });
  await ask(stage.core, never, { kind: 'diary.invitations', on: 'yes' });
  await stage.settle();
  expect(stage.invited().map(({ to }) => to)).toEqual([before.email, before.email, never.email]);
});

test('without e-mail here an invitation is dropped, and is nobody’s failure', async () => {
  const { id, people } = await seated(stage, 1);
  await stage.invite(id, ...people);
  await settleAll(stage.core, new Map([['web', recordingOutbound('web')]]));
  expect(await fates()).toEqual(['diary.invite dropped no e-mail reaches this member']);
});

test('who has no e-mail account is not written to', async () => {
  const { id, people } = await seated(stage, 1);
  await stage.core.db.deleteFrom('accounts').where('platform', '=', 'email').execute();
  await stage.invite(id, ...people);
  expect(await fates()).toEqual([]);
});

test('an address that is gone is marked, and the invitation dropped', async () => {
  const { id, people } = await seated(stage, 1);
  await stage.invite(id, ...people);
  stage.email.outcomes.push({ kind: 'gone', reason: 'no such person' });
  await stage.settle();
  expect(await fates()).toEqual(['diary.invite dropped no e-mail reaches this member']);
});

type Step = 'sit' | 'stand' | 'move' | 'call again' | 'settle' | 'cancel';

/** What one step does to one person's seat; what the services do is done after it. */
async function take(step: Step, id: string, member: Member): Promise<void> {
  const { core } = stage;
  switch (step) {
    case 'sit':
      await stand(core, id, member);
      await sit(core, id, member, 'seated');
      return await stage.invite(id, member);
    case 'stand':
      await stand(core, id, member);
      return await stage.takeBack(id, member);
    case 'move':
      await move(id, { title: 'Moved' });
      return await stage.invite(id, member);
    case 'call again':
      return await stage.invite(id, member);
    case 'settle':
      return await stage.settle();
    case 'cancel':
      await cancel(id);
      return await stage.takeBack(id, member);
  }
}

test('in any order, numbers only rise for one person, and their calendar ends as their seat is', async () => {
  const steps = fc.array(fc.constantFrom<Step>('sit', 'stand', 'move', 'call again', 'settle', 'cancel'), {
    maxLength: 14,
  });
  const { people } = await seated(stage, 1);
  const [asha] = people;
  if (asha === undefined) throw new Error('Nobody is there');
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { id } = await seated(stage, 0, 'seated', randomUUID());
      stage.email.parcels.length = 0;
      for (const step of all) await take(step, id, asha);
      await stage.settle();
      const sent = stage.invited().map(({ entry }) => entry);
      const numbers = sent.map(({ sequence }) => sequence);
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
      const row = await stage.core.db
        .selectFrom('conversations')
        .leftJoin('seats', (join) =>
          join.onRef('seats.conversation_id', '=', 'conversations.id').on('seats.member_id', '=', asha.id),
        )
        .select(['cancelled_at', 'seats.state'])
        .where('conversations.id', '=', id)
        .executeTakeFirstOrThrow();
      const isIn = row.cancelled_at === null && row.state === 'seated';
      expect(sent.at(-1)?.status ?? 'cancelled').toBe(isIn ? 'confirmed' : 'cancelled');
      // Nothing is taken out that does not stand.
      expect(sent.every(({ status }, at) => status !== 'cancelled' || sent[at - 1]?.status === 'confirmed')).toBe(true);
    }),
    { numRuns: 25 },
  );
});
