import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbacks } from '../../../adapters/slack/callbacks.ts';
import { manifestFor } from '../../../adapters/slack/manifest.ts';
import { readable } from '../../../adapters/slack/readable.ts';
import { refused, throttled } from '../../support/slack-emulator-faults.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

describe('a shortcut', () => {
  it('opens the form for a topic, which is then suggested', async () => {
    const { member, client } = await scene.joined();
    await client.shortcut(callbacks.suggestTopic);
    await client.submit({ title: 'Housing after the elections', about: 'What changes.' });
    const topics = scene.core.db.selectFrom('topics').select('title').where('member_id', '=', member.id);
    expect(await topics.execute()).toEqual([{ title: 'Housing after the elections' }]);
  });

  it('on a message takes the message into the form, and nowhere else', async () => {
    const { client } = await scene.joined();
    const before = await client.messages();
    await client.shortcut(callbacks.messageTopic, 'A worry of <@U1> &lt;only here&gt;');
    expect(await client.dialog()).toContain('A worry of @someone <only here>');
    expect(await client.messages()).toEqual(before);
    expect(scene.takeLog()).not.toContain('worry');
  });

  it('on a message longer than we take, on one without words, still opens the form', async () => {
    const { client } = await scene.joined();
    await client.shortcut(callbacks.messageTopic, '&lt;'.repeat(20_000));
    expect(await client.dialog()).toContain('<<<');
    await client.shortcut(callbacks.messageTopic, '');
    expect(await client.dialog()).not.toBe('');
  });

  it('whose window came too late is answered in the conversation, without the words of the message', async () => {
    const { client } = await scene.joined();
    scene.emulator.fail('views.open', refused('expired_trigger_id'));
    await client.shortcut(callbacks.messageTopic, 'A worry.');
    expect(await client.dialog()).toBe('');
    expect((await client.messages()).at(-1)).toContain('Select Open to see it: only you can.');
    expect(scene.emulator.dump()).not.toContain('A worry.');
    await client.press('Open');
    expect(await client.dialog()).not.toBe('');
  });

  it('whose window Slack does not open is answered in the conversation, and is no failure', async () => {
    const { client } = await scene.joined();
    scene.takeLog();
    scene.emulator.fail('views.open', throttled(30));
    await client.shortcut(callbacks.suggestTopic);
    expect((await client.messages()).at(-1)).toContain('Select Open to see it: only you can.');
    expect(scene.takeLog()).not.toContain('A Slack shortcut failed');
  });

  it('of somebody who has not joined tells them how to', async () => {
    const { client } = await scene.invited();
    await client.shortcut(callbacks.suggestTopic);
    expect(await client.dialog()).toContain('You have not joined the network yet.');
  });

  it('that fails says sorry in a window', async () => {
    const { client } = await scene.joined();
    await scene.core.db.schema.alterTable('accounts').renameTo('accounts_away').execute();
    await client.shortcut(callbacks.suggestTopic);
    await scene.core.db.schema.alterTable('accounts_away').renameTo('accounts').execute();
    expect(await client.dialog()).toContain('Something went wrong on our side.');
    expect(scene.takeLog()).toContain('A Slack shortcut failed');
  });

  it('of another version of the app is acknowledged, and logged', async () => {
    const { client } = await scene.joined();
    scene.takeLog();
    await client.shortcut('from_the_past');
    expect(await client.dialog()).toBe('');
    expect(scene.takeLog()).toContain('"callback":"from_the_past"');
  });

  it('is one that the manifest declares', () => {
    const plan = { publicUrl: 'https://peers.example', socketMode: false, manyWorkspaces: false };
    const declared = manifestFor(plan).features.shortcuts.map(({ type, callback_id }) => [type, callback_id]);
    expect(declared).toEqual([
      ['global', callbacks.suggestTopic],
      ['message', callbacks.messageTopic],
    ]);
  });
});

describe('a message as people read it', () => {
  it.each([
    ['Hello &amp; welcome &lt;you&gt;', 'Hello & welcome <you>'],
    ['<@U07AB12> and <@U07AB12|priya>', '@someone and @priya'],
    ['<#C07AB12|housing> or <#C07AB12>', '#housing or #channel'],
    ['<!here> <!channel|channel> <!subteam^S1|@directors>', '@here channel @directors'],
    ['<!date^1803211200^{date}|2 March>', '2 March'],
    ['<https://a.example/b?c=d&amp;e|the plan>', 'the plan (https://a.example/b?c=d&e)'],
    ['<https://a.example>', 'https://a.example'],
    ['<mailto:priya@council.example|priya@council.example>', 'priya@council.example'],
    ['&amp;lt;', '&lt;'],
    ['1 < 2 <', '1 < 2 <'],
  ])('%s', (text, shown) => {
    expect(readable(text)).toBe(shown);
  });
});
