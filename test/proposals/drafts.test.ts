import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { addHost, addPeople, type ConversationStage, openConversations } from '../support/conversations.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';
import { announced, announcing, draft, formOf, messageOf, plan, posted, stateOf, words } from './stage.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  host = stage.host;
});
afterEach(() => stage.close());

test('a draft is kept, shown to its host alone, edited, and announced with the same id', async () => {
  const id = await draft(core, host);
  const other = await addHost(core, 'Olu Other');
  expect(textOf(await ask(core, host, { kind: 'proposals.mine' }))).toContain('Making room');
  expect(textOf(await ask(core, other, { kind: 'proposals.mine' }))).not.toContain('Making room');
  const others = [
    { kind: 'proposals.open-words', proposal: id, revision: '' },
    { kind: 'proposals.open-times', proposal: id, revision: '' },
    { kind: 'proposals.times', proposal: id },
    { kind: 'proposals.drop', proposal: id },
  ] as const;
  for (const intent of others) {
    expect(textOf(await ask(core, other, intent))).toContain('We could not find that draft');
  }
  const theirs = { kind: 'proposals.announce', proposal: id, revision: '1', ...plan } as const;
  expect(textOf(await ask(core, other, theirs))).toContain('We could not find that draft');

  const { completes, fields } = formOf(
    await ask(core, host, { kind: 'proposals.open-words', proposal: id, revision: '' }),
  );
  expect(fields.find(({ name }) => name === 'title')?.value).toBe('Making room');
  const revision = completes['revision'] ?? '';
  const edit = { kind: 'proposals.words', proposal: id, revision, ...words, title: 'Making more room' } as const;
  expect(messageOf(await ask(core, host, edit)).summary).toContain('Making more room');
  // Of two edits the second is told, and changes nothing.
  expect(textOf(await ask(core, host, { ...edit, title: 'From another window' }))).toContain('was changed after you');

  const reply = messageOf(await ask(core, host, await announcing(core, host, id)));
  expect(reply.summary).toBe('We are announcing your conversation “Making more room”.');
  expect(await announced(core)).toEqual([id]);
  expect(await stateOf(core, id)).toBeUndefined();
});

test('announced from a form that is out of date, it is not; pressed twice, or ten times at once, it is announced once', async () => {
  await addPeople(core, 2);
  const id = await draft(core, host);
  const stale = await announcing(core, host, id);
  await ask(core, host, { kind: 'proposals.words', proposal: id, revision: '1', ...words, title: 'Changed' });
  expect(textOf(await ask(core, host, stale))).toContain('was changed after you opened it');
  const press = await announcing(core, host, id);
  const replies = await Promise.all(Array.from({ length: 10 }, () => ask(core, host, press)));
  for (const reply of replies) expect(messageOf(reply).summary).toBe('We are announcing your conversation “Changed”.');
  expect(await announced(core)).toEqual([id]);
  expect(await posted(core, 'conversations.announcement', id)).toHaveLength(2);
});

test('what is stored is what was said, the rule, the limits and the audience too', async () => {
  const cohort = (await mustFind(core, host.id)).cohortId ?? '';
  const id = await draft(core, host, { audience: `cohort:${cohort}`, chathamHouse: 'yes' });
  await ask(core, host, await announcing(core, host, id, { perCouncil: '2', link: '', place: 'Room 4' }));
  const row = await core.db.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(row).toMatchObject({
    ...{ host_id: host.id, per_council: 2, place: 'Room 4', link: '', minutes: 60, capacity: 3 },
    ...{ for_cohort_id: cohort, for_level: null, chatham_house: true, zone: 'Europe/London' },
    starts_at: new Date('2027-03-16T10:00Z'),
  });
});

test('a time that comes twice is asked about, and what was answered stays in the form', async () => {
  const id = await draft(core, host);
  const asked = formOf(
    await ask(core, host, await announcing(core, host, id, { date: '2027-10-31', time: '01:30', place: 'Room 4' })),
  );
  expect(asked.fields.map(({ name }) => name)).toContain('clock');
  expect(asked.fields.find(({ name }) => name === 'place')?.value).toBe('Room 4');
  const again = formOf(await ask(core, host, asked.openedBy));
  expect(again.fields.map(({ name }) => name)).toEqual(asked.fields.map(({ name }) => name));
  await ask(core, host, await announcing(core, host, id, { date: '2027-10-31', time: '01:30', clock: 'second' }));
  const row = await core.db.selectFrom('conversations').select('starts_at').executeTakeFirstOrThrow();
  expect(row.starts_at).toEqual(new Date('2027-10-31T01:30Z'));
});

test('who may host no longer, or has left, cannot announce; their drafts go when they leave', async () => {
  const id = await draft(core, host);
  const press = await announcing(core, host, id);
  for (const gone of [{ permission: 'member' }, { status: 'left' }] as const) {
    const before = await mustFind(core, host.id);
    let pressed: Promise<unknown> = Promise.resolve();
    // It happens while they press: they were let through at the door.
    await core.db.transaction().execute(async (tx) => {
      await tx.updateTable('members').set(gone).where('id', '=', host.id).execute();
      pressed = ask(core, host, press);
      await untilWaiting(core, tx, 1, pressed);
    });
    expect(JSON.stringify(await pressed)).toContain('Only hosts can announce');
    const { permission, status } = before;
    await core.db.updateTable('members').set({ permission, status }).where('id', '=', host.id).execute();
  }
  expect(await announced(core)).toEqual([]);
  await ask(core, host, { kind: 'network.confirm-leave' });
  expect(await stateOf(core, id)).toBeUndefined();
});

test('dropped, a draft is gone, and nobody is told', async () => {
  await addPeople(core, 2);
  const id = await draft(core, host);
  expect(textOf(await ask(core, host, { kind: 'proposals.drop', proposal: id }))).toContain('Nobody had to be told');
  expect(await stateOf(core, id)).toBeUndefined();
  expect(await posted(core, 'proposals.dropped', id)).toEqual([]);
});

test('it is announced to those it is for: by level, and by what interests them', async () => {
  const people = await addPeople(core, 3);
  const [keen = host, other = host, silent = host] = people;
  const chief = await addActive(core, { name: 'Chief', level: 'chief executive' });
  const interest = (member: Member, theme: string) => ({
    member_id: member.id,
    framework: 'collective-leadership',
    theme,
  });
  await core.db
    .insertInto('interests')
    .values([interest(keen, 'inclusive-leadership'), interest(other, 'uncertain-world')])
    .execute();
  const id = await draft(core, host, { audience: 'level:director' });
  await ask(core, host, await announcing(core, host, id));
  const told = await posted(core, 'conversations.announcement', id);
  expect(told).toEqual([keen.id, silent.id]);
  expect(textOf(await ask(core, other, { kind: 'conversations.list' }))).toContain('Making room');
  expect(textOf(await ask(core, chief, { kind: 'conversations.sign-up', conversation: id }))).toContain('Directors');
});

test('of many, those told later are not told before their time, and near the start all are told at once', async () => {
  await addPeople(core, 12);
  const id = await draft(core, host);
  await ask(core, host, await announcing(core, host, id));
  await stage.settle();
  // Three for each of three seats.
  expect(stage.web.letters.filter(({ message }) => message.summary.includes('you can join'))).toHaveLength(9);
  stage.clock.set(new Date('2027-03-02T14:00:10Z'));
  await stage.settle();
  expect(stage.web.letters.filter(({ message }) => message.summary.includes('you can join'))).toHaveLength(12);

  stage.web.letters.length = 0;
  const soon = await draft(core, host, { title: 'Soon' });
  await ask(core, host, await announcing(core, host, soon, { date: '2027-03-03', time: '09:00' }));
  await stage.settle();
  expect(stage.web.letters.filter(({ message }) => message.heading === 'Soon')).toHaveLength(12);
});
