import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMember } from '../../../src/network/roster.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { eventRequest, formRequest, interaction, nowSeconds, post, sign } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

describe('a request that Slack did not sign', () => {
  const request = formRequest({
    command: '/colloquy',
    text: 'help',
    team_id: slackTeam,
    user_id: 'UANYBODY',
    trigger_id: '1.1.a',
  });
  const secret = () => scene.emulator.options.signingSecret;

  it.each([
    ['unsigned', () => ({})],
    ['signed with another secret', () => sign('another secret', request.body, nowSeconds())],
    ['signed for another body', () => sign(secret(), `${request.body}&text=join`, nowSeconds())],
    ['signed six minutes ago', () => sign(secret(), request.body, nowSeconds() - 360)],
    ['signed six minutes from now', () => sign(secret(), request.body, nowSeconds() + 360)],
  ])('%s is refused, and one line says so', async (_, headers) => {
    scene.takeLog();
    const response = await post(scene.url, secret(), request, headers());
    expect([response.status, await response.text()]).toEqual([401, '']);
    const logged = scene.takeLog();
    expect(logged.trim().split('\n')).toHaveLength(1);
    expect(logged).toContain('Slack: ');
    expect(logged).not.toContain('help');
  });

  it('changes nothing', async () => {
    const { member, client } = await scene.invited();
    const join = {
      command: '/colloquy',
      text: 'join',
      team_id: slackTeam,
      user_id: client.user,
      trigger_id: '1.1.a',
    };
    await post(scene.url, secret(), formRequest(join), {});
    expect((await findMember(scene.core.db, member.id))?.status).toBe('invited');
  });
});

describe('what we do not know', () => {
  it.each([
    [
      'an event',
      eventRequest({
        type: 'event_callback',
        event_id: 'Ev1',
        authorizations: [{ team_id: slackTeam, user_id: 'U1' }],
        event: { type: 'team_join', user: { id: 'U2' } },
      }),
    ],
    [
      'a shortcut',
      interaction({ type: 'shortcut', callback_id: 'x', team: { id: slackTeam }, user: { id: 'U1' }, trigger_id: '1' }),
    ],
    [
      'a closed window',
      interaction({
        type: 'view_closed',
        team: { id: slackTeam },
        user: { id: 'U1' },
        view: { id: 'V1', callback_id: 'x' },
      }),
    ],
    [
      'a press of another kind',
      interaction({
        type: 'block_actions',
        team: { id: slackTeam },
        user: { id: 'U1' },
        actions: [{ type: 'overflow', action_id: 'x', block_id: 'y' }],
      }),
    ],
  ])('%s is taken at once', async (_, request) => {
    const started = performance.now();
    expect((await scene.post(request)).status).toBe(200);
    // Bolt waits three seconds for a listener that is not there.
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('Slack’s own question whether we are there is answered', async () => {
    const response = await scene.post(eventRequest({ type: 'url_verification', challenge: 'abc' }));
    expect(await response.json()).toEqual({ challenge: 'abc' });
  });

  it('a body that cannot be read is refused, and not quoted in the log', async () => {
    scene.takeLog();
    const request = { type: 'application/json', body: 'secret, and no JSON' } as const;
    expect((await scene.post(request)).status).toBe(400);
    const logged = scene.takeLog();
    expect(logged).toContain('Slack: Parsing request body failed');
    expect(logged).not.toContain('secret');
  });

  it('a body longer than anything Slack sends is refused, and not quoted in the log', async () => {
    scene.takeLog();
    const request = { type: 'application/json', body: JSON.stringify({ secret: 'x'.repeat(5_000_000) }) } as const;
    const { signingSecret } = scene.emulator.options;
    // The rest of the body would stand in the way of whoever used the line next.
    const headers = { ...sign(signingSecret, request.body, nowSeconds()), connection: 'close' };
    expect((await post(scene.url, signingSecret, request, headers)).status).toBe(413);
    expect(scene.takeLog()).not.toContain('secret');
  });

  it('a check of our certificate is answered when Slack signed it, as all else', async () => {
    const check = formRequest({ ssl_check: '1', token: 'x' });
    expect((await scene.post(check)).status).toBe(200);
    expect((await post(scene.url, 'another secret', check)).status).toBe(401);
  });

  it('help costs no call to Slack, but for the one that asks whose token we have', async () => {
    const calls = () => ['users.info', 'chat.postMessage'].map((method) => scene.emulator.calls(method).length);
    const before = calls();
    const answers: unknown[] = [];
    const command = {
      command: '/colloquy',
      text: 'help',
      team_id: slackTeam,
      user_id: 'UANYBODY',
      trigger_id: '1.1.a',
      response_url: scene.emulator.responseUrl((answer) => answers.push(answer)),
    };
    await scene.post(formRequest(command));
    expect(answers).toHaveLength(1);
    expect(calls()).toEqual(before);
    expect(scene.emulator.calls('auth.test')).toHaveLength(1);
  });
});
