import { randomUUID } from 'node:crypto';
import { addSeconds } from 'date-fns/addSeconds';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMember } from '../../../src/network/roster.ts';
import { beginEvent } from '../../../src/store/received.ts';
import { addMember, settleAll } from '../../support/core.ts';
import { joinByForms } from '../../support/join-by-forms.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { refused, throttled } from '../../support/slack-emulator-faults.ts';
import { eventRequest, formRequest } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

/** A command by somebody, and the answer that they alone see. */
async function command(text: string, user: string): Promise<unknown> {
  const answers: unknown[] = [];
  const response_url = scene.emulator.responseUrl((answer) => answers.push(answer));
  const trigger_id = await scene.emulator.trigger(user);
  const about = { command: '/colloquy', text, team_id: slackTeam, user_id: user, channel_id: 'C1' };
  const response = await scene.post(formRequest({ ...about, trigger_id, response_url }));
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(answers).toHaveLength(1);
  return answers[0];
}

describe('a slash command', () => {
  it('is answered to the person alone, wherever they type it', async () => {
    const { client } = await scene.invited();
    const answer = { response_type: 'ephemeral', text: 'Here is what you can do.' };
    expect(await command('help', client.user)).toMatchObject(answer);
    expect(scene.emulator.dump()).not.toContain('Here is what you can do.');
  });

  it('that comes in twice is answered once', async () => {
    const { client } = await scene.invited();
    const answers: unknown[] = [];
    const response_url = scene.emulator.responseUrl((answer) => answers.push(answer));
    const about = { command: '/colloquy', text: 'help', team_id: slackTeam, user_id: client.user, response_url };
    const request = formRequest({ ...about, trigger_id: await scene.emulator.trigger(client.user) });
    await Promise.all([scene.post(request), scene.post(request)]);
    expect(answers).toHaveLength(1);
  });

  it('that took too long for its window is answered with a button that opens it', async () => {
    const { client } = await scene.joined();
    scene.emulator.fail('views.open', refused('expired_trigger_id'));
    await client.type('journal');
    expect(await client.dialog()).toBe('');
    expect((await client.messages()).at(-1)).toContain('Your journal. Select Open to see it: only you can.');
    await client.press('Open');
    expect(await client.dialog()).toContain('Your journal');
  });

  it('whose window Slack does not open is answered with a button, and is no failure', async () => {
    const { client } = await scene.joined();
    scene.takeLog();
    scene.emulator.fail('views.open', throttled(30));
    await client.type('journal');
    expect((await client.messages()).at(-1)).toContain('Your journal. Select Open to see it: only you can.');
    expect(scene.takeLog()).not.toContain('A Slack command failed');
  });

  it('joins a person of whom Slack leaves much empty', async () => {
    const { member, client } = await scene.invited();
    scene.emulator.changeUser(client.user, { tz: null, locale: null, is_restricted: null, deleted: null });
    await joinByForms(client);
    expect((await findMember(scene.core.db, member.id))?.status).toBe('active');
  });

  it('shows what was typed as it was typed, and mentions nobody by it', async () => {
    const { client } = await scene.invited();
    await client.type('&lt;!channel&gt; &amp;c');
    expect((await client.messages()).at(-1)).toContain('We do not know the word “<!channel> &c”.');
    expect((await client.messages()).at(-1)).toContain('We do not know the word “&lt;!channel&gt; &amp;c”.');
  });

  it('joins a person whose address the roster holds', async () => {
    const { member, client } = await scene.invited();
    await joinByForms(client);
    expect(await client.dialog()).toContain('You have joined the network.');
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
    const client = await scene.member(email);
    scene.emulator.changeUser(client.user, about);
    await client.type('join');
    expect(await client.dialog()).toContain('Ask to join the network');
    expect(await client.dialog()).not.toContain(email);
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
    ['a file', { subtype: 'file_share', files: [{ id: 'F1' }] }],
    ['nobody', { user: undefined }],
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

  it('that Slack takes no answer to are not asked for again', async () => {
    const { client } = await scene.joined();
    scene.emulator.fail('chat.postMessage', refused('channel_not_found'));
    expect((await client.write('help', 'Ev-refused')).status).toBe(200);
    expect(scene.takeLog()).toContain('Slack refused the answer to an event');
  });

  it('that a crash cut off are answered when Slack sends them again', async () => {
    const { client } = await scene.joined();
    const before = scene.emulator.messagesTo(client.user).length;
    await beginEvent(scene.core.db, 'slack', 'event:Ev-crash', scene.clock.now());
    // While another process may still be at it, Slack is asked to come back.
    expect((await client.write('help', 'Ev-crash')).status).toBe(500);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before);
    scene.clock.set(addSeconds(scene.clock.now(), 21));
    expect((await client.write('help', 'Ev-crash')).status).toBe(200);
    expect((await client.write('help', 'Ev-crash')).status).toBe(200);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before + 1);
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
