import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSlackScene, type SlackScene } from '../support/slack-scene.ts';

/*
 * What conveners do, through Slack: the same pages and forms as on the web.
 */

let scene: SlackScene;
beforeEach(async () => {
  scene = await openSlackScene();
});
afterEach(() => scene.close());

test('a convener goes from the console to a council, changes it, and finds that in the record', async () => {
  const { member, client } = await scene.joined({
    permission: 'convener',
    name: 'Cleo',
    council: 'Leeds City Council',
  });
  await client.type('console');
  expect(await client.dialog()).toContain('Nobody is waiting to be let in.');
  await client.press('Councils');
  expect(await client.dialog()).toContain('1 council in the network.');
  await client.press('Change');
  const council = { name: 'Leeds City Council', type: 'city', nation: 'none', region: '', consent: 'withdrawn' };
  await client.submit({ ...council, domains: 'gmail.com' });
  expect(await client.dialog()).toContain('Anybody can have an address at gmail.com.');
  await client.submit({ ...council, domains: 'leeds.example' });
  const stored = scene.core.db.selectFrom('councils').select(['type', 'nation', 'consent', 'consent_at']);
  expect(await stored.where('id', '=', member.councilId).execute()).toEqual([
    { type: 'city', nation: '', consent: 'withdrawn', consent_at: scene.clock.now() },
  ]);
  await client.type('console');
  await client.press('See the record');
  expect(await client.dialog()).toContain('Cleo noted the consent of Leeds City Council as withdrawn');
});

test('somebody who is no convener is told so', async () => {
  const { client } = await scene.joined();
  await client.type('console');
  expect([...(await client.messages()), await client.dialog()].join()).toContain('Only conveners can do that.');
});
