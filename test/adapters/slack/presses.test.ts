import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMessage } from '../../../adapters/slack/render.ts';
import { themeOptions } from '../../../src/conversations/themes.ts';
import { does } from '../../../src/messages/message.ts';
import { left } from '../../../src/network/messages.ts';
import { settleAll } from '../../support/core.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { brokenDown, refused, throttled } from '../../support/slack-emulator-faults.ts';
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
    const theme = themeOptions(scene.core.frameworks)[0]?.value ?? '';
    await host.client.submit({ theme, title: 'Devolution', about: 'Deals.' });
    await host.client.submit({ date: '2030-01-08', time: '10:00', link: 'https://meet.example/a' });
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

  /** Somebody who presses one button of a card, at moments of their own, and how often they were answered. */
  async function presser() {
    const { client } = await scene.joined();
    const answers: unknown[] = [];
    const response_url = scene.emulator.responseUrl((answer) => answers.push(answer));
    const container = { type: 'message', message_ts: '1.1', channel_id: 'D1' };
    const about = { team: { id: slackTeam }, user: { id: client.user }, trigger_id: '1.1.a', container, response_url };
    const press = async (action_ts: string, what: Readonly<Record<string, unknown>> = {}) => {
      const value = '{"kind":"network.help","asked":""}';
      const actions = [{ type: 'button', block_id: 'b', action_id: 'a', value, action_ts, ...what }];
      const response = await scene.post(interaction({ type: 'block_actions', ...about, actions }));
      expect(response.status).toBe(200);
      return answers.length;
    };
    return { answers, press };
  }

  it('pressed twice is pressed once, whichever press comes in first', async () => {
    const { answers, press } = await presser();
    await Promise.all([press('1803211201.500000'), press('1803211200.000100'), press('1803211202.900000')]);
    expect(answers).toHaveLength(1);
    // Long after, the same press is the same still, and another is another.
    expect(await press('1803211210.000000')).toBe(2);
    expect(await press('1803211200.000100')).toBe(2);
    expect(await press('1803211210.000000')).toBe(2);
    // At once, another button is another.
    expect(await press('1803211210.100000', { action_id: 'b' })).toBe(3);
    expect(await press('1803211210.200000', { value: '{"kind":"network.leave"}' })).toBe(4);
  });

  it('pressed, taken back and pressed again is all three, however quickly, and what comes in again is nothing', async () => {
    const { press } = await presser();
    const other = { value: '{"kind":"network.leave"}' };
    expect(await press('1803211200.000100')).toBe(1);
    expect(await press('1803211200.700000', other)).toBe(2);
    expect(await press('1803211201.400000')).toBe(3);
    // The same request, which Slack may bring again, and a double click after all that.
    expect(await press('1803211200.000100')).toBe(3);
    expect(await press('1803211200.700000', other)).toBe(3);
    expect(await press('1803211201.900000')).toBe(3);
  });

  it('is remembered without saying who pressed it', async () => {
    const { client } = await scene.prompted();
    await client.press('Write your answer');
    await client.submit({ text: 'A thought.' });
    await client.write('help');
    const kept = await scene.core.db.selectFrom('received_events').select('event_id').execute();
    expect(kept.length).toBeGreaterThan(3);
    expect(JSON.stringify(kept)).not.toContain(client.user);
  });

  it('that failed may be pressed again at once', async () => {
    const { answers, press } = await presser();
    const { db } = scene.core;
    await db.schema.alterTable('accounts').renameTo('accounts_away').execute();
    await press('1803211200.000100');
    await db.schema.alterTable('accounts_away').renameTo('accounts').execute();
    await press('1803211200.900000');
    expect(answers).toMatchObject([
      { text: expect.stringContaining('Something went wrong on our side.') },
      { text: 'Here is what you can do.' },
    ]);
  });

  it('that many see is never turned into what one of them has to know', async () => {
    const { client } = await scene.joined();
    const again = does('Join again', { kind: 'network.join' });
    const card = renderMessage({ ...left(), buttons: [again] });
    scene.emulator.addChannel({ id: 'CSHARED001', members: [client.user], botIn: true });
    await scene.emulator.call('chat.postMessage', { channel: 'CSHARED001', ...card });
    const before = await client.messages();
    await client.pressIn('CSHARED001', 'Join again');
    expect(await client.messages()).toEqual([...before, expect.stringContaining('You are already in the network.')]);
    expect(scene.emulator.messagesIn('CSHARED001')).toMatchObject([{ text: card.text }]);
    expect(scene.emulator.calls('chat.update').filter(({ channel }) => channel === 'CSHARED001')).toEqual([]);
  });

  it('in a window shows its answer in place where it came too late for one on top', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    await client.submit({ text: 'A thought.' });
    scene.emulator.fail('views.push', refused('expired_trigger_id'));
    await client.press('Read your journal');
    expect(scene.emulator.modalsOf(client.user)).toHaveLength(1);
    expect(await client.dialog()).toContain('“A thought.”');
  });

  it('on a card gives a button that opens the window where it came too late for it', async () => {
    const { client } = await scene.prompted();
    scene.emulator.fail('views.open', refused('exchanged_trigger_id'));
    await client.press('Write your answer');
    await client.press('Open');
    expect(await client.dialog()).toContain('Your reflection');
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

  it('that worked is never called failed: what Slack does not redraw is said beside the card', async () => {
    const { client } = await scene.joined();
    await client.write('leave');
    const before = await client.messages();
    scene.takeLog();
    scene.emulator.fail('chat.update', throttled(30));
    await client.press('Leave the network');
    expect(await client.messages()).toEqual([...before, expect.stringContaining('You have left the network.')]);
    const logged = scene.takeLog();
    expect(logged).toContain('Slack did not show an answer where it belongs');
    expect(logged).not.toContain('A Slack button failed');
  });

  it('in a window that Slack does not open says so in the conversation, with nothing private', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    await client.submit({ text: 'A thought.' });
    scene.emulator.fail('views.push', brokenDown);
    await client.press('Read your journal');
    expect((await client.messages()).at(-1)).toContain('Your journal. Select Open to see it: only you can.');
  });

  it('says sorry in a window where it stands in one', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    await client.submit({ text: 'A thought.' });
    await scene.core.db.schema.alterTable('prompts').renameTo('prompts_away').execute();
    await client.press('Read your journal');
    await scene.core.db.schema.alterTable('prompts_away').renameTo('prompts').execute();
    expect(await client.dialog()).toContain('Something went wrong on our side.');
    expect(scene.takeLog()).toContain('A Slack button failed');
  });

  it('in a window that has changed since does not overwrite what it shows now', async () => {
    const host = await scene.joined({ permission: 'host' });
    const title = 'Two at once';
    await host.client.type('host');
    const theme = themeOptions(scene.core.frameworks)[0]?.value ?? '';
    const when = { date: '2030-01-09', time: '10:00', link: 'https://meet.example/a' };
    await host.client.submit({ theme, title, about: 'Deals.' });
    await host.client.submit(when);
    const rows = await scene.core.db.selectFrom('conversations').select('id').where('title', '=', title).execute();
    const { client } = await scene.joined();
    await client.type('conversations');
    const { emulator } = scene;
    const stale = emulator.modalsOf(client.user).at(-1);
    await client.press('Sign up');
    const newer = emulator.modalsOf(client.user).at(-1);
    const value = JSON.stringify({ kind: 'conversations.withdraw', conversation: rows[0]?.id });
    const actions = [{ type: 'button', block_id: 'x', action_id: 'x', value, action_ts: '1803211200.000100' }];
    const place = { container: { type: 'view' }, view: { ...stale, id: stale?.view_id } };
    const about = {
      team: { id: slackTeam },
      user: { id: client.user },
      trigger_id: await emulator.trigger(client.user, newer),
    };
    await scene.post(interaction({ type: 'block_actions', ...about, ...place, actions }));
    const [under, top] = emulator.modalsOf(client.user);
    expect(under?.hash).toBe(newer?.hash);
    expect(JSON.stringify(top?.blocks)).toContain('You have given up your place.');
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
