import { expect, test } from 'vitest';
import { SlackApp } from '../../../adapters/slack/bolt.ts';
import { clientOptions } from '../../../adapters/slack/client.ts';
import { silentLog } from '../../../adapters/slack/sdk-log.ts';

test('however many tokens come by, clients do not pile up', async () => {
  const receiver = { init: () => undefined, start: () => Promise.resolve(), stop: () => Promise.resolve() };
  let tokens = 0;
  const authorize = () => {
    tokens += 1;
    return Promise.resolve({ botToken: `xoxb-${tokens}` });
  };
  const options = { convoStore: false, ignoreSelf: false, logger: silentLog() } as const;
  const app = new SlackApp({ receiver, authorize, clientOptions: clientOptions('http://127.0.0.1:1/'), ...options });
  const used: (string | undefined)[] = [];
  app.event('team_join', async ({ client }) => void used.push(client.token));
  for (const team_id of ['T1', 'T2', 'T1', 'T1']) {
    const event = { type: 'team_join', user: { id: 'U1' } };
    const body = { type: 'event_callback', team_id, authorizations: [{ team_id }], event };
    await app.processEvent({ body, ack: () => Promise.resolve() });
  }
  expect(used).toEqual(['xoxb-1', 'xoxb-2', 'xoxb-3', 'xoxb-4']);
  const kept: unknown = Reflect.get(app, 'clients');
  expect(JSON.stringify(kept).match(/xoxb-\d/g)).toEqual(expect.arrayContaining(['xoxb-4']));
  expect(JSON.stringify(kept)).not.toMatch(/xoxb-[123]/);
});
