import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { propose as proposeAs } from '../../support/conversations.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import { addActive } from '../../support/people.ts';
import {
  type ActivityJson,
  addToRoster,
  createTeamsPerson,
  dialogSubmitted,
  executed,
  inChannel,
  submitted,
  typed,
} from '../../support/teams-activity.ts';
import { type Joined, openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const posted = ({ person }: Joined) => stage.rig.stub.messages(person.conversationId);
const later = (seconds: number) => stage.clock.set(new Date(stage.clock.now().getTime() + seconds * 1000));

/** The same activity, so many times at once. */
async function copies(joined: Joined, times: number, parts: ActivityJson) {
  return await Promise.all(Array.from({ length: times }, () => stage.post(joined.person, parts)));
}

async function propose(title: string): Promise<string> {
  const host = await addActive(stage.core, { name: 'Bo', permission: 'host' });
  const theme = 'collective-leadership/space-for-others';
  const when = { date: '2027-03-16', time: '10:00', minutes: '60', capacity: '3', link: 'https://meet.example/room' };
  await proposeAs(stage.core, host, { theme, title, about: 'Why?', ...when });
  await stage.settle();
  const row = stage.core.db.selectFrom('conversations').select('id').where('title', '=', title);
  return (await row.executeTakeFirstOrThrow()).id;
}

async function seats({ member }: Joined) {
  return await stage.core.db.selectFrom('seats').select('state').where('member_id', '=', member.id).execute();
}

/** As a process leaves it that dies while it works on what came in. */
async function cutOff(): Promise<void> {
  await stage.core.db.updateTable('received_events').set({ done_at: null }).execute();
}

test.each([
  ['Action.Execute', executed],
  ['Action.Submit', submitted],
])('of ten copies of one press at once (%s), one takes a seat, and one is told so', async (kind, press) => {
  const joined = await stage.join();
  const conversation = await propose(`Ten at once: ${kind}`);
  const { id } = posted(joined).at(-1) ?? { id: '' };
  const changesBefore = stage.rig.stub.callsTo(joined.person.conversationId).length;
  const data = { intent: { kind: 'conversations.sign-up', conversation } };
  const answers = await copies(joined, 10, { ...press(data, id), id: `press ${kind}` });
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  expect(await seats(joined)).toEqual([{ state: 'seated' }]);
  expect(stage.rig.stub.callsTo(joined.person.conversationId)).toHaveLength(changesBefore + 1);
  expect(JSON.stringify(posted(joined).at(-1))).toContain('You have a seat.');
  const bodies = answers.map(({ body }) => body);
  if (press === submitted) return expect(bodies.join('')).toBe('');
  expect(bodies.filter((body) => body.includes('You have a seat.'))).toHaveLength(1);
  expect(bodies.filter((body) => body.includes('We already have that.'))).toHaveLength(9);
});

test('of ten copies of one message at once, one is answered', async () => {
  const joined = await stage.join();
  const before = posted(joined).length;
  const answers = await copies(joined, 10, { ...typed('profile'), id: 'message' });
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['200 ']));
  expect(posted(joined)).toHaveLength(before + 1);
});

test('the same id in another conversation is another activity', async () => {
  const [one, other] = [await stage.join(), await stage.join()];
  for (const joined of [one, other]) {
    const before = posted(joined).length;
    await stage.post(joined.person, { ...typed('profile'), id: 'shared' });
    expect(posted(joined)).toHaveLength(before + 1);
  }
});

describe('something that did not come to its end', () => {
  test('because it failed is told so, and done when it comes again', async () => {
    const joined = await stage.join();
    const parts = { ...typed('journal'), id: 'fails' };
    const { db } = stage.core;
    await sql`alter table prompts rename to hidden`.execute(db);
    await stage.post(joined.person, parts);
    await sql`alter table hidden rename to prompts`.execute(db);
    expect(JSON.stringify(posted(joined).at(-1))).toContain('Something went wrong on our side.');
    await stage.post(joined.person, parts);
    expect(JSON.stringify(posted(joined).at(-1))).toContain('Your journal');
  });

  test('because the process died is left alone for a moment, and then done when it comes again', async () => {
    const joined = await stage.join();
    const parts = { ...typed('profile'), id: 'dies' };
    await stage.post(joined.person, parts);
    const before = posted(joined).length;
    await cutOff();
    const again = stage.post(joined.person, parts);
    const looked = sql<{ n: string }>`select count(*) as n from received_events where done_at is null`;
    expect((await looked.execute(stage.core.db)).rows[0]?.n).not.toBe('0');
    expect(posted(joined)).toHaveLength(before);
    later(21);
    expect((await again).status).toBe(200);
    expect(posted(joined)).toHaveLength(before + 1);
  });

  test('and was a form, is taken when the person sends it again', async () => {
    const joined = await stage.join();
    const form = {
      completes: { kind: 'series.suggest-topic' },
      openedBy: { kind: 'series.open-topic', text: '' },
      fields: ['title', 'about', 'theme'],
      ticket: 'one-showing',
    };
    const send = (title: string) =>
      stage.post(joined.person, dialogSubmitted({ form, answer_title: title, answer_about: 'Why?' }));
    const topics = async () => await stage.core.db.selectFrom('topics').select('title').execute();
    await stage.core.db.schema.alterTable('topics').renameTo('hidden').execute();
    expect((await send('Trust')).body).toContain('Something went wrong on our side.');
    await stage.core.db.schema.alterTable('hidden').renameTo('topics').execute();
    await send('Trust');
    // What makes something new is made once, whatever it says the second time.
    await Promise.all([send('Trust'), send('Trust and more')]);
    expect(await topics()).toEqual([{ title: 'Trust' }]);
    await cutOff();
    later(21);
    await send('Trust, again');
    expect(await topics()).toHaveLength(2);
  });
});

describe('what left nothing behind is done again when Teams delivers it again:', () => {
  const suggestion = {
    completes: { kind: 'series.suggest-topic' },
    openedBy: { kind: 'series.open-topic', text: '' },
    fields: ['title', 'about', 'theme'],
    ticket: 'a-showing',
  };

  test.each([
    ['in private', (_joined: Joined, parts: ActivityJson) => parts],
    ['in a channel', ({ person }: Joined, parts: ActivityJson) => inChannel(person, parts)],
  ])('a form with mistakes, %s', async (where, put) => {
    const joined = await stage.join();
    const send = async (title: string, id: string) => {
      const form = { ...suggestion, ticket: `mistakes ${where}` };
      const parts = { ...dialogSubmitted({ form, answer_title: title, answer_about: 'Why?' }), id };
      return await stage.post(joined.person, put(joined, parts));
    };
    for (const _ of [1, 2]) {
      expect(JSON.parse((await send('', 'mistaken')).body)).toMatchObject({ task: { type: 'continue' } });
    }
    const title = `Without mistakes, ${where}`;
    expect((await send(title, 'right')).body).toContain('Thank you');
    expect((await send(title, 'right')).body).toContain('We already have that.');
    const topics = stage.core.db.selectFrom('topics').select('title').where('title', '=', title);
    expect(await topics.execute()).toHaveLength(1);
  });

  test('a press in a dialog that shows more', async () => {
    const joined = await stage.join();
    const parts = { ...dialogSubmitted({ intent: { kind: 'reflections.journal' }, from: 0 }), id: 'more' };
    for (const _ of [1, 2]) {
      expect(JSON.parse((await stage.post(joined.person, parts)).body)).toMatchObject({ task: { type: 'continue' } });
    }
  });

  test.each([
    ['with a ticket', 'refused-showing'],
    ['from a card without one', ''],
  ])('a form that is refused, %s', async (name, ticket) => {
    const { id, email } = await addMember(stage.core);
    const person = createTeamsPerson(email);
    addToRoster(stage.rig.stub, person);
    const title = `Refused at first, ${name}`;
    const form = { ...suggestion, ticket };
    const parts = { ...dialogSubmitted({ form, answer_title: title, answer_about: 'Why?' }), id: `refused ${ticket}` };
    for (const _ of [1, 2]) expect((await stage.post(person, parts)).body).toContain('You have not joined');
    await stage.post(person, typed('join'));
    await endJoining(stage.core, id);
    expect((await stage.post(person, parts)).body).toContain('Thank you');
  });

  test('but a press in a dialog that changed something is not', async () => {
    const joined = await stage.join();
    const conversation = await propose('Pressed in a dialog');
    const data = { intent: { kind: 'conversations.sign-up', conversation } };
    const parts = { ...dialogSubmitted(data), id: 'in a dialog' };
    expect((await stage.post(joined.person, parts)).body).toContain('You have a seat.');
    expect((await stage.post(joined.person, parts)).body).toContain('We already have that.');
    expect(await seats(joined)).toEqual([{ state: 'seated' }]);
  });
});

test('what we keep of what came in says nothing of who sent it', async () => {
  const joined = await stage.join();
  await stage.post(joined.person, { ...typed('profile'), id: 'sent by whom' });
  await stage.post(joined.person, inChannel(joined.person, { ...typed('profile'), id: 'sent by whom in a channel' }));
  const rows = await stage.core.db.selectFrom('received_events').select('event_id').execute();
  const { conversationId, objectId, userId } = joined.person;
  for (const known of [conversationId, objectId, userId, 'sent by whom']) {
    expect(JSON.stringify(rows)).not.toContain(known);
  }
});
