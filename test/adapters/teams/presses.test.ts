import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { words as ownWords } from '../../../adapters/teams/words.ts';
import { words } from '../../../src/words.ts';
import { addHost, propose } from '../../support/conversations.ts';
import {
  type ActivityJson,
  channelId,
  dialogOpened,
  dialogSubmitted,
  executed,
  submitted,
  threadId,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { actionsOf, textOf } from '../../support/teams-screen.ts';
import { lastWordOf, noteOf, openTeamStage, type TeamStage } from './team-stage.ts';

const profile = { kind: 'network.profile' };
const journal = { kind: 'reflections.journal' };
const old = { kind: 'network.gone' };
const pauseForm = {
  completes: { kind: 'network.pause' },
  openedBy: { kind: 'network.open-pause' },
  fields: ['programmes', 'until'],
};
const blocked = { kind: 'answer', status: 403, code: 'ConversationBlockedByUser' } as const;
const gone = { kind: 'answer', status: 404, code: 'ActivityNotFoundInConversation' } as const;

let stage: TeamStage;

beforeEach(async () => {
  stage = await openTeamStage();
});
afterEach(() => stage.close());

describe('a press in a channel', () => {
  test.each([
    ['Action.Execute', (intent: unknown) => executed({ intent }, 'm1')],
    ['Action.Submit', (intent: unknown) => submitted({ intent }, 'm1')],
    ['task/fetch', (intent: unknown) => dialogOpened({ intent })],
    ['task/submit', (intent: unknown) => dialogSubmitted({ intent })],
  ])('by %s leaves their private chat known as it was, and nothing of them there', async (_name, parts) => {
    const before = await stage.accounts();
    for (const { person } of [stage.member, stage.convener]) {
      for (const { intent } of Object.values(words)) {
        expect((await stage.inChannel(person, parts(intent))).status).toBe(200);
      }
    }
    expect(await stage.accounts()).toEqual(before);
    await stage.settle();
    expect(stage.written()).toEqual([]);
  });

  test('is done by whoever pressed, who alone sees the answer, and the rest of it in private', async () => {
    const { member, convener } = stage;
    expect(noteOf(await stage.press(member.person, profile))).toContain('You are Mira Oduya');
    expect(stage.saidTo(member.person).at(-1)).toContain('Your profile');
    expect(stage.saidTo(convener.person).join()).not.toContain('Mira');
    expect(stage.written()).toEqual([]);
  });

  test('is told to its presser though their private chat takes nothing', async () => {
    stage.rig.stub.misbehave(blocked);
    expect(noteOf(await stage.press(stage.member.person, profile))).toContain('You are Mira Oduya');
    expect(stage.written()).toEqual([]);
  });

  test('by an old client is answered in private', async () => {
    expect(await stage.submit(stage.member.person, profile)).toEqual({ status: 200, body: '' });
    expect(stage.saidTo(stage.member.person).at(-1)).toContain('Your profile');
    expect(stage.written()).toEqual([]);
  });

  test('by an old client of someone we cannot answer in private gets one sentence that says nothing of them', async () => {
    const { member, stranger } = stage;
    await stage.submit(stranger, profile);
    stage.rig.stub.misbehave(blocked);
    await stage.submit(member.person, profile);
    await stage.core.db.updateTable('accounts').set({ reachable: false }).where('platform', '=', 'teams').execute();
    await stage.submit(member.person, profile);
    await stage.submit(member.person, old);
    const said = stage.rig.stub.messages(threadId).map(({ activity }) => [activity.text, activity.attachments]);
    expect(said).toEqual(Array.from({ length: 4 }, () => [ownWords.askInPrivate, []]));
  });

  test('opens a form as a dialog, which ends with a word for them alone', async () => {
    const { person } = stage.member;
    const opened = await stage.inChannel(person, dialogOpened({ intent: pauseForm.openedBy }));
    expect(opened.body).toContain('When do you want us to start again?');
    const wrong = await stage.inChannel(person, dialogSubmitted({ form: pauseForm }));
    expect(wrong.body).toContain('Choose at least one thing to pause.');
    const sent = await stage.inChannel(
      person,
      dialogSubmitted({ form: pauseForm, answer_programmes: 'prompts,matching', answer_until: '2027-05-04' }),
    );
    expect(lastWordOf(sent)).toContain('paused');
    // It has facts in it too: those are in their private chat.
    expect(stage.saidTo(person).at(-1)).toContain('paused');
    expect(stage.written()).toEqual([]);
  });

  test('opens a page as a dialog, with what they wrote in it and nowhere else', async () => {
    const { person } = stage.member;
    const opened = await stage.inChannel(person, dialogOpened({ intent: journal }));
    expect(textOf(JSON.parse(opened.body).task.value.card.content)).toContain('You have not written');
    expect(stage.written()).toEqual([]);
  });

  test('leads to what cannot open there by a button in their private chat', async () => {
    const { person } = stage.member;
    expect(noteOf(await stage.press(person, journal))).toBe(ownWords.answeredInPrivate);
    expect(stage.saidTo(person).at(-1)).toContain('This opens in a window that only you can see.');
    stage.rig.stub.misbehave(blocked);
    expect(noteOf(await stage.press(person, journal))).toBe(ownWords.askInPrivate);
  });

  test('of a card of a former version is answered kindly, in whatever way it came', async () => {
    const { person } = stage.member;
    const told =
      'That button is out of date. Type “help” to see what you can do now. Do that in a private chat with me.';
    expect(noteOf(await stage.press(person, old))).toBe(told);
    for (const parts of [dialogOpened({ intent: old }), dialogSubmitted({ intent: old })]) {
      expect(lastWordOf(await stage.inChannel(person, parts))).toBe(told);
    }
    await stage.submit(person, old);
    expect(stage.saidTo(person).at(-1)).toContain('out of date');
    expect(stage.written()).toEqual([]);
  });

  test('by somebody who has not joined tells them alone how to', async () => {
    const told = 'You have not joined the network yet. Type “join” to join it. Do that in a private chat with me.';
    expect(noteOf(await stage.press(stage.stranger, profile))).toBe(told);
    expect(lastWordOf(await stage.inChannel(stage.stranger, dialogOpened({ intent: journal })))).toBe(told);
    expect(stage.written()).toEqual([]);
  });

  test('that breaks on our side is told to the presser alone', async () => {
    const { person } = stage.member;
    await stage.core.db.schema.dropTable('prompts').cascade().execute();
    expect(noteOf(await stage.press(person, journal))).toContain('Something went wrong on our side.');
    await stage.submit(person, journal);
    expect(stage.saidTo(person).at(-1)).toContain('Something went wrong on our side.');
    expect(stage.written()).toEqual([]);
  });
});

describe('a press in a private chat', () => {
  /** The announcement of a conversation, as the member has it. */
  async function announced() {
    await propose(stage.core, await addHost(stage.core));
    await stage.settle();
    const { id = '', activity } = stage.rig.stub.messages(stage.member.person.conversationId).at(-1) ?? {};
    const action = actionsOf(activity?.attachments[0]?.content).find(({ title }) => title === 'Sign up');
    return { id, data: action?.data };
  }

  function posted() {
    return stage.rig.stub.messages(stage.member.person.conversationId);
  }

  test.each([
    ['Action.Execute', executed],
    ['Action.Submit', submitted],
  ])('by %s changes its card for good, and says nothing new', async (_name, pressed) => {
    const { id, data } = await announced();
    const before = posted().length;
    const { body } = await stage.post(stage.member.person, pressed(data, id));
    if (pressed === executed) expect(textOf(JSON.parse(body).value)).toContain('You have a seat.');
    expect(posted()).toHaveLength(before);
    expect(stage.saidTo(stage.member.person).at(-1)).toContain('You have a seat.');
  });

  test.each([
    ['Action.Execute', executed],
    ['Action.Submit', submitted],
  ])('by %s of a card that was deleted is answered by a new message', async (_name, pressed) => {
    const { id, data } = await announced();
    const before = posted().length;
    stage.rig.stub.misbehave(gone);
    const answer = await stage.post(stage.member.person, pressed(data, id));
    if (pressed === executed) expect(noteOf(answer)).toBe(ownWords.answeredBelow);
    expect(posted()).toHaveLength(before + 1);
    expect(stage.saidTo(stage.member.person).at(-1)).toContain('You have a seat.');
  });

  test('whose answer can neither change the card nor be said is shown on the card', async () => {
    const { id, data } = await announced();
    stage.rig.stub.misbehave(gone, blocked);
    const { body } = await stage.post(stage.member.person, executed(data, id));
    expect(textOf(JSON.parse(body).value)).toContain('You have a seat.');
  });

  test.each([
    ['Action.Execute', executed({ intent: old }, 'm1')],
    ['Action.Submit', submitted({ intent: old }, 'm1')],
    ['task/fetch', dialogOpened({ intent: old })],
    ['task/submit', dialogSubmitted({ intent: old })],
    ['a dialog that carries nothing', dialogSubmitted(undefined)],
  ] as const)('by %s of a card of a former version is answered kindly', async (_name, parts: ActivityJson) => {
    const { status, body } = await stage.post(stage.member.person, parts);
    expect(status).toBe(200);
    const said = await openTeamsMember(stage.rig, stage.member.person).messages();
    expect(`${said.at(-1)}${body}`).toContain('That button is out of date.');
    expect(stage.rig.logged()).not.toContain('"level":50');
  });
});

test('a press in the channel changes nothing that stands there: what does is the outbox', async () => {
  const { member, convener } = stage;
  await stage.press(convener.person, { kind: 'network.choose-announcements', room: channelId });
  const conversation = await propose(stage.core, await addHost(stage.core));
  await stage.settle();
  const before = stage.written().length;
  const alone = stage.saidTo(member.person);
  const card = () => stage.saidTo({ conversationId: channelId }).at(-1);
  expect(card()).toContain('Seats: 3 of 3 left');
  expect(noteOf(await stage.press(member.person, { kind: 'conversations.sign-up', conversation }))).toContain(
    'You have a seat: “Making room”',
  );
  expect(stage.written()).toHaveLength(before);
  // Nothing of it was said in private: a second card there would not be kept true.
  expect(stage.saidTo(member.person)).toEqual(alone);
  const press = { kind: 'conversations.sign-up', conversation };
  await stage.submit(member.person, press);
  expect(stage.saidTo(member.person).slice(alone.length)).toEqual([
    expect.stringContaining('You have a seat: “Making'),
  ]);
  expect(stage.saidTo(member.person).at(-1)).not.toMatch(/Seats|left|Give up|Sign up/);
  stage.clock.set(new Date(stage.core.clock.now().getTime() + 60_000));
  await stage.settle();
  expect(card()).toContain('Seats: 2 of 3 left');
  expect(JSON.stringify(stage.written())).not.toMatch(/Mira|You have/);
});
