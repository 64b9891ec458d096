import { App } from '@slack/bolt';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerInTime } from '../../../adapters/slack/deadline.ts';
import { formAnswers } from '../../../adapters/slack/forms.ts';
import { silentLog } from '../../../adapters/slack/sdk-log.ts';
import { createLog } from '../../../src/log.ts';
import { findMember } from '../../../src/network/roster.ts';
import { answerForms } from '../../support/join-by-forms.ts';
import { busyMachine } from '../../support/patience.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { formRequest, interaction, post, type SlackRequest } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;
/** Lets whatever a test holds up go on. */
let release: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  scene = await openSlackScene();
});

afterEach(async () => {
  await release();
  scene.emulator.mend();
});

afterAll(async () => {
  await scene.close();
});

/** No statement that reads or writes this table gets an answer before `release`. */
async function holdUp(table: string): Promise<void> {
  const client = new pg.Client(scene.connection);
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  release = async () => {
    release = () => Promise.resolve();
    await client.query('commit');
    await client.end();
  };
}

interface Timed {
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** The answer itself, without waiting for what the request began. */
async function timed(request: SlackRequest): Promise<Timed> {
  const started = performance.now();
  const response = await post(scene.url, scene.emulator.options.signingSecret, request);
  return { status: response.status, text: await response.text(), ms: performance.now() - started };
}

/** Slack's limit. */
const limit = 3_000;

const actor = (user: string) => ({ team: { id: slackTeam }, user: { id: user, team_id: slackTeam } });

describe('while the database hangs', busyMachine, () => {
  it.each([
    ['a command', (user: string, about: Record<string, string>) => commandOf('help', user, about)],
    ['a press', pressOf],
    ['a shortcut', shortcutOf],
  ])('%s is acknowledged at once, and answered when it can be', async (_, requestOf) => {
    const { client } = await scene.joined();
    const responses: unknown[] = [];
    const response_url = scene.emulator.responseUrl((answer) => responses.push(answer));
    const request = requestOf(client.user, { response_url, trigger_id: await scene.emulator.trigger(client.user) });
    await holdUp('received_events');
    const answered = await timed(request);
    expect([answered.status, answered.text]).toEqual([200, '']);
    expect(answered.ms).toBeLessThan(1_000);
    expect(responses).toEqual([]);
    await release();
    await expect.poll(() => responses.length + scene.emulator.modalsOf(client.user).length).toBe(1);
  });

  it('a form is answered in time and stays open, and what it says is saved once', async () => {
    const { member, client } = await scene.prompted();
    await client.type('reflect');
    const request = formOf(client.user, 'A slow thought.');
    await holdUp('reflections');
    const answered = await timed(request);
    expect([answered.status, answered.ms < limit]).toEqual([200, true]);
    const errors = { text: expect.stringContaining('longer than usual') };
    expect(JSON.parse(answered.text)).toEqual({ response_action: 'errors', errors });
    // Sent again before it is saved, it is not begun again.
    expect(JSON.parse((await timed(request)).text)).toEqual({ response_action: 'errors', errors });
    await release();
    const saved = scene.core.db.selectFrom('reflections').select('prompt_id').where('member_id', '=', member.id);
    await expect.poll(async () => await saved.execute()).toHaveLength(1);
    const again = await scene.post(request);
    expect(await again.text()).toContain('We already have this.');
    expect(await saved.execute()).toHaveLength(1);
    expect(scene.takeLog()).not.toContain('slow thought');
  });

  it('words are asked for again, and answered once', async () => {
    const { client } = await scene.joined();
    const before = scene.emulator.messagesTo(client.user).length;
    const channel = scene.emulator.messagesTo(client.user)[0]?.channel_id ?? '';
    const event = { type: 'message', channel_type: 'im', channel, user: client.user, text: 'help', ts: '1.1' };
    const request = scene.emulator.event(event, 'Ev-slow');
    await holdUp('accounts');
    const answered = await timed(request);
    expect([answered.status, answered.ms < limit]).toEqual([500, true]);
    // Slack repeats it at once: still at it.
    expect((await timed(request)).status).toBe(500);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before);
    await release();
    await expect.poll(() => scene.emulator.messagesTo(client.user).length).toBe(before + 1);
    await expect.poll(async () => (await timed(request)).status).toBe(200);
    expect(scene.emulator.messagesTo(client.user)).toHaveLength(before + 1);
  });

  it('words that fail after all are answered when Slack repeats them', async () => {
    const { client } = await scene.joined();
    const channel = scene.emulator.messagesTo(client.user)[0]?.channel_id ?? '';
    const event = { type: 'message', channel_type: 'im', channel, user: client.user, text: 'journal', ts: '1.1' };
    await holdUp('prompts');
    const request = scene.emulator.event(event);
    expect((await timed(request)).status).toBe(500);
    await breakOff();
    await release();
    await expect.poll(async () => (await timed(request)).status).toBe(200);
    expect((await client.messages()).at(-1)).toContain('Your journal');
  });
});

/** Ends the statements that wait for a table, as a database does that is being shut down. */
async function breakOff(): Promise<void> {
  const client = new pg.Client(scene.connection);
  await client.connect();
  await client.query(
    "select pg_cancel_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  await client.end();
}

describe('while Slack hangs', busyMachine, () => {
  it('joining is acknowledged, and begins when Slack says who it is', async () => {
    const { member, client } = await scene.invited();
    scene.emulator.fail('users.info', { kind: 'hang' });
    const trigger_id = await scene.emulator.trigger(client.user);
    expect((await timed(commandOf('join', client.user, { trigger_id }))).ms).toBeLessThan(1_000);
    scene.emulator.mend();
    await expect.poll(async () => await client.dialog()).toContain('(1 of 4)');
    await answerForms(client);
    expect((await findMember(scene.core.db, member.id))?.status).toBe('active');
  });

  it('the Home is asked for again in time, and drawn later', async () => {
    const { client } = await scene.joined();
    scene.emulator.fail('views.publish', { kind: 'hang' });
    const event = { type: 'app_home_opened', user: client.user, channel: 'D1', tab: 'home', event_ts: '1.1' };
    const request = scene.emulator.event(event);
    const answered = await timed(request);
    expect([answered.status, answered.ms < limit]).toEqual([500, true]);
    scene.emulator.mend();
    await expect.poll(() => client.home()).toContain('Hello, ');
    await expect.poll(async () => (await timed(request)).status).toBe(200);
    expect(scene.emulator.calls('views.publish').filter(({ user_id }) => user_id === client.user)).toHaveLength(1);
  });
});

describe('while nobody can say which token a workspace has', busyMachine, () => {
  /** An app whose look-up of the token never ends. */
  function hangingApp() {
    const receiver = { init: () => undefined, start: () => Promise.resolve(), stop: () => Promise.resolve() };
    const options = { receiver, convoStore: false, logger: silentLog() } as const;
    const app = new App({ ...options, authorize: () => new Promise(() => {}) });
    answerInTime(app, createLog('silent'), formAnswers);
    return app;
  }

  it.each([
    ['a command', { command: '/colloquy', team_id: 'T1', user_id: 'U1' }, undefined],
    [
      'a form',
      { type: 'view_submission', ...actor('U1'), view: { id: 'V1', callback_id: 'form', state: oneAnswer() } },
      { response_action: 'errors', errors: { text: expect.stringContaining('longer than usual') } },
    ],
  ])('%s is answered in time', async (_, body, answer) => {
    const answers: unknown[] = [];
    const ack = async (given?: unknown) => void answers.push(given);
    const started = performance.now();
    await hangingApp().processEvent({ body, ack });
    expect(performance.now() - started).toBeLessThan(2_600);
    expect(answers).toEqual([answer]);
  });

  it('an event is not acknowledged, so that Slack repeats it', async () => {
    const body = { type: 'event_callback', team_id: 'T1', event: { type: 'message' } };
    const answers: unknown[] = [];
    const ack = async (given?: unknown) => void answers.push(given);
    const started = performance.now();
    await expect(hangingApp().processEvent({ body, ack })).rejects.toThrow('in time');
    expect([performance.now() - started < 2_600, answers]).toEqual([true, []]);
  });
});

function oneAnswer() {
  return { values: { text: { text: { type: 'plain_text_input', value: 'x' } } } };
}

function commandOf(text: string, user_id: string, about: Readonly<Record<string, string>>): SlackRequest {
  return formRequest({ command: '/colloquy', text, team_id: slackTeam, user_id, channel_id: 'C1', ...about });
}

/** The form that this person has open, with this answer. */
function formOf(user: string, text: string): SlackRequest {
  const view = scene.emulator.modalsOf(user).at(-1);
  const values = { text: { text: { type: 'plain_text_input', value: text } } };
  return interaction({
    type: 'view_submission',
    ...actor(user),
    view: { ...view, id: view?.view_id, state: { values } },
  });
}

function pressOf(user: string, about: Readonly<Record<string, string>>): SlackRequest {
  const value = '{"kind":"network.help","asked":""}';
  const actions = [{ type: 'button', block_id: 'b', action_id: 'a', value, action_ts: '1803211260.118204' }];
  const container = { type: 'message', message_ts: '1.1', channel_id: 'D1' };
  return interaction({ type: 'block_actions', ...actor(user), container, actions, ...about });
}

function shortcutOf(user: string, about: Readonly<Record<string, string>>): SlackRequest {
  return interaction({ type: 'shortcut', ...actor(user), callback_id: 'suggest_topic', ...about });
}
