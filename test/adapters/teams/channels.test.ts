import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { words as ownWords } from '../../../adapters/teams/words.ts';
import { words } from '../../../src/words.ts';
import { addMember } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import {
  channelId,
  createTeamsPerson,
  dialogOpened,
  dialogSubmitted,
  executed,
  inChannel,
  inGroupChat,
  mentioned,
  submitted,
  threadId,
} from '../../support/teams-activity.ts';
import { appId, tenantId } from '../../support/teams-rig.ts';
import { actionsOf, textOf } from '../../support/teams-screen.ts';
import { otherTenant } from '../../support/teams-tenants.ts';
import { noteOf, openTeamStage, type TeamStage } from './team-stage.ts';

const chooseIt = { kind: 'network.choose-announcements', room: channelId };

let stage: TeamStage;

beforeEach(async () => {
  stage = await openTeamStage();
});
afterEach(() => stage.close());

async function rooms() {
  return await stage.core.db
    .selectFrom('rooms')
    .select(['room', 'space', 'address', 'chosen_by as by'])
    .where('purpose', '=', 'announcements')
    .execute();
}

describe('a mention in a channel', () => {
  test('is answered in its thread, with the same words to whoever says whatever', async () => {
    const before = { accounts: await stage.accounts(), calls: stage.rig.stub.calls.length };
    const people = [stage.convener.person, stage.member.person, stage.stranger];
    const said = [...Object.keys(words), '', 'what did Mira write?'];
    for (const person of people) {
      for (const word of said) {
        expect(await stage.inChannel(person, mentioned(word))).toEqual({ status: 200, body: '' });
      }
    }
    const answers = stage.rig.stub.messages(threadId).map(({ activity }) => activity);
    expect(answers).toHaveLength(people.length * said.length);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.attachments))).size).toBe(1);
    const card = answers[0]?.attachments[0]?.content;
    expect(textOf(card)).toContain(ownWords.onlyInPrivate);
    expect(actionsOf(card)).toMatchObject([
      {
        title: 'Announce conversations here',
        data: { intent: chooseIt },
        fallback: { type: 'Action.Submit', data: { intent: chooseIt } },
      },
    ]);
    // Nothing went anywhere else, and nothing about anybody was kept or changed.
    expect(stage.rig.stub.calls).toHaveLength(before.calls + answers.length);
    expect(await stage.accounts()).toEqual(before.accounts);
    await stage.settle();
    expect(stage.rig.stub.messages(channelId)).toEqual([]);
  });

  test('of a tenant that is not served is refused there, and leaves nothing behind', async () => {
    const before = await stage.accounts();
    await stage.inChannel(createTeamsPerson('asha@leeds.example', otherTenant), mentioned('join'));
    const [answer] = stage.rig.stub.messages(threadId);
    expect(answer?.activity.text).toContain('does not serve your organisation');
    expect(await stage.accounts()).toEqual(before);
  });
});

describe('the channel for announcements', () => {
  test('is chosen by a convener who presses in it, and then told so', async () => {
    const { convener } = stage;
    expect(noteOf(await stage.press(convener.person, chooseIt))).toBe(
      'We will announce conversations in that channel.',
    );
    const { serviceUrl } = stage.rig.stub;
    const address = { tenantId, appId, serviceUrl, conversationId: channelId, botId: `28:${appId}` };
    expect(await rooms()).toEqual([{ room: channelId, space: tenantId, address, by: convener.member.id }]);
    // Nothing was said in the channel by the press itself; the rest of the answer is theirs alone.
    expect(stage.written()).toEqual([]);
    expect(stage.saidTo(convener.person).at(-1)).toContain('If no message comes');
    await stage.settle();
    expect(stage.saidTo({ conversationId: channelId })).toEqual([
      expect.stringContaining('Conversations of this network will be announced here.'),
    ]);
    expect(noteOf(await stage.press(convener.person, chooseIt))).toContain('chosen already');
  });

  test.each([
    ['a member', 'member', 'Only conveners can do that.'],
    ['a stranger', 'stranger', 'Type “join” to join it. Do that in a private chat with me.'],
  ] as const)('is not chosen by %s, who alone is told', async (_name, who, told) => {
    const person = who === 'member' ? stage.member.person : stage.stranger;
    expect(noteOf(await stage.press(person, chooseIt))).toContain(told);
    expect(await rooms()).toEqual([]);
    expect(stage.written()).toEqual([]);
  });

  test('is none but that which is pressed in, however the button is forged', async () => {
    const { person } = stage.convener;
    const elsewhere = { ...chooseIt, room: '19:elsewhere@thread.tacv2' };
    expect(noteOf(await stage.press(person, elsewhere))).toContain('Mention @Colloquy there');
    await stage.post(person, executed({ intent: chooseIt }, 'm1'));
    expect(stage.saidTo(person).at(-1)).toContain('Mention @Colloquy there');
    expect(await rooms()).toEqual([]);
  });

  test('is chosen as the settings say, in a dialog with the very words that stand in the channel', async () => {
    const open = dialogOpened({ intent: { kind: 'network.open-announcements' } });
    const told = textOf(JSON.parse((await stage.post(stage.convener.person, open)).body).task.value.card.content);
    expect(told).toContain('Add this app to the team');
    expect(told).toContain(`Select “${ownWords.announceHere}”`);
  });

  test('is the channel, and not the thread of the card that is pressed', async () => {
    const { person } = stage.convener;
    const press = executed({ intent: chooseIt }, 'm7');
    await stage.post(person, inChannel(person, press, `${channelId};messageid=m7`));
    expect(await rooms()).toMatchObject([{ room: channelId, address: { conversationId: channelId } }]);
  });
});

describe('somebody from outside', () => {
  const join = { kind: 'network.join' };

  test.each([
    ['a guest', { userRole: 'guest' }],
    ['of another tenant', { tenantId: otherTenant }],
  ])('who is %s opens nothing by their address', async (_name, changes) => {
    const guest = createTeamsPerson('asha@leeds.example');
    await addMember(stage.core, { email: guest.email });
    const row = { id: guest.userId, aadObjectId: guest.objectId, tenantId, email: guest.email };
    stage.rig.stub.addMember(channelId, { ...row, userPrincipalName: guest.email, ...changes });
    const before = await stage.accounts();
    expect(noteOf(await stage.press(guest, join))).toContain('Open a private chat with me');
    expect(await stage.accounts()).toEqual(before);
  });

  test('is not served in a channel that two tenants share', async () => {
    const { person } = stage.member;
    const parts = inChannel(person, executed({ intent: join }, 'm1'));
    const conversation = { id: threadId, tenantId: otherTenant, conversationType: 'channel' };
    expect(noteOf(await stage.post(person, { ...parts, conversation }))).toContain('does not serve your organisation');
    expect(stage.written()).toEqual([]);
  });

  test('may begin to join by a forged press, goes on in private, and is known there from then on', async () => {
    const asha = createTeamsPerson('asha@leeds.example');
    const member = await addMember(stage.core, { email: asha.email });
    const row = { id: asha.userId, aadObjectId: asha.objectId, tenantId, email: asha.email };
    stage.rig.stub.addMember(channelId, { ...row, userPrincipalName: asha.email, userRole: 'user' });
    expect(noteOf(await stage.press(asha, join))).toContain('Open a private chat with me');
    await endJoining(stage.core, member.id);
    await stage.settle();
    expect(stage.written()).toEqual([]);
    const known = async () => (await stage.accounts()).find(({ user }) => user === asha.objectId)?.address;
    expect(await known()).toEqual({});
    await stage.post(asha, { type: 'message', text: 'help' });
    expect(await known()).toMatchObject({ conversationId: asha.conversationId, userId: asha.userId });
  });
});

test('in a group chat nothing is done, and nothing said but where to ask', async () => {
  const group = '19:group@thread.v2';
  const { person } = stage.convener;
  const before = stage.rig.stub.calls.length;
  const post = (parts: Parameters<typeof inGroupChat>[1]) => stage.post(person, inGroupChat(person, parts, group));
  const data = { intent: { kind: 'network.profile' } };
  for (const parts of [mentioned('profile'), submitted(data, 'm1')]) expect((await post(parts)).body).toBe('');
  const said = stage.rig.stub.messages(group).map(({ activity }) => [activity.text, activity.attachments]);
  expect(said).toEqual(Array.from({ length: 2 }, () => [ownWords.onlyInPrivate, []]));
  expect(noteOf(await post(executed(data, 'm1')))).toBe(ownWords.onlyInPrivate);
  for (const parts of [dialogOpened(data), dialogSubmitted(data)]) {
    expect(JSON.parse((await post(parts)).body)).toEqual({ task: { type: 'message', value: ownWords.onlyInPrivate } });
  }
  expect((await post({ type: 'installationUpdate', action: 'add' })).body).toBe('');
  expect(stage.rig.stub.calls).toHaveLength(before + 2);
});
