import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import {
  addHost,
  addPeople,
  type ConversationStage,
  fullHouse,
  openConversations,
  propose,
  signUp,
} from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { edit, filled, formOf, openEdit, stored } from '../support/edits.ts';
import { addActive, ask, type RecordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let web: RecordingOutbound;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, web } = stage);
});
afterEach(() => stage.close());

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, stage.outbounds);
}

async function posted(kind: string): Promise<number> {
  const rows = await core.db.selectFrom('deliveries').select(['id', 'kind']).execute();
  return rows.filter((row) => row.kind === kind).length;
}

const moved = '“Making room” has changed: it is now 2pm to 3:30pm on Wednesday 17 March.';
const later = { date: '2027-03-17', time: '14:00', minutes: '90' };

test('a move tells everyone with a place once, whatever they have, and nobody else; calendars follow', async () => {
  const { id, people } = await fullHouse(stage);
  const [first = host, second = host] = people;
  // The fourth is offered the seat of the first, and has a place of the third kind.
  await ask(core, first, { kind: 'conversations.withdraw', conversation: id });
  const outsider = await addActive(core, { name: 'Oda Outside' });
  const invited = await posted('diary.invite');
  const reply = await edit(core, host, id, later);
  await stage.settle();
  await stage.settle();

  expect(textOf(reply)).toContain('We are telling 3 people.');
  const told = [...people.slice(1), outsider, first, host].map((member) =>
    saidTo(web, member).filter((said) => said.includes('has changed')),
  );
  expect(told).toEqual([[moved], [moved], [moved], [], [], []]);
  const said = web.letters.find(({ account }) => account.user === second.id)?.message;
  expect(JSON.stringify(said)).toContain('You still have your seat.');
  expect(JSON.stringify(said)).toContain('Give up my seat');
  expect(await stored(core, id)).toMatchObject({ revision: 2, sequence: 1, minutes: 90 });
  // Two with a seat, and the host.
  expect((await posted('diary.invite')) - invited).toBe(3);
});

test('two moves before the first could be sent are told as one, in words of the last', async () => {
  const { id, people } = await fullHouse(stage);
  await edit(core, host, id, { time: '12:00' });
  await edit(core, host, id, later);
  await stage.settle();
  for (const member of people) expect(saidTo(web, member)).toEqual([moved]);
  await edit(core, host, id, { time: '15:00' });
  await stage.settle();
  for (const member of people) expect(saidTo(web, member)).toHaveLength(2);
});

test('reminders follow a move: those of before do not come, and those that had come do so again', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await signUp(core, person, id);
  const reminders = () => saidTo(web, person).filter((said) => said.startsWith('Reminder'));
  for (const due of ['2027-03-09T10:00:00Z', '2027-03-15T10:00:00Z']) await at(due);
  expect(reminders()).toHaveLength(2);
  await edit(core, host, id, { date: '2027-03-30' });
  for (const passed of ['2027-03-16T09:50:00Z', '2027-03-23T08:59:00Z']) await at(passed);
  expect(reminders()).toHaveLength(2);
  for (const due of ['2027-03-23T09:00:00Z', '2027-03-29T09:00:00Z', '2027-03-30T08:45:00Z']) await at(due);
  expect(reminders().slice(2)).toEqual(Array(3).fill('Reminder: “Making room”, 10am to 11am on Tuesday 30 March.'));
  expect(saidTo(web, host).filter((said) => said.startsWith('You are hosting “'))).toHaveLength(2);
  for (const over of ['2027-03-30T10:00:00Z', '2027-03-30T10:00:10Z']) await at(over);
  const left = await core.db.selectFrom('agenda').select(['kind', 'due_at']).where('done_at', 'is', null).execute();
  expect(left.filter(({ kind }) => kind.startsWith('conversations.') || kind === 'afterwards.over')).toEqual([]);
});

test('a reminder that waits to be sent when it is moved is not sent, and comes when it is due again', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await signUp(core, person, id);
  stage.clock.set(new Date('2027-03-15T10:00:00Z'));
  await settleAll(core, new Map());
  await edit(core, host, id, { date: '2027-03-24' });
  await core.db.updateTable('deliveries').set({ status: 'pending', not_before: core.clock.now() }).execute();
  await settleAll(core, stage.outbounds);
  const reminders = () => saidTo(web, person).filter((said) => said.startsWith('Reminder'));
  expect(reminders()).toEqual([]);
  for (const due of ['2027-03-17T10:00:00Z', '2027-03-23T10:00:00Z']) await at(due);
  expect(reminders()).toHaveLength(2);
});

test('moved to within the last reminder, everyone with a seat has the link at once, once', async () => {
  const [person = host] = await addPeople(core, 1);
  const id = await propose(core, host);
  await signUp(core, person, id);
  stage.clock.set(new Date('2027-03-10T09:50:00Z'));
  await edit(core, host, id, { date: '2027-03-10' });
  await stage.settle();
  await at('2027-03-10T09:59:00Z');
  const links = web.letters.filter(({ message }) => JSON.stringify(message).includes('meet.example'));
  expect(links.map(({ account }) => account.user).toSorted()).toEqual([person.id, host.id].toSorted());
});

test('another link is sent again to those who have been sent the old one, and moves nothing', async () => {
  const { id, people } = await fullHouse(stage);
  const [first = host] = people;
  await edit(core, host, id, { link: 'https://meet.example/second' });
  await stage.settle();
  expect(saidTo(web, first)).toEqual([]);
  await at('2027-03-15T10:00:00Z');
  web.letters.length = 0;
  const reply = await edit(core, host, id, { link: 'https://meet.example/third' });
  expect(textOf(reply)).not.toContain('We are telling');
  await stage.settle();
  expect(web.letters.map(({ account }) => account.user).toSorted()).toEqual(
    people
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect(JSON.stringify(web.letters)).toContain('https://meet.example/third');
  expect(await stored(core, id)).toMatchObject({ revision: 3, sequence: 0 });

  // Where a convener changes it, its host needs the new one too.
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  web.letters.length = 0;
  await edit(core, convener, id, { link: 'https://meet.example/fourth' });
  await stage.settle();
  const theirs = web.letters.filter(({ account }) => account.user === host.id);
  expect(theirs).toHaveLength(1);
  expect(JSON.stringify(theirs)).toContain('https://meet.example/fourth');
});

test('of two who edit at once the second keeps what they wrote, sees what is otherwise now, and can go on', async () => {
  const { id, people } = await fullHouse(stage);
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  const theirs = await openEdit(core, convener, id);
  await edit(core, host, id, { title: 'Making more room', time: '11:00' });
  const reply = await ask(core, convener, filled(theirs, { about: 'Who is missing?' }));
  const again = formOf(reply);
  expect(await stored(core, id)).toMatchObject({ title: 'Making more room', about: 'Who is not in the room?' });
  expect(textOf(reply)).toContain('Somebody changed this conversation while you were writing.');
  const shown = again.fields.map(({ name, value, problem }) => [name, value, problem]);
  expect(shown.filter(([, , problem]) => problem !== '')).toEqual([
    ['title', 'Making room', 'Somebody has changed this meanwhile. It is now: Making more room'],
    ['about', 'Who is missing?', 'Somebody has changed this meanwhile. It is now: Who is not in the room?'],
    ['time', '10:00', 'Somebody has changed this meanwhile. It is now: 11:00'],
  ]);
  await stage.settle();
  web.letters.length = 0;

  const saved = await ask(core, convener, filled(again, { title: 'Making more room', time: '11:00' }));
  expect(textOf(saved)).toContain('We have saved your changes');
  expect(await stored(core, id)).toMatchObject({ title: 'Making more room', about: 'Who is missing?', revision: 3 });
  // Only the words: nobody is told, but it is written down that a convener did it.
  await stage.settle();
  for (const member of [...people, host]) expect(saidTo(web, member)).toEqual([]);
  const acts = await core.db.selectFrom('audit').select(['actor_id', 'action', 'subject', 'detail']).execute();
  expect(acts).toEqual([
    { actor_id: convener.id, action: 'conversation.changed', subject: id, detail: { fields: 'about' } },
  ]);
});

test('a form drawn anew after a mistake still says which state it was drawn from', async () => {
  const id = await propose(core, host);
  const form = await openEdit(core, host, id);
  await edit(core, host, id, { title: 'Other' });
  const drawn = formOf(await ask(core, host, form.openedBy));
  expect(drawn.completes).toEqual(form.completes);
  expect(formOf(await ask(core, host, filled(drawn, { title: 'Mine' }))).completes['revision']).toBe('2');
});

test('every mistake is named beside its answer, and nothing is changed', async () => {
  const { id } = await fullHouse(stage);
  await core.db.updateTable('conversations').set({ capacity: 5 }).execute();
  const more = await addPeople(core, 6);
  for (const member of more.slice(4)) await signUp(core, member, id);
  const nothing = { title: ' ', about: '', date: '2027-03-01', minutes: '5', link: '', place: '' };
  const first = await edit(core, host, id, { ...nothing, capacity: '4', perCouncil: '6' });
  expect(first.kind === 'invalid' && first.problems.map(({ field }) => field).toSorted()).toEqual(
    ['title', 'about', 'date', 'minutes', 'capacity', 'link'].toSorted(),
  );
  expect(textOf(first)).toContain('5 seats are taken or offered already. Enter 5 or more.');
  const second = await edit(core, host, id, { date: '2027-02-30', link: 'http://meet.example', capacity: '16' });
  expect(second.kind === 'invalid' && second.problems.map(({ field }) => field).toSorted()).toEqual([
    'capacity',
    'date',
    'link',
  ]);
  expect(await stored(core, id)).toMatchObject({ revision: 1, title: 'Making room' });
});

test('a limit for each council cannot be put below those it has', async () => {
  const id = await propose(core, host);
  for (const name of ['One', 'Two'])
    await signUp(core, await addActive(core, { name, council: 'Hull City Council' }), id);
  const reply = await edit(core, host, id, { perCouncil: '1' });
  expect(reply).toMatchObject({ kind: 'invalid', problems: [{ field: 'perCouncil' }] });
  expect(textOf(reply)).toContain('One council has 2 seats already.');
  expect((await edit(core, host, id, { perCouncil: '2' })).kind).toBe('message');
});

test('a time that comes twice, or never, is asked about; all other answers are kept', async () => {
  const id = await propose(core, host);
  const forward = formOf(await edit(core, host, id, { date: '2027-03-28', time: '01:30', title: 'Night shift' }));
  const clock = forward.fields.find(({ name }) => name === 'clock');
  expect(clock).toMatchObject({
    problem: 'Clocks go forward that night and skip 1:30am. Choose a time before or after that.',
    options: [
      { value: 'first', label: '12:30am on Sunday 28 March, before clocks go forward' },
      { value: 'second', label: '2:30am on Sunday 28 March, after clocks have gone forward' },
    ],
  });
  // Drawn anew, as a web page does when it is sent, it has the question still.
  expect(formOf(await ask(core, host, forward.openedBy)).fields.map(({ name }) => name)).toContain('clock');
  await ask(core, host, filled(forward, { clock: 'second' }));
  expect(await stored(core, id)).toMatchObject({ title: 'Night shift', starts_at: new Date('2027-03-28T01:30:00Z') });

  const back = formOf(await edit(core, host, id, { date: '2027-10-31', time: '01:30' }));
  expect(textOf({ kind: 'form', form: back })).toContain('so 1:30am comes twice. Choose which you mean.');
  await ask(core, host, filled(back, { clock: 'second' }));
  expect(await stored(core, id)).toMatchObject({ starts_at: new Date('2027-10-31T01:30:00Z') });
  // It is known which it is: whoever changes something else is not asked again.
  await edit(core, host, id, { title: 'Early shift' });
  expect(await stored(core, id)).toMatchObject({ title: 'Early shift', starts_at: new Date('2027-10-31T01:30:00Z') });
});

test('more seats go to those who wait, who are told; what changes nothing says so, and tells nobody', async () => {
  const { id, people } = await fullHouse(stage);
  const waiting = people[3] ?? host;
  expect(textOf(await edit(core, host, id, {}))).toContain('You changed nothing');
  await edit(core, host, id, { capacity: '5' });
  await stage.settle();
  expect(saidTo(web, waiting)).toEqual(['A seat came free and it is yours: “Making room”.']);
  expect(web.letters).toHaveLength(1);
  expect(await stored(core, id)).toMatchObject({ revision: 2, sequence: 0, capacity: 5 });
});

test('hosts change what they host, and nobody else’s; a convener anybody’s, and then the host is told of a move', async () => {
  const { id, people } = await fullHouse(stage);
  const other = await addHost(core, 'Olu Other');
  for (const member of [other, people[0] ?? other]) {
    const opened = await ask(core, member, {
      kind: 'conversations.open-edit',
      conversation: id,
      revision: '',
      asked: '',
    });
    expect(textOf(opened)).toContain('Only the host or a convener can do that.');
    const sent = await ask(core, member, filled(await openEdit(core, host, id), { title: 'Mine' }));
    expect(textOf(sent)).toContain('Only the host or a convener can do that.');
  }
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  expect(textOf(await edit(core, convener, id, later))).toContain('We are telling 5 people.');
  await stage.settle();
  expect(saidTo(web, host)).toEqual([moved]);
  expect(saidTo(web, convener).filter((said) => said.includes('Making room'))).toEqual([]);
  stage.clock.set(new Date('2027-03-17T14:00:00Z'));
  const late = await ask(core, host, { kind: 'conversations.open-edit', conversation: id, revision: '', asked: '' });
  expect(textOf(late)).toContain('already started');
});

test('of edits and sign-ups at the same moment, nobody who has a place is left untold', async () => {
  const people = await addPeople(core, 8);
  for (let round = 0; round < 4; round += 1) {
    const id = await propose(core, host, { title: `Round ${round}` });
    const form = await openEdit(core, host, id);
    const acts = people.map((member) => () => signUp(core, member, id));
    acts.splice(round * 2 + 1, 0, () => ask(core, host, filled(form, { time: '16:00' })));
    const replies = await Promise.all(acts.map((act) => act()));
    const sawOld = replies.filter((reply) => reply.kind === 'replace' && textOf(reply).includes('10am to 11am'));
    const told = core.db.selectFrom('deliveries').select('member_id').where('kind', '=', 'conversations.moved');
    // Whoever was before the move is told of it; whoever came after it saw the new time.
    expect(await told.where('subject', '=', id).execute()).toHaveLength(sawOld.length);
    expect(await stored(core, id)).toMatchObject({ starts_at: new Date('2027-03-16T16:00:00Z'), revision: 2 });
  }
});
