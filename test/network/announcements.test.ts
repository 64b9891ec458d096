import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let convener: Member;
let slack: RecordingOutbound;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { permission: 'convener' });
  slack = recordingOutbound('slack');
  await settleAll(core, new Map([['slack', slack]]));
});
afterEach(() => stage.close());

/** The member in a Slack workspace. */
async function inSlack(member: Member, space = 'T1'): Promise<Sender> {
  const account = { platform: 'slack', space, user: `U${member.id.slice(0, 8)}` } as const;
  const row = { platform: account.platform, space, platform_user: account.user, member_id: member.id, address: '{}' };
  await core.db
    .insertInto('accounts')
    .values({ ...row, id: randomUUID(), seen_at: core.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const profile = { name: '', email: member.email, zone: '', locale: '' };
  return { account, address: {}, profile: () => Promise.resolve(profile) };
}

async function choose(room: string, space = 'T1'): Promise<Reply> {
  return await handle(core, await inSlack(convener, space), { kind: 'network.choose-announcements', room });
}

async function rooms() {
  return await core.db
    .selectFrom('rooms')
    .select(['platform', 'space', 'purpose', 'room', 'chosen_by as by'])
    .where('retired_at', 'is', null)
    .orderBy('space')
    .execute();
}

async function settled(): Promise<readonly unknown[]> {
  slack.parcels.length = 0;
  await settleAll(core, new Map([['slack', slack]]));
  return slack.parcels.map(({ to, act }) => [to, act.kind === 'post' ? act.message.summary : act.kind]);
}

test('a convener chooses a channel, which is told so, once', async () => {
  const form = await handle(core, await inSlack(convener), { kind: 'network.open-announcements' });
  expect(form.kind === 'form' && form.form.fields).toMatchObject([{ name: 'room', kind: 'room', value: '' }]);
  expect(textOf(await choose('C123'))).toContain('/invite @Colloquy');
  const chosen = { platform: 'slack', space: 'T1', purpose: 'announcements', room: 'C123', by: convener.id };
  expect(await rooms()).toEqual([chosen]);
  const here = [{ kind: 'room', space: 'T1', room: 'C123' }, 'Conversations of this network will be announced here.'];
  expect(await settled()).toEqual([here]);
  expect(textOf(await choose('C123'))).toContain('chosen already');
  expect(await settled()).toEqual([]);
  expect(await rooms()).toEqual([chosen]);
});

test('choosing another replaces it, in that workspace alone; of two who choose at once, one channel is left', async () => {
  await choose('C1');
  await choose('C9', 'T2');
  await Promise.all(['C2', 'C3', 'C4', 'C5'].map((room) => choose(room)));
  expect((await rooms()).map(({ space, room }) => [space, room])).toEqual([
    ['T1', expect.stringMatching(/^C[2-5]$/)],
    ['T2', 'C9'],
  ]);
  // Those that were replaced before their turn came are not told anything.
  expect(await settled()).toHaveLength(2);
});

test('when stopped, no channel is chosen there, and stopping again does no harm', async () => {
  await choose('C1');
  await choose('C9', 'T2');
  for (let time = 0; time < 2; time += 1) {
    const reply = await handle(core, await inSlack(convener), { kind: 'network.stop-announcements' });
    expect(reply.kind).toBe('replace');
    expect(await rooms()).toMatchObject([{ space: 'T2' }]);
  }
});

test('the settings of a convener in a workspace name the state, never the channel; nobody else sees the card', async () => {
  const settings = { kind: 'network.settings' } as const;
  const sender = await inSlack(convener);
  expect(textOf(await handle(core, sender, settings))).toContain('No channel in this workspace is chosen');
  await choose('C123');
  const shown = textOf(await handle(core, sender, settings));
  expect(shown).toContain('A channel in this workspace is chosen');
  expect(shown).not.toContain('C123');
  expect(textOf(await handle(core, await inSlack(convener, 'T2'), settings))).toContain('No channel in this workspace');
  expect(textOf(await ask(core, convener, settings))).not.toContain('Announcements');
  const host = await inSlack(await addActive(core, { permission: 'host', council: 'York' }));
  expect(textOf(await handle(core, host, settings))).not.toContain('Announcements');
});

test('where there are no channels, the convener is told where there are', async () => {
  for (const intent of [
    { kind: 'network.open-announcements' },
    { kind: 'network.choose-announcements', room: 'C1' },
    { kind: 'network.stop-announcements' },
  ] as const) {
    expect(textOf(await ask(core, convener, intent))).toContain('Open settings in Slack');
  }
  expect(await rooms()).toEqual([]);
});

test('only a convener chooses, whatever a button said', async () => {
  const host = await inSlack(await addActive(core, { permission: 'host', council: 'York' }));
  const reply = await handle(core, host, { kind: 'network.choose-announcements', room: 'C1' });
  expect(reply.kind).toBe('message');
  expect(await rooms()).toEqual([]);
});

test.each(['', 'C1 C2', '<!channel>', 'x'.repeat(101)])('“%s” is no channel', async (room) => {
  expect(await choose(room)).toEqual({ kind: 'invalid', problems: [{ field: 'room', text: 'Choose a channel.' }] });
  expect(await rooms()).toEqual([]);
});

test('a channel that takes nothing from us is chosen no longer, and the convener is told what to do', async () => {
  await choose('C1');
  slack.outcomes.push({ kind: 'gone', reason: 'Slack: not_in_channel' });
  await settled();
  expect(await rooms()).toEqual([]);
  await settleAll(core, new Map([['slack', slack]]));
  const last = slack.letters.at(-1);
  expect(last?.message.body).toContainEqual({ kind: 'paragraph', text: expect.stringContaining('/invite @Colloquy') });
  expect(last?.message.buttons).toMatchObject([{ intent: { kind: 'network.open-announcements' } }]);
});
