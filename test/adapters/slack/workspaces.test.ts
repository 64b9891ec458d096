import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneWorkspace } from '../../../adapters/slack/workspaces.ts';
import { findMember } from '../../../src/network/roster.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { formRequest, interaction } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';
import { openSlackWebApi } from '../../support/slack-web-api.ts';

/*
 * A workspace's token serves the people of that workspace: whose it is decides, and not what a request says of itself.
 */

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

const elsewhere = 'TELSEWHERE';
const trigger_id = '1.1.a';
const leave = JSON.stringify({ kind: 'network.confirm-leave' });
const actions = [{ type: 'button', block_id: 'b', action_id: 'a', value: leave, action_ts: '1803211200.000100' }];

/** A window as Slack says it stands for whoever pressed in it. */
function windowOf(app_installed_team_id: string, completes = '') {
  const values = {
    until: { until: { selected_date: '2027-05-04' } },
    programmes: { programmes: { selected_options: [{ value: 'prompts' }] } },
  };
  return {
    id: 'V1',
    type: 'modal',
    hash: '1.a',
    blocks: [],
    private_metadata: completes,
    app_installed_team_id,
    state: { values },
  };
}

describe('with one workspace’s token', () => {
  it.each([
    [
      'a command',
      (user: string) =>
        formRequest({ command: '/colloquy', text: 'join', team_id: elsewhere, user_id: user, trigger_id }),
    ],
    [
      'a press on a card',
      (user: string) => {
        const container = { type: 'message', message_ts: '1.1', channel_id: 'D1' };
        return interaction({ type: 'block_actions', ...person(user, elsewhere), container, trigger_id, actions });
      },
    ],
    [
      'a press in a window that says it is of ours',
      (user: string) => {
        const place = { container: { type: 'view' }, view: windowOf(slackTeam) };
        return interaction({ type: 'block_actions', ...person(user, elsewhere), ...place, trigger_id, actions });
      },
    ],
    [
      'a form',
      (user: string) => {
        const view = windowOf(elsewhere, JSON.stringify({ kind: 'network.pause' }));
        return interaction({ type: 'view_submission', ...person(user, slackTeam), view });
      },
    ],
    [
      'a shortcut',
      (user: string) =>
        interaction({ type: 'shortcut', ...person(user, elsewhere), callback_id: 'suggest_topic', trigger_id }),
    ],
    [
      'an event',
      (user: string) => {
        const event = { type: 'message', channel_type: 'im', channel: 'D1', user, text: 'help', ts: '1.1' };
        const { type, body } = scene.emulator.event(event);
        return { type, body: body.replaceAll(slackTeam, elsewhere) };
      },
    ],
  ])('%s from another has no effect, and leads to no call', async (_, requestOf) => {
    const { member, client } = await scene.joined();
    // Slack is asked once whose token it is.
    await client.type('help');
    const before = await findMember(scene.core.db, member.id);
    const calls = scene.emulator.made().length;
    scene.takeLog();
    await scene.post(requestOf(client.user));
    expect(await findMember(scene.core.db, member.id)).toEqual(before);
    expect(scene.emulator.made().slice(calls)).toEqual([]);
    expect(scene.takeLog()).toContain(`not installed in the workspace ${elsewhere}`);
  });

  it('a press in a window that names another is that of our own member', async () => {
    const { member, client } = await scene.joined();
    const place = { container: { type: 'view' }, view: windowOf(elsewhere) };
    await scene.post(
      interaction({ type: 'block_actions', ...person(client.user, slackTeam), ...place, trigger_id, actions }),
    );
    expect((await findMember(scene.core.db, member.id))?.status).toBe('left');
  });

  it('which workspace it is of is asked once, when it is first needed, and again after no answer', async () => {
    let status: object | number = 500;
    const api = await openSlackWebApi(() => Promise.resolve(status));
    const { authorize } = oneWorkspace('xoxb-one', api.apiUrl);
    const source = (teamId: string) => ({ teamId, enterpriseId: undefined, isEnterpriseInstall: false });
    expect(api.calls('auth.test')).toHaveLength(0);
    await expect(authorize(source('T1'))).rejects.toThrow();
    status = { ok: true, team_id: 'T1' };
    expect(await Promise.all([authorize(source('T1')), authorize(source('T1'))])).toEqual(
      Array(2).fill({ botToken: 'xoxb-one', teamId: 'T1' }),
    );
    await expect(authorize(source('T2'))).rejects.toThrow('not installed in the workspace T2');
    expect(api.calls('auth.test')).toHaveLength(2);
    await api.close();
  });
});

function person(id: string, team: string) {
  return { user: { id, team_id: team }, team: { id: team } };
}
