import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { slackTeam } from '../../support/slack-emulator.ts';
import type { SlackMember } from '../../support/slack-member.ts';
import { asRequest, type PayloadName, payloads } from '../../support/slack-payloads.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

/** What became of one payload: the answer itself, what came by the response_url, and the calls it led to. */
interface Aftermath {
  readonly status: number;
  readonly answer: string;
  readonly responses: readonly unknown[];
  readonly calls: readonly string[];
  send(): Promise<void>;
}

async function replay(name: PayloadName, client: SlackMember): Promise<Aftermath> {
  const { emulator } = scene;
  const responses: unknown[] = [];
  const open = emulator.modalsOf(client.user).at(-1);
  const occasion = {
    team: slackTeam,
    bot: emulator.botUser,
    user: client.user,
    channel: emulator.messagesTo(client.user)[0]?.channel_id ?? 'D07NONE0001',
    trigger: await emulator.trigger(client.user, name === 'inModal' ? open : undefined),
    responseUrl: emulator.responseUrl((answer) => responses.push(answer)),
    ...(open === undefined ? {} : { view: open.view_id }),
  };
  const request = asRequest(payloads(occasion)[name]);
  const before = emulator.made().length;
  const response = await scene.post(request);
  return {
    status: response.status,
    answer: await response.text(),
    responses,
    get calls() {
      return emulator
        .made()
        .slice(before)
        .map(({ method }) => method.replace(/\/\d+$/, ''));
    },
    send: async () => void (await scene.post(request)),
  };
}

const ephemeralHelp = { response_type: 'ephemeral', replace_original: false, text: 'Here is what you can do.' };

describe('Slack sends', () => {
  it('a slash command: nothing at once, then an answer to the person alone', async () => {
    const { client } = await scene.joined();
    const seen = await replay('command', client);
    expect([seen.status, seen.answer]).toEqual([200, '']);
    expect(seen.responses).toMatchObject([ephemeralHelp]);
  });

  it.each(['onMessage', 'onEphemeral'] as const)('a press (%s): an answer beside the card', async (name) => {
    const { client } = await scene.joined();
    const seen = await replay(name, client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', ['/respond']]);
    expect(seen.responses).toMatchObject([ephemeralHelp]);
  });

  it('a press in a window: a window on it', async () => {
    const { client } = await scene.joined();
    await client.type('journal');
    const seen = await replay('inModal', client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', ['views.push']]);
    expect(await client.dialog()).toContain('What you can do');
  });

  it('a press on the Home: a window over it', async () => {
    const { client } = await scene.joined();
    const seen = await replay('onHome', client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', ['views.open']]);
    expect(await client.dialog()).toContain('What you can do');
  });

  it('a form: what became of it, in its place', async () => {
    const { client } = await scene.joined();
    const seen = await replay('viewSubmission', client);
    expect([seen.status, seen.calls]).toEqual([200, []]);
    expect(JSON.parse(seen.answer)).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
    expect(seen.answer).toContain('paused');
  });

  it('a global shortcut, and one on a message: the form for a topic, with the message as people read it', async () => {
    const { client } = await scene.joined();
    expect((await replay('shortcut', client)).calls).toEqual(['views.open']);
    const seen = await replay('messageAction', client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', ['views.open']]);
    expect(await client.dialog()).toContain(
      'How do @someone and #housing share the plan (https://plan.example/a) & the cost?',
    );
    expect(scene.takeLog()).not.toContain('plan.example');
  });

  it('words to the bot: an answer in the conversation', async () => {
    const { client } = await scene.joined();
    const seen = await replay('messageIm', client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', ['chat.postMessage']]);
    await seen.send();
    expect(seen.calls).toHaveLength(1);
  });

  it('that the Home was opened: the Home, drawn once; and nothing for the other tab', async () => {
    const { client } = await scene.joined();
    const seen = await replay('appHomeOpened', client);
    expect([seen.status, seen.calls]).toEqual([200, ['views.publish']]);
    await seen.send();
    expect(seen.calls).toHaveLength(1);
    expect((await replay('messagesOpened', client)).calls).toEqual([]);
  });

  it('that a person changed: how we call them, and their zone', async () => {
    const { member, client } = await scene.joined({ name: 'P. Nair' });
    expect((await replay('userChange', client)).status).toBe(200);
    const person = scene.core.db.selectFrom('people').select(['name', 'zone', 'locale']).where('id', '=', member.id);
    expect(await person.executeTakeFirst()).toEqual({ name: 'Priya Nair', zone: 'Asia/Tokyo', locale: 'ja-JP' });
  });

  it.each(['teamJoin', 'viewClosed'] as const)('%s: nothing, to nobody', async (name) => {
    const { client } = await scene.joined();
    const seen = await replay(name, client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', []]);
  });

  it.each(['appUninstalled', 'tokensRevoked'] as const)('%s: that it came in', async (name) => {
    const { client } = await scene.joined();
    const seen = await replay(name, client);
    expect([seen.status, seen.answer, seen.calls]).toEqual([200, '', []]);
  });

  it('its own questions: their answers', async () => {
    const { client } = await scene.joined();
    expect((await replay('sslCheck', client)).status).toBe(200);
    expect(JSON.parse((await replay('urlVerification', client)).answer)).toEqual({ challenge: 'kR7v2XqLw0pTn4Jz9aYd' });
  });
});
