import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { addPeople, type ConversationStage, openConversations } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, saidTo, textOf } from '../support/people.ts';
import { announced, draft, formOf, messageOf, plan, posted, stateOf, words } from './stage.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let people: readonly Member[];
beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  host = stage.host;
  people = await addPeople(core, 4);
  await stage.settle();
  stage.web.letters.length = 0;
});
afterEach(() => stage.close());

const noTimes = { date3: '', time3: '', date4: '', time4: '', date5: '', time5: '' };
const two = { date1: '2027-03-16', time1: '10:00', date2: '2027-03-18', time2: '15:30' };

async function askAbout(id: string, times: Partial<typeof two> = {}): Promise<void> {
  const { completes } = formOf(await ask(core, host, { kind: 'proposals.open-times', proposal: id, revision: '' }));
  const revision = completes['revision'] ?? '';
  const asked = { proposal: id, revision, minutes: '45', ...noTimes, ...two, ...times };
  messageOf(await ask(core, host, { kind: 'proposals.ask-times', ...asked }));
}

/** The ids of the times that are asked about, in order. */
async function timesOf(id: string): Promise<readonly string[]> {
  const rows = core.db.selectFrom('proposal_times').select('id').where('proposal_id', '=', id).orderBy('starts_at');
  return (await rows.execute()).map((row) => row.id);
}

async function answer(member: Member, proposal: string, times: readonly string[]): Promise<string> {
  return textOf(await ask(core, member, { kind: 'proposals.answer', proposal, times: times.join(',') }));
}

/** Chooses a time as a host does: from the page, by its button. */
async function choose(id: string, time: string, changed: Partial<typeof plan> = {}): Promise<string> {
  const form = formOf(await ask(core, host, { kind: 'proposals.open-when', proposal: id, time, at: '', revision: '' }));
  const field = (name: string) => form.fields.find((one) => one.name === name)?.value ?? '';
  const revision = form.completes['revision'] ?? '';
  const filled = { ...plan, date: field('date'), time: field('time'), minutes: field('minutes'), ...changed };
  return textOf(await ask(core, host, { kind: 'proposals.announce', proposal: id, revision, ...filled }));
}

test('those it is for are asked, in their own zone; the host alone sees who can come, and the best time first', async () => {
  const abroad = await addActive(core, { name: 'Ada Abroad', zone: 'America/New_York' });
  const [one = host, another = host, third = host, paused = host] = people;
  await ask(core, paused, pauseUntil('2027-03-30'));
  const elsewhere = await addActive(core, { name: 'Interested elsewhere' });
  const interest = { member_id: elsewhere.id, framework: 'collective-leadership', theme: 'uncertain-world' };
  await core.db.insertInto('interests').values(interest).execute();
  const id = await draft(core, host);
  await askAbout(id);
  await stage.settle();
  expect(await stateOf(core, id)).toBe('polling');
  const asked = stage.web.letters.filter(({ message }) => message.summary.startsWith('When could you come'));
  expect(asked.map(({ account }) => account.user).toSorted()).toEqual(
    [one, another, third, abroad].map((member) => member.id).toSorted(),
  );
  const theirs = asked.find(({ account }) => account.user === abroad.id);
  expect(JSON.stringify(theirs?.message)).toContain('6am to 6:45am on Tuesday 16 March (New York time)');

  const [tuesday = '', thursday = ''] = await timesOf(id);
  const form = formOf(await ask(core, abroad, { kind: 'proposals.open-answer', proposal: id }));
  expect(JSON.stringify(form.fields)).toContain('11:30am to 12:15pm on Thursday 18 March (New York time)');
  await answer(one, id, [tuesday]);
  await answer(another, id, [tuesday, thursday]);
  await answer(third, id, []);
  await answer(abroad, id, [tuesday]);
  // Changed: the last answer holds.
  expect(await answer(abroad, id, [thursday])).toContain('11:30am');
  await answer(one, id, [thursday]);

  const page = await ask(core, host, { kind: 'proposals.times', proposal: id });
  const cards = page.kind === 'page' ? page.page.cards.map(({ summary }) => summary) : [];
  expect(cards.slice(0, 2)).toEqual([
    '3 people can come: 3:30pm to 4:15pm on Thursday 18 March.',
    '1 person can come: 10am to 10:45am on Tuesday 16 March.',
  ]);
  expect(textOf(page)).toContain('4 people have answered. 1 of them can come at none of these times.');
  expect(textOf(page)).toContain('Director of Place, Council 0');
  expect(textOf(page)).not.toContain('Person 0');
  expect(textOf(await ask(core, one, { kind: 'proposals.times', proposal: id }))).toContain('Only hosts');
});

test('once all who were asked have answered, or a day later, the host is told once that answers are in', async () => {
  const told = () => saidTo(stage.web, host).filter((said) => said.includes('said'));
  const id = await draft(core, host);
  await askAbout(id);
  const [tuesday = ''] = await timesOf(id);
  for (const member of people.slice(1)) await answer(member, id, [tuesday]);
  await stage.settle();
  expect(told()).toEqual([]);
  await answer(people[0] ?? host, id, []);
  await answer(people[0] ?? host, id, [tuesday]);
  await stage.settle();
  expect(told()).toEqual(['“Making room”: 4 people have said when they could come.']);
  const message = stage.web.letters.find(({ message }) => message.summary === told()[0])?.message;
  expect(JSON.stringify(message?.buttons)).toContain('"proposals.times"');

  // Asked about other times half a day later, they have a day from then.
  const at = async (moment: string) => {
    stage.clock.set(new Date(moment));
    await settleAll(core, stage.outbounds);
    await settleAll(core, stage.outbounds);
  };
  await at('2027-03-03T00:00:00Z');
  await askAbout(id, { time1: '11:00' });
  await at('2027-03-03T23:00:00Z');
  expect(told()).toHaveLength(1);
  await at('2027-03-04T09:00:00Z');
  expect(told().slice(1)).toEqual(['“Making room”: nobody has said yet when they could come.']);
  for (const member of people) await answer(member, id, []);
  await at('2027-03-04T12:00:00Z');
  expect(told()).toHaveLength(2);
});

test('chosen, those who could come are told first and so; the others hear of it like everybody; then answers are over', async () => {
  const [could = host, only = host, paused = host, silent = host] = people;
  const id = await draft(core, host);
  await askAbout(id);
  const [tuesday = '', thursday = ''] = await timesOf(id);
  for (const member of [could, paused]) await answer(member, id, [tuesday]);
  await answer(only, id, [thursday]);
  await ask(core, paused, pauseUntil('2027-03-30'));
  stage.web.letters.length = 0;

  expect(await choose(id, tuesday)).toContain('We are announcing your conversation');
  await stage.settle();
  for (const member of [could, paused]) {
    expect(saidTo(stage.web, member)).toEqual([
      'You said you could come: “Making room”, 10am to 10:45am on Tuesday 16 March.',
    ]);
  }
  for (const member of [only, silent]) {
    expect(saidTo(stage.web, member)).toEqual([
      'A conversation you can join: “Making room”, 10am to 10:45am on Tuesday 16 March.',
    ]);
  }
  expect(await answer(only, id, [tuesday])).toContain('has chosen a time');
  // Nobody is taken to have a seat.
  expect(await core.db.selectFrom('seats').selectAll().execute()).toEqual([]);
  expect(textOf(await ask(core, host, { kind: 'proposals.mine' }))).not.toContain('Making room');
});

test('among many, who could come is told at once, and the rest in their turn', async () => {
  const many = await addPeople(core, 20);
  const id = await draft(core, host);
  await askAbout(id);
  const [tuesday = ''] = await timesOf(id);
  for (const member of many.slice(10)) await answer(member, id, [tuesday]);
  await choose(id, tuesday);
  const now = core.clock.now();
  const rows = await core.db
    .selectFrom('deliveries')
    .select(['member_id', 'not_before'])
    .where('kind', '=', 'conversations.announcement')
    .execute();
  expect(rows).toHaveLength(24);
  const atOnce = rows.filter(({ not_before }) => not_before <= now).map(({ member_id }) => member_id);
  for (const member of many.slice(10)) expect(atOnce).toContain(member.id);
  // Nine of the others: three for each seat.
  expect(atOnce).toHaveLength(19);
});

test('dropped, everyone who answered is told once, and nobody else; so it is when its host leaves or is erased', async () => {
  const endings = [
    (id: string) => ask(core, host, { kind: 'proposals.drop', proposal: id }),
    () => ask(core, host, { kind: 'network.confirm-leave' }),
    () => ask(core, host, { kind: 'network.confirm-erase' }),
  ];
  const [yes = host, none = host] = people;
  for (const [index, end] of endings.entries()) {
    if (index > 0) host = await addActive(core, { name: `Host ${index}`, permission: 'host' });
    const id = await draft(core, host, { title: `Ends ${index}` });
    await askAbout(id);
    const [tuesday = ''] = await timesOf(id);
    await answer(yes, id, [tuesday]);
    await answer(none, id, []);
    await stage.settle();
    stage.web.letters.length = 0;
    await end(id);
    await stage.settle();
    await stage.settle();
    const text = index === 2 ? 'A conversation that you were asked about' : `The conversation “Ends ${index}”`;
    const told = stage.web.letters.filter(({ message }) => message.heading.startsWith('Dropped'));
    expect(told.map(({ account }) => account.user).toSorted()).toEqual([yes.id, none.id].toSorted());
    expect(told.every(({ message }) => message.summary === `${text} will not take place.`)).toBe(true);
    expect(await core.db.selectFrom('time_answers').selectAll().execute()).toEqual([]);
    const inboxes = await core.db.selectFrom('web_inbox').select('message').execute();
    if (index === 2) expect(JSON.stringify(inboxes)).not.toContain('Ends 2');
  }
});

test('asked about other times, people answer anew; whom it is not for, and the host, are not let answer', async () => {
  const [one = host] = people;
  const chief = await addActive(core, { name: 'Chief', level: 'chief executive' });
  const id = await draft(core, host, { audience: 'level:director' });
  await askAbout(id);
  const before = await timesOf(id);
  await answer(one, id, before);
  await askAbout(id, { date1: '2027-03-23' });
  expect((await posted(core, 'proposals.which-time', id)).filter((member) => member === one.id)).toHaveLength(2);
  expect(await core.db.selectFrom('time_ticks').selectAll().execute()).toEqual([]);
  expect(await answer(one, id, before.slice(0, 1))).toContain('Choose from the list');
  expect(await answer(chief, id, [])).toContain('is for other people');
  expect(await answer(host, id, [])).toContain('You asked about these times');
});

test('an answer that comes while the host chooses waits, and is told that it is too late', async () => {
  const [one = host, late = host] = people;
  const id = await draft(core, host);
  await askAbout(id);
  const [tuesday = ''] = await timesOf(id);
  await answer(one, id, [tuesday]);
  let pressed: Promise<unknown> = Promise.resolve();
  await core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('proposals').select('id').where('id', '=', id).forUpdate().execute();
    pressed = answer(late, id, [tuesday]);
    await untilWaiting(core, tx, 1, pressed);
    await tx.updateTable('proposals').set({ state: 'announced' }).where('id', '=', id).execute();
  });
  expect(await pressed).toContain('has chosen a time');
  expect(await core.db.selectFrom('time_ticks').select('member_id').execute()).toEqual([{ member_id: one.id }]);
  expect(await announced(core)).toEqual([]);
});

test('once people are asked, a host can change the words, and no longer who it is for', async () => {
  const id = await draft(core, host);
  await askAbout(id);
  const opened = await ask(core, host, { kind: 'proposals.open-words', proposal: id, revision: '' });
  const change = {
    kind: 'proposals.words',
    proposal: id,
    revision: formOf(opened).completes['revision'] ?? '',
  } as const;
  const others = await ask(core, host, { ...change, ...words, audience: 'level:director' });
  expect(others).toMatchObject({ kind: 'invalid', problems: [{ field: 'audience' }] });
  expect(messageOf(await ask(core, host, { ...change, ...words, title: 'Other words' })).summary).toContain(
    'Other words',
  );
});
