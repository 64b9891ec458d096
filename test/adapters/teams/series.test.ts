import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Intent } from '../../../src/intents.ts';
import { type Form, question } from '../../../src/messages/form.ts';
import { does, facts, type Message, paragraph } from '../../../src/messages/message.ts';
import type { Reply } from '../../../src/messages/reply.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import type { MemberClient } from '../../support/member-client.ts';
import { playScript } from '../../support/scripted-replies.ts';
import {
  activityOf,
  addToRoster,
  createTeamsPerson,
  dialogOpened,
  inChannel,
  type TeamsPerson,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { openTeamsRig, type TeamsRig } from '../../support/teams-rig.ts';

vi.mock(import('../../../src/handle.ts'), async (original) => {
  const { scripted } = await import('../../support/scripted-replies.ts');
  const { handle, ...others } = await original();
  return { ...others, handle: scripted(handle) };
});

/* What comes of presses and forms whose answers are played: by people we know nothing about. */

let testCore: TestCore;
let rig: TeamsRig;

beforeAll(async () => {
  testCore = await openTestCore();
  rig = await openTeamsRig(testCore.core);
});
afterEach(() => {
  playScript(undefined);
  rig.stub.mend();
});
afterAll(async () => {
  await rig.close();
  await testCore.close();
});

const join: Intent = { kind: 'network.join' };
const done: Message = { summary: 'You are in.', heading: 'Welcome', body: [paragraph('You are in.')], buttons: [] };
const more: Message = {
  ...done,
  body: [facts(['Council', 'York'])],
  buttons: [does('See it', { kind: 'network.profile' })],
};

function form(heading: string, openedBy: Intent): Form {
  const fields = [{ ...question('interests', 'Your interests'), kind: 'line', maxLength: 90 }] as const;
  return { heading, body: [], fields, submitLabel: 'Next', completes: { kind: 'joining.interests' }, openedBy };
}

const first: Reply = { kind: 'form', form: form('The first', { kind: 'joining.open-about' }) };
const second: Reply = { kind: 'form', form: form('The second', { kind: 'joining.open-hours' }) };

interface Stranger {
  readonly person: TeamsPerson;
  readonly client: MemberClient;
}

/** Somebody with a card before them whose button asks for this. */
async function shown(intent: Intent, replyTo: (intent: Intent) => Promise<Reply | undefined>): Promise<Stranger> {
  const person = createTeamsPerson('stranger@nowhere.example');
  addToRoster(rig.stub, person);
  const client = openTeamsMember(rig, person);
  const card: Message = { ...done, heading: 'Hello', buttons: [does('Go on', intent)] };
  playScript(async (asked) =>
    asked.kind === 'network.help' ? { kind: 'message', message: card } : await replyTo(asked),
  );
  await client.type('help');
  return { person, client };
}

const said = async ({ client }: Stranger) => (await client.messages()).join('\n');
const cards = ({ person }: Stranger) => rig.stub.messages(person.conversationId).length;

describe('a button that opens a window', () => {
  test('and is answered by a message ends with its one sentence, and has what is more in the chat', async () => {
    const stranger = await shown(join, async () => ({ kind: 'message', message: done }));
    await stranger.client.press('Go on');
    expect([await stranger.client.dialog(), cards(stranger)]).toEqual(['', 1]);
    expect((await stranger.client.messages()).at(-1)).toBe('You are in.');
    const other = await shown(join, async () => ({ kind: 'message', message: more }));
    await other.client.press('Go on');
    expect([await other.client.dialog(), cards(other)]).toEqual(['', 2]);
    expect(await said(other)).toContain('Council: York');
  });

  test('and is answered by what its card becomes changes the card, and closes', async () => {
    const stranger = await shown(join, async () => ({ kind: 'replace', message: more }));
    await stranger.client.press('Go on');
    expect([await stranger.client.dialog(), cards(stranger)]).toEqual(['', 1]);
    expect(await said(stranger)).toContain('Council: York');
    expect(await said(stranger)).not.toContain('Hello');
    expect((await stranger.client.messages()).at(-1)).toBe('You are in.');
  });

  test('says the same in the window where the card is gone, or is for everyone', async () => {
    const stranger = await shown(join, async () => ({ kind: 'replace', message: more }));
    const { person } = stranger;
    rig.stub.misbehave({ kind: 'answer', status: 404, code: 'ActivityNotFoundInConversation' });
    await stranger.client.press('Go on');
    expect(await stranger.client.dialog()).toContain('Council: York');
    const [card] = rig.stub.messages(person.conversationId);
    const parts = inChannel(person, dialogOpened({ intent: join }, card?.id));
    const before = rig.stub.calls.length;
    const { body } = await rig.post(activityOf(person, rig.stub.serviceUrl, parts));
    expect(JSON.parse(body)).toMatchObject({ task: { type: 'continue', value: { title: 'Welcome' } } });
    expect(rig.stub.calls.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

test('a button that usually opens no window leads to a form all the same, by a button that does', async () => {
  const stranger = await shown({ kind: 'network.resume' }, async ({ kind }) => {
    return kind === 'network.resume' || kind === 'joining.open-about' ? first : undefined;
  });
  await stranger.client.press('Go on');
  expect(await stranger.client.dialog()).toBe('');
  await stranger.client.press('Open');
  expect(await stranger.client.dialog()).toContain('The first');
});

test('whoever waits too long for the next form has a button to that one in the chat, and to the first after a mistake', async () => {
  const gate = Promise.withResolvers<void>();
  const answer = async (intent: Intent): Promise<Reply | undefined> => {
    switch (intent.kind) {
      case 'network.join':
      case 'joining.open-about':
        return first;
      case 'joining.open-hours':
        return second;
      case 'joining.interests':
        await gate.promise;
        return intent.interests === 'wrong'
          ? { kind: 'invalid', problems: [{ field: 'interests', text: 'No.' }] }
          : second;
      default:
        return undefined;
    }
  };
  const people = [await shown(join, answer), await shown(join, answer)] as const;
  for (const { client } of people) await client.press('Go on');
  await Promise.all(people.map(({ client }, index) => client.submit({ interests: index === 0 ? 'right' : 'wrong' })));
  const [right, wrong] = people;
  expect((await right.client.messages()).at(-1)).toContain('This is taking longer than usual');
  gate.resolve();
  await expect.poll(() => said(right)).toContain('This opens in a window that only you can see.');
  await right.client.press('Open');
  expect(await right.client.dialog()).toContain('The second');
  await expect.poll(() => said(wrong)).toContain('Open it again to see whether we saved what you sent.');
  await wrong.client.press('Open');
  expect(await wrong.client.dialog()).toContain('The first');
});
