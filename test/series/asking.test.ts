import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { eraseMember } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { leave } from '../../src/network/service.ts';
import { comingSlots } from '../../src/series/coming.ts';
import { seriesDue } from '../../src/series/due.ts';
import { addHost, addPeople } from '../support/conversations.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../support/people.ts';
import { askedNow, setSeries, slotsOf, suggest } from '../support/series.ts';

const inclusive = 'collective-leadership/inclusive-leadership';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let convener: Member;
let ada: Member;
let ben: Member;
let people: readonly Member[];

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound('web');
  convener = await addActive(core, { name: 'Carol', permission: 'convener' });
  ada = await addHost(core, 'Ada');
  ben = await addHost(core, 'Ben');
  // So that she is asked last, and he after Ada.
  await hasHosted(convener, 2);
  await hasHosted(ben, 1);
  people = await addPeople(core, 3);
});
afterEach(() => stage.close());

async function hasHosted(member: Member, times: number): Promise<void> {
  for (let index = 1; index <= times; index += 1) {
    const startsAt = new Date(core.clock.now().getTime() - index * 30 * 24 * 3_600_000);
    const id = crypto.randomUUID();
    const row = { id, host_id: member.id, theme: inclusive, title: 'Past', about: 'Past', zone: 'Europe/London' };
    const rest = { minutes: 60, capacity: 8, link: 'https://meet.example', starts_at: startsAt, created_at: startsAt };
    await core.db
      .insertInto('conversations')
      .values({ ...row, ...rest, cancelled_at: null })
      .execute();
  }
}

async function at(moment: string): Promise<void> {
  stage.clock.set(new Date(moment));
  await settleAll(core, new Map([[web.platform, web]]));
}

async function person(index: number): Promise<Member> {
  const found = people[index];
  if (found === undefined) throw new Error('Nobody');
  return found;
}

/** The first slot is on 30 March at 12:30 in London; its topic is chosen at 10am on 9 March. */
async function chosen(theme = inclusive): Promise<{ readonly slot: string; readonly topic: string }> {
  const topic = await suggest(core, await person(0), 'Saying no', theme);
  await ask(core, await person(1), { kind: 'series.vote', topic });
  await setSeries(core, convener);
  await at('2027-03-09T10:00Z');
  const [slot] = await slotsOf(core);
  return { slot: slot?.id ?? '', topic };
}

const yes = (member: Member, slot: string, theme = inclusive) =>
  ask(core, member, { kind: 'series.say-yes', slot, theme });
const no = (member: Member, slot: string) => ask(core, member, { kind: 'series.say-no', slot });
const stateOf = async (slot: string) => (await slotsOf(core)).find(({ id }) => id === slot)?.state;
const conversations = () =>
  core.db.selectFrom('conversations').selectAll().where('starts_at', '>', core.clock.now()).execute();

test('the topic most people want is chosen three weeks before, and the host who hosted least is asked, once', async () => {
  await suggest(core, await person(2), 'Less wanted');
  const { slot, topic } = await chosen();
  expect(await slotsOf(core)).toMatchObject([
    { day: '2027-03-30T11:30', state: 'asking', topic },
    { day: '2027-04-13T11:30', state: 'open', topic: null },
    { day: '2027-04-27T11:30', state: 'open', topic: null },
  ]);
  expect(await askedNow(core)).toEqual(['Ada']);
  expect(saidTo(web, ada).filter((said) => said.includes('Could you host it'))).toHaveLength(1);
  const said = JSON.stringify(web.letters.filter(({ account }) => account.user === ada.id));
  expect(said).not.toContain((await person(0)).name);
  for (const due of ['series.choose', 'series.ask-ends', 'series.plan'] as const) {
    await core.db
      .transaction()
      .execute((tx) => seriesDue(core, tx, { kind: due, subject: slot, at: core.clock.now() }));
  }
  expect(await askedNow(core)).toEqual(['Ada']);
  expect((await comingSlots(core.db, core.clock.now()))[0]).toMatchObject({
    name: 'Your agenda',
    minutes: 60,
    zone: 'Europe/London',
    state: 'asking',
    topic: 'Saying no',
  });
});

test('a yes announces the conversation at the time of the series; whoever wanted it is told once, nobody else', async () => {
  const { slot, topic } = await chosen();
  expect(textOf(await yes(ada, slot))).toContain('You are hosting');
  const [made] = await conversations();
  expect(made).toMatchObject({ host_id: ada.id, title: 'Saying no', minutes: 60, capacity: 8, per_council: 2 });
  expect(made?.starts_at).toEqual(new Date('2027-03-30T11:30Z'));
  expect(await core.db.selectFrom('topics').select('conversation_id').where('id', '=', topic).execute()).toEqual([
    { conversation_id: made?.id },
  ]);
  expect((await slotsOf(core))[0]).toMatchObject({ state: 'hosted', conversation: made?.id });
  expect((await comingSlots(core.db, core.clock.now())).map(({ id }) => id)).not.toContain(slot);
  // Again, and by somebody else.
  expect(textOf(await yes(ada, slot))).toContain('You are hosting');
  expect(textOf(await yes(ben, slot))).toContain('has a host already');
  expect(textOf(await no(ada, slot))).toContain('hand it over');
  await at('2027-03-09T10:05Z');
  const wanted = 'A topic you wanted has a host';
  const told = web.letters.filter(({ message }) => message.heading === wanted).map(({ account }) => account.user);
  expect(told.toSorted()).toEqual([(await person(0)).id, (await person(1)).id].toSorted());
  const [one, other] = web.letters.filter(({ message }) => message.heading === wanted).map(({ message }) => message);
  expect(one).toEqual(other);
  expect(await conversations()).toHaveLength(1);
});

test('two who press at once, one twice: one conversation', async () => {
  const { slot } = await chosen();
  await Promise.all([yes(ada, slot), yes(ben, slot), yes(ada, slot), yes(convener, slot)]);
  expect(await conversations()).toHaveLength(1);
  expect(await askedNow(core)).toEqual([]);
});

test('a no asks the next at once, and so does the time that passes; whoever is late may still say yes', async () => {
  const { slot } = await chosen();
  await no(ada, slot);
  expect(await askedNow(core)).toEqual(['Ben']);
  expect(textOf(await no(ada, slot))).toContain('Thank you for telling us');
  expect(await askedNow(core)).toEqual(['Ben']);
  // Two working days.
  await at('2027-03-11T09:59Z');
  expect(await askedNow(core)).toEqual(['Ben']);
  await at('2027-03-11T10:00Z');
  expect(await askedNow(core)).toEqual(['Carol']);
  expect(textOf(await yes(ben, slot))).toContain('You are hosting');
  expect(await conversations()).toMatchObject([{ host_id: ben.id }]);
});

test('nobody left: the slot is empty, the topic open again, conveners told once, and one of them can step in', async () => {
  const { slot, topic } = await chosen();
  for (const host of [ada, ben, convener]) await no(host, slot);
  expect(await stateOf(slot)).toBe('empty');
  await at('2027-03-12T12:00Z');
  expect(saidTo(web, convener).filter((said) => said.startsWith('We found no host'))).toHaveLength(1);
  expect(saidTo(web, ada).filter((said) => said.startsWith('We found no host'))).toEqual([]);
  const page = textOf(await ask(core, ben, { kind: 'series.topics' }));
  expect(page).toContain(`{"kind":"series.host-topic","topic":"${topic}"}`);
  expect(textOf(await yes(convener, slot))).toContain('You are hosting');
  expect(await stateOf(slot)).toBe('hosted');
});

test('no topic at all: the slot is empty and conveners are told once; hosts are asked nothing', async () => {
  await setSeries(core, convener);
  await at('2027-03-09T10:00Z');
  await at('2027-03-09T10:01Z');
  expect((await slotsOf(core))[0]?.state).toBe('empty');
  expect(await askedNow(core)).toEqual([]);
  expect(saidTo(web, convener).filter((said) => said.startsWith('Nobody has suggested a topic'))).toHaveLength(1);
});

test('a slot that is near is asked for at once, and with less than three days left nobody is', async () => {
  const topic = await suggest(core, await person(0), 'Saying no', inclusive);
  await setSeries(core, convener, { firstDay: '2027-03-05', weekday: '5', at: '11:00', everyWeeks: '12' });
  await at('2027-03-02T12:00Z');
  expect((await slotsOf(core))[0]).toMatchObject({ day: '2027-03-05T11:00', state: 'empty', topic });
  await setSeries(core, convener, { name: 'Next week', firstDay: '2027-03-08', weekday: '1' });
  await at('2027-03-02T12:01Z');
  expect((await slotsOf(core)).find(({ day }) => day === '2027-03-08T12:30')).toMatchObject({ state: 'asking', topic });
});

test('a topic belongs to one date at a time; of a theme that nobody named, the host chooses one', async () => {
  const { slot } = await chosen('none');
  await at('2027-03-23T10:00Z');
  const [first, second] = await slotsOf(core);
  expect([first?.state, second?.state]).toEqual(['asking', 'empty']);
  expect(await yes(ada, slot, 'no-such/theme')).toMatchObject({ kind: 'invalid', problems: [{ field: 'theme' }] });
  const form = await ask(core, ada, { kind: 'series.open-yes', slot });
  expect(form).toMatchObject({ kind: 'form', form: { completes: { kind: 'series.say-yes', slot } } });
  await yes(ada, slot);
  expect(await conversations()).toMatchObject([{ theme: inclusive }]);
});

test('paused hosts, those of councils outside and those who host at that time are not asked', async () => {
  const until = new Date('2027-04-01T00:00Z');
  await core.db.updateTable('members').set({ conversations_paused_until: until }).where('id', '=', ada.id).execute();
  const away = await addActive(core, { name: 'Away', permission: 'host', council: 'Outside' });
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('name', '=', 'Outside').execute();
  expect(away.permission).toBe('host');
  await chosen();
  expect(await askedNow(core)).toEqual(['Ben']);
});

test('whoever suggested it is asked last', async () => {
  await suggest(core, ada, 'Saying no', inclusive);
  await setSeries(core, convener);
  await at('2027-03-09T10:00Z');
  expect(await askedNow(core)).toEqual(['Ben']);
});

test('a hosted one is cancelled: the next host is asked for the same topic, or it is empty when it is late', async () => {
  const { slot, topic } = await chosen();
  await yes(ada, slot);
  const [made] = await conversations();
  await ask(core, ada, { kind: 'conversations.cancel', conversation: made?.id ?? '', reason: 'Ill' });
  expect((await slotsOf(core))[0]).toMatchObject({ state: 'asking', topic, conversation: null });
  expect(await askedNow(core)).toEqual(['Ben']);
  expect(textOf(await no(ada, slot))).toContain('Thank you for telling us');
  await yes(ben, slot);
  await at('2027-03-28T12:00Z');
  const last = (await conversations()).find(({ cancelled_at: cancelled }) => cancelled === null);
  await ask(core, ben, { kind: 'conversations.cancel', conversation: last?.id ?? '', reason: '' });
  expect(await stateOf(slot)).toBe('empty');
  await at('2027-03-28T12:01Z');
  expect(saidTo(web, convener).filter((said) => said.startsWith('We found no host'))).toHaveLength(1);
});

test('a host leaves while they are asked, or is erased after a yes: the next is asked, and nothing dangles', async () => {
  const { slot, topic } = await chosen();
  await leave(core, ada);
  expect(await askedNow(core)).toEqual(['Ben']);
  await yes(ben, slot);
  await core.db.transaction().execute((tx) => eraseMember(core, tx, ben.id, 'asked'));
  expect((await slotsOf(core))[0]).toMatchObject({ state: 'asking', topic, conversation: null });
  expect(await askedNow(core)).toEqual(['Carol']);
});

test('a host is erased while they are asked: the next is asked', async () => {
  await chosen();
  await core.db.transaction().execute((tx) => eraseMember(core, tx, ada.id, 'asked'));
  expect(await askedNow(core)).toEqual(['Ben']);
});

test('whoever suggested it is erased while a host is asked: the next topic is chosen, and the host asked about that', async () => {
  const { slot } = await chosen();
  const other = await suggest(core, await person(2), 'Second best', inclusive);
  await core.db.transaction().execute(async (tx) => void (await eraseMember(core, tx, people[0]?.id ?? '', 'asked')));
  expect((await slotsOf(core))[0]).toMatchObject({ id: slot, state: 'asking', topic: other });
  expect(await askedNow(core)).toEqual(['Ada']);
  await core.db.transaction().execute(async (tx) => void (await eraseMember(core, tx, people[2]?.id ?? '', 'asked')));
  expect((await slotsOf(core))[0]).toMatchObject({ id: slot, state: 'empty', topic: null });
  expect(await askedNow(core)).toEqual([]);
  expect(await core.db.selectFrom('topic_votes').selectAll().execute()).toEqual([]);
});

test('where conveners approve, the slot waits for them; what is dropped is asked for again', async () => {
  await core.db.updateTable('network').set({ proposals_need_approval: true }).execute();
  const { slot, topic } = await chosen();
  expect(textOf(await yes(ada, slot))).toContain('A convener looks at it');
  expect((await slotsOf(core))[0]).toMatchObject({ state: 'hosted', topic, conversation: null });
  expect(await conversations()).toEqual([]);
  await at('2027-03-10T03:00Z');
  expect(await stateOf(slot)).toBe('hosted');
  const { id } = await core.db.selectFrom('proposals').select('id').executeTakeFirstOrThrow();
  await ask(core, ada, { kind: 'proposals.drop', proposal: id });
  expect(await stateOf(slot)).toBe('asking');
  expect(await askedNow(core)).toEqual(['Ben']);
  // In whatever other way it went, it is seen in the night.
  await yes(ben, slot);
  await core.db.deleteFrom('proposals').execute();
  await at('2027-03-11T03:00Z');
  expect(await askedNow(core)).toEqual(['Carol']);
  // What a convener lets through is the conversation of that date.
  await core.db
    .updateTable('members')
    .set({ permission: 'host' })
    .where('id', '=', people[2]?.id ?? '')
    .execute();
  const late = await person(2);
  expect(textOf(await yes(late, slot))).toContain('A convener looks at it');
  const waiting = await core.db.selectFrom('proposals').select(['id', 'revision']).executeTakeFirstOrThrow();
  const approve = { kind: 'proposals.approve', proposal: waiting.id, revision: String(waiting.revision) } as const;
  await ask(core, convener, approve);
  expect((await slotsOf(core))[0]).toMatchObject({ state: 'hosted', topic, conversation: waiting.id });
});

test('a topic whose time in the store is over while a host is asked about it: a no or the time chooses another', async () => {
  const { slot, topic } = await chosen();
  const other = await suggest(core, await person(2), 'Second best', inclusive);
  await core.db.deleteFrom('topics').where('id', '=', topic).execute();
  expect(textOf(await yes(ada, slot))).toContain('No topic has been chosen');
  await no(ada, slot);
  expect((await slotsOf(core))[0]).toMatchObject({ id: slot, state: 'asking', topic: other });
  expect(await askedNow(core)).toEqual(['Ben']);
});
