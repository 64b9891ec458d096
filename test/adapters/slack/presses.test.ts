import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { themeOptions } from '../../../src/conversations/themes.ts';
import { settleAll } from '../../support/core.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { interaction } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

describe('a button', () => {
  it('changes the card it stands on', async () => {
    const host = await scene.joined({ permission: 'host' });
    const { client } = await scene.joined();
    await host.client.type('host');
    await host.client.submit({
      theme: themeOptions(scene.core.frameworks)[0]?.value ?? '',
      title: 'Devolution',
      about: 'Deals.',
      date: '2030-01-08',
      time: '10:00',
      link: 'https://meet.example/a',
    });
    await settleAll(scene.core, scene.outbounds);
    const before = await client.messages();
    await client.press('Sign up');
    expect(await client.messages()).toHaveLength(before.length);
    expect((await client.messages()).at(-1)).toContain('You have a seat.');
    await client.type('conversations');
    await client.press('Give up my seat');
    expect(await client.dialog()).toContain('You have given up your place.');
    expect(await client.dialog()).toContain('Small groups, hosted by a senior leader, on a theme.');
  });

  it('changes a card that only one person sees', async () => {
    const { client } = await scene.joined();
    await client.type('leave');
    const before = await client.messages();
    await client.press('Leave the network');
    expect(await client.messages()).toHaveLength(before.length);
    expect((await client.messages()).at(-1)).toContain('You have left the network.');
  });

  it('gives an answer beside a card that stays', async () => {
    const { client } = await scene.joined();
    await client.write('profile');
    const before = await client.messages();
    await client.press('Leave');
    expect(await client.messages()).toHaveLength(before.length + 1);
    expect((await client.messages()).at(-1)).toContain('Do you want to leave the network?');
  });

  it('of an older version is answered politely', async () => {
    const answers: unknown[] = [];
    const container = { type: 'message', message_ts: '1.1', channel_id: 'D1' };
    const response_url = scene.emulator.responseUrl((answer) => answers.push(answer));
    const actions = [{ type: 'button', block_id: 'b', action_id: 'a', value: '{"kind":"network.destroy"}' }];
    const about = { team: { id: slackTeam }, user: { id: 'UANYBODY' }, trigger_id: '1.1.a' };
    const response = await scene.post(
      interaction({ type: 'block_actions', ...about, container, response_url, actions }),
    );
    expect(response.status).toBe(200);
    expect(answers).toMatchObject([
      { response_type: 'ephemeral', replace_original: false, text: expect.stringContaining('out of date') },
    ]);
  });

  it('that opens an address needs nothing from us', async () => {
    const container = { type: 'message', message_ts: '1.1', channel_id: 'D1' };
    const actions = [{ type: 'button', block_id: 'b', action_id: 'a' }];
    const about = { team: { id: slackTeam }, user: { id: 'UANYBODY' }, trigger_id: '1.1.a' };
    const response = await scene.post(interaction({ type: 'block_actions', ...about, container, actions }));
    expect(response.status).toBe(200);
  });

  it('says sorry when something breaks, beside the card', async () => {
    const { client } = await scene.joined();
    await client.write('leave');
    const before = await client.messages();
    scene.emulator.fail('chat.update', { kind: 'answer', status: 500, headers: {}, body: '' });
    await client.press('Leave the network');
    expect(await client.messages()).toEqual([...before, expect.stringContaining('Something went wrong on our side.')]);
    expect(scene.takeLog()).toContain('A Slack button failed');
  });

  it('says sorry in a window where it stands in one', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    await client.submit({ text: 'A thought.' });
    scene.emulator.fail('views.push', { kind: 'answer', status: 500, headers: {}, body: '' });
    await client.press('Read your journal');
    expect(await client.dialog()).toContain('Something went wrong on our side.');
  });

  it('goes on in the third window, which is the last that Slack stacks', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    await client.submit({ text: 'A thought.' });
    await client.press('Read your journal');
    await client.press('Change your answer');
    expect(scene.emulator.modalsOf(client.user)).toHaveLength(3);
    await client.submit({ text: 'Another thought.' });
    await client.press('Read your journal');
    expect(scene.emulator.modalsOf(client.user)).toHaveLength(3);
    expect(await client.dialog()).toContain('“Another thought.”');
  });
});
