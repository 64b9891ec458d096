import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dialogOpened, dialogSubmitted, executed } from '../../support/teams-activity.ts';
import { type Joined, monday, openStage, type Stage } from './stage.ts';

const secret = 'I have not told my leader how tired the top team is.';

let stage: Stage;
let joined: Joined;

beforeEach(async () => {
  stage = await openStage();
  joined = await stage.join();
  stage.clock.set(monday);
  await stage.settle();
});
afterEach(() => stage.close());

/** All that Teams was ever given: every message as it was posted or changed, and every other call. */
function handedOver(): string {
  return JSON.stringify(stage.rig.stub.calls);
}

async function written(): Promise<readonly Buffer[]> {
  const rows = await stage.core.db.selectFrom('reflections').select('answer').execute();
  return rows.map((row) => row.answer);
}

describe('a reflection', () => {
  test('is written in a dialog, kept sealed, and never stands in a chat or the log', async () => {
    const { client } = joined;
    await client.press('Write your answer');
    expect(await client.dialog()).toContain('Only you can read this');
    await client.submit({ text: secret });
    expect(await client.dialog()).toBe('');
    expect((await client.messages()).join('\n')).toContain('We have saved your reflection.');
    const [sealed] = await written();
    expect(sealed?.includes('tired')).toBe(false);

    await client.press('Read your journal');
    expect(await client.dialog()).toContain(secret);
    await client.press('Change your answer');
    expect(await client.dialog()).toContain(secret);
    await client.type('journal');
    await client.type('reflect');
    expect(handedOver()).not.toContain('tired');
    expect(stage.rig.logged()).not.toContain('tired');
  });

  test('that is saved is said to be saved, though Teams takes no message then', async () => {
    await joined.client.press('Write your answer');
    stage.rig.stub.misbehave({ kind: 'answer', status: 429, code: 'Throttled' });
    await joined.client.submit({ text: secret });
    expect((await joined.client.messages()).at(-1)).toContain('We have saved your reflection.');
    expect(await written()).toHaveLength(1);
  });

  test('that has a mistake stays open with what was written, and is not kept', async () => {
    const { client } = joined;
    await client.press('Write your answer');
    await client.submit({ text: '   ' });
    expect(await client.dialog()).toContain('There is a problem');
    expect(await client.dialog()).toContain('Write something before you save it.');
    expect(await written()).toEqual([]);
    await client.submit({ text: secret });
    expect(await written()).toHaveLength(1);
  });

  test('of somebody else cannot be opened, however the button is forged', async () => {
    const other = await stage.join({ email: 'chidi@bristol.example' });
    await joined.client.press('Write your answer');
    await joined.client.submit({ text: secret });
    const { id } = await stage.core.db.selectFrom('prompts').select('id').executeTakeFirstOrThrow();
    const answer = await stage.post(other.person, dialogOpened({ intent: { kind: 'reflections.open', prompt: id } }));
    expect(JSON.parse(answer.body)).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('could not find that prompt') },
    });
  });

  test('that is asked for where no dialog can open comes as a button, not as text', async () => {
    await joined.client.press('Write your answer');
    await joined.client.submit({ text: secret });
    const answer = await stage.post(joined.person, executed({ intent: { kind: 'reflections.journal' } }, 'm1'));
    expect(answer.body).not.toContain('tired');
    expect(handedOver()).not.toContain('tired');
    expect((await joined.client.messages()).at(-1)).toContain('This opens in a window that only you can see.');
  });
});

describe('a dialog', () => {
  test('opened again is opened again: Teams may ask twice', async () => {
    const parts = { ...dialogOpened({ intent: { kind: 'network.open-pause' } }), id: 'same' };
    const first = await stage.post(joined.person, parts);
    expect(first.body).toContain('At most a year from today.');
    const second = await stage.post(joined.person, parts);
    // Each showing of a form has a ticket of its own.
    const withoutTicket = (body: string) => body.replace(/"ticket":"[\w-]+"/, '');
    expect(withoutTicket(second.body)).toBe(withoutTicket(first.body));
  });

  test('sent again is done once', async () => {
    const form = {
      completes: { kind: 'network.pause' },
      openedBy: { kind: 'network.open-pause' },
      fields: ['programmes', 'until'],
    };
    const parts = {
      ...dialogSubmitted({ form, answer_programmes: 'prompts,matching', answer_until: '2027-05-04' }),
      id: 'same',
    };
    expect((await stage.post(joined.person, parts)).body).toContain('We have paused prompts to reflect on and matches');
    expect((await stage.post(joined.person, parts)).body).toContain('We already have that.');
  });

  test('sent twice by an impatient finger is done once, and one with a mistake may be sent again as it stands', async () => {
    const showing = {
      completes: { kind: 'network.pause' },
      openedBy: { kind: 'network.open-pause' },
      fields: ['programmes', 'until'],
    };
    const sent = (ticket: string, until: string) =>
      stage.post(
        joined.person,
        dialogSubmitted({ form: { ...showing, ticket }, answer_programmes: 'prompts,matching', answer_until: until }),
      );
    for (const _ of [1, 2]) expect((await sent('one', '2027-01-01')).body).toContain('Choose a date after today.');
    expect((await sent('one', '2027-05-04')).body).toContain('We have paused prompts to reflect on and matches');
    expect((await sent('one', '2027-05-04')).body).toContain('We already have that.');
    expect((await sent('two', '2027-05-04')).body).toContain('We have paused prompts to reflect on and matches');
  });

  test('takes a number that a client sends as one, and an empty answer that it leaves out', async () => {
    const form = {
      completes: { kind: 'network.pause' },
      openedBy: { kind: 'network.open-pause' },
      fields: ['programmes', 'until'],
    };
    const empty = await stage.post(joined.person, dialogSubmitted({ form }));
    expect(empty.body).toContain('Choose at least one thing to pause.');
    const find = { completes: { kind: 'network.find' }, openedBy: { kind: 'network.open-find' }, fields: ['query'] };
    const number = await stage.post(joined.person, dialogSubmitted({ form: find, answer_query: 2 }));
    expect(number.body).toContain('Search again');
  });

  test.each([
    ['nothing', undefined],
    [
      'a form of another version',
      { form: { completes: { kind: 'network.gone' }, openedBy: { kind: 'network.help', asked: '' }, fields: [] } },
    ],
    [
      'fields that are none of ours',
      {
        form: { completes: { kind: 'network.pause' }, openedBy: { kind: 'network.open-pause' }, fields: ['__proto__'] },
      },
    ],
  ])('that carries %s is out of date', async (_name, data) => {
    const answer = await stage.post(joined.person, dialogSubmitted(data));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('out of date') },
    });
  });

  test('shows a page whose buttons work inside it', async () => {
    const { client } = joined;
    await client.type('conversations');
    await client.press('Open');
    expect(await client.dialog()).toContain('There are no conversations coming up.');
  });

  test('answers with more than a sentence in the chat', async () => {
    const before = stage.rig.stub.messages(joined.person.conversationId).length;
    const answer = await stage.post(joined.person, dialogSubmitted({ intent: { kind: 'network.profile' } }));
    expect(JSON.parse(answer.body)).toMatchObject({ task: { type: 'message' } });
    expect(stage.rig.stub.messages(joined.person.conversationId)).toHaveLength(before + 1);
    expect((await joined.client.messages()).join('\n')).toContain('Your profile');
  });
});
