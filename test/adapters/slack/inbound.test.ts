import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMember } from '../../../src/network/roster.ts';
import { addMember, settleAll } from '../../support/core.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { eventRequest, formRequest } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

describe('a slash command', () => {
  it('is answered in the same round trip, to the person alone', async () => {
    const response = await scene.post(
      formRequest({ command: '/colloquy', text: 'help', team_id: slackTeam, user_id: 'UANYBODY', trigger_id: '1.1.a' }),
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ response_type: 'ephemeral', text: 'Here is what you can do.' });
  });

  it('shows what was typed as it was typed, and mentions nobody by it', async () => {
    const { client } = await scene.invited();
    await client.type('&lt;!channel&gt; &amp;c');
    expect((await client.messages()).at(-1)).toContain('We do not know the word “<!channel> &c”.');
    expect((await client.messages()).at(-1)).toContain('We do not know the word “&lt;!channel&gt; &amp;c”.');
  });

  it('joins a person whose address the roster holds', async () => {
    const { member, client } = await scene.invited();
    await client.type('join');
    expect((await client.messages()).at(-1)).toContain('You have joined the network.');
    expect((await findMember(scene.core.db, member.id))?.status).toBe('active');
    await settleAll(scene.core, scene.outbounds);
    expect((await client.messages()).at(-1)).toContain('Welcome to the network');
  });

  it.each([
    ['a guest', { is_restricted: true }],
    ['a single-channel guest', { is_ultra_restricted: true }],
    ['a person of another workspace', { team_id: 'TELSEWHERE' }],
    ['a stranger', { is_stranger: true }],
    ['someone who has not confirmed their address', { is_email_confirmed: false }],
  ])('does not take the word of %s for their address', async (_, about) => {
    const email = `${randomUUID()}@council.example`;
    const member = await addMember(scene.core, { email });
    const user = `U${randomUUID().slice(0, 8).toUpperCase()}`;
    scene.emulator.addUser({ id: user, email, about });
    const join = {
      command: '/colloquy',
      text: 'join',
      team_id: slackTeam,
      user_id: user,
      trigger_id: '1.1.a',
    };
    const response = await scene.post(formRequest(join));
    expect(await response.json()).toMatchObject({
      text: expect.stringContaining('We could not see a work email address'),
    });
    expect((await findMember(scene.core.db, member.id))?.status).toBe('invited');
  });

  it('says sorry when something breaks, and logs it without what was typed', async () => {
    const { client } = await scene.invited();
    scene.emulator.fail('users.info', { kind: 'answer', status: 500, headers: {}, body: 'a secret page' });
    await client.type('join');
    expect((await client.messages()).at(-1)).toContain('Something went wrong on our side.');
    const logged = scene.takeLog();
    expect(logged).toContain('A Slack command failed');
    expect(logged).not.toContain('secret');
  });
});

describe('words in a direct message', () => {
  it('are answered there, to last', async () => {
    const { client } = await scene.joined();
    const before = scene.emulator.messagesTo(client.user).length;
    expect((await client.write('Help')).status).toBe(200);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before + 1);
    expect((await client.messages()).at(-1)).toContain('Here is what you can do.');
  });

  it('are answered with a button where a window is needed', async () => {
    const { client } = await scene.prompted();
    await client.write('reflect');
    expect((await client.messages()).at(-1)).toContain('Your reflection. Select Open to see it: only you can.');
    await client.press('Open');
    expect(await client.dialog()).toContain('Your reflection');
  });

  it('that Slack sends again are answered once', async () => {
    const { client } = await scene.joined();
    const before = scene.emulator.messagesTo(client.user).length;
    await client.write('help', 'Ev-once');
    await client.write('help', 'Ev-once');
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before + 1);
  });

  it('that failed are answered when Slack sends them again', async () => {
    const { client } = await scene.joined();
    const before = scene.emulator.messagesTo(client.user).length;
    scene.emulator.fail('chat.postMessage', { kind: 'answer', status: 503, headers: {}, body: '' });
    expect((await client.write('help', 'Ev-again')).status).toBe(500);
    expect(scene.takeLog()).toContain('A Slack event failed');
    expect((await client.write('help', 'Ev-again')).status).toBe(200);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before + 1);
  });

  it.each([
    ['an edit', { subtype: 'message_changed' }],
    ['a bot', { bot_id: 'B1' }],
    ['ourselves', { user: 'UCOLLOQUY1' }],
    ['a channel', { channel_type: 'channel' }],
  ])('of %s are none', async (_, about) => {
    const { client } = await scene.joined();
    const before = scene.emulator.calls('chat.postMessage').length;
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      user: client.user,
      text: 'help',
      ts: '1.1',
      ...about,
    };
    const authorizations = [{ team_id: slackTeam, user_id: scene.emulator.botUser, is_bot: true }];
    const response = await scene.post(
      eventRequest({ type: 'event_callback', event_id: `Ev${randomUUID()}`, authorizations, event }),
    );
    expect(response.status).toBe(200);
    expect(scene.emulator.calls('chat.postMessage')).toHaveLength(before);
  });

  it('remember where the conversation is, for when a delivery must be looked up', async () => {
    const { client } = await scene.joined();
    await client.write('help');
    const account = scene.core.db.selectFrom('accounts').select('address').where('platform_user', '=', client.user);
    expect((await account.executeTakeFirst())?.address).toEqual({
      channel: scene.emulator.messagesTo(client.user)[0]?.channel_id,
    });
  });
});
