import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { chooseAnnouncements } from '../../src/network/announcements.ts';
import { erase } from '../../src/network/erase.ts';
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

const tenant = '22222222-bbbb-4bbb-8bbb-222222222222';
const channel = {
  room: '19:towers@thread.tacv2',
  address: { conversationId: '19:towers@thread.tacv2', botId: '28:b' },
};

/** The member in Teams: in a channel of a team, or alone with us. */
function inTeams(member: Member, where: Pick<Sender, 'channel'> = {}): Sender {
  const account = { platform: 'teams', space: tenant, user: `oid-${member.id}` } as const;
  const profile = { name: '', email: member.email, zone: '', locale: '' };
  return { account, address: {}, profile: () => Promise.resolve(profile), ...where };
}

/** The same, once their account there is known. */
async function knownInTeams(member: Member, where: Pick<Sender, 'channel'> = {}): Promise<Sender> {
  const { account } = inTeams(member);
  const row = { platform: account.platform, space: tenant, platform_user: account.user, member_id: member.id };
  await core.db
    .insertInto('accounts')
    .values({ ...row, id: randomUUID(), address: '{}', seen_at: core.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return inTeams(member, where);
}

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
    .select(['platform', 'space', 'purpose', 'room', 'address', 'chosen_by as by'])
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
  const chosen = {
    platform: 'slack',
    space: 'T1',
    purpose: 'announcements',
    room: 'C123',
    address: {},
    by: convener.id,
  };
  expect(await rooms()).toEqual([chosen]);
  const here = [
    { kind: 'room', space: 'T1', room: 'C123', address: {} },
    'Conversations of this network will be announced here.',
  ];
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
  expect(textOf(await handle(core, sender, settings))).toContain('No channel is chosen here');
  await choose('C123');
  const shown = textOf(await handle(core, sender, settings));
  expect(shown).toContain('A channel is chosen here');
  expect(shown).not.toContain('C123');
  expect(textOf(await handle(core, await inSlack(convener, 'T2'), settings))).toContain('No channel is chosen here');
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
    const told = textOf(await ask(core, convener, intent));
    expect(told).toContain('In Slack, open settings');
    expect(told).toContain('In Teams, mention @Colloquy');
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
  expect(last?.message.body).toContainEqual({ kind: 'paragraph', text: expect.stringContaining('open settings') });
  // They may read this where there are no channels, or those of another platform.
  expect(last?.message.buttons).toEqual([]);
});

describe('on a platform where a channel is chosen in itself', () => {
  const chooseIt = { kind: 'network.choose-announcements', room: channel.room } as const;

  test('it is chosen with all that is needed to post there, and told so with no word of another platform', async () => {
    const teams = recordingOutbound('teams');
    const reply = await handle(core, await knownInTeams(convener, { channel }), chooseIt);
    expect(textOf(reply)).toContain('We will announce conversations in that channel.');
    expect(textOf(reply)).not.toMatch(/Slack|invite|workspace/);
    const chosen = { platform: 'teams', space: tenant, purpose: 'announcements', by: convener.id };
    expect(await rooms()).toEqual([{ ...chosen, ...channel }]);
    await settleAll(core, new Map([['teams', teams]]));
    const here = teams.parcels.filter(({ to }) => to.kind === 'room');
    expect(here.map(({ to }) => to)).toEqual([{ kind: 'room', space: tenant, ...channel }]);
  });

  test.each([
    ['a private chat', {}],
    ['another channel', { channel: { room: '19:other@thread.tacv2', address: {} } }],
  ])('it cannot be chosen from %s, which is told how', async (_name, where) => {
    const reply = await handle(core, await knownInTeams(convener, where), chooseIt);
    expect(textOf(reply)).toContain('Mention @Colloquy there');
    expect(await rooms()).toEqual([]);
  });

  test('chosen again, it is written to where it is now, and is still the choice of whoever made it', async () => {
    await handle(core, await knownInTeams(convener, { channel }), chooseIt);
    const moved = { ...channel, address: { ...channel.address, serviceUrl: 'https://smba.trafficmanager.net/uk/' } };
    const other = await addActive(core, { permission: 'convener', council: 'York' });
    const reply = await handle(core, await knownInTeams(other, { channel: moved }), chooseIt);
    expect(textOf(reply)).toContain('chosen already');
    expect(await rooms()).toMatchObject([{ ...moved, by: convener.id }]);
  });

  test.each([
    ['was erased', async () => await core.db.deleteFrom('members').where('id', '=', convener.id).execute()],
    ['left', async () => await setConvener({ status: 'left' })],
    ['is no convener any more', async () => await setConvener({ permission: 'member' })],
  ] as const)(
    'chosen again where whoever made it %s, it is the choice of who did, who hears of it',
    async (_name, go) => {
      await handle(core, await knownInTeams(convener, { channel }), chooseIt);
      const other = await addActive(core, { permission: 'convener', council: 'York' });
      const sender = await knownInTeams(other, { channel });
      await go();
      expect(textOf(await handle(core, sender, chooseIt))).toContain('chosen already');
      expect(await rooms()).toMatchObject([{ ...channel, by: other.id }]);
    },
  );

  async function setConvener(changes: { status: 'left' } | { permission: 'member' }): Promise<void> {
    await core.db.updateTable('members').set(changes).where('id', '=', convener.id).execute();
  }

  test('there is no form: a page says how', async () => {
    for (const where of [{}, { channel }]) {
      const reply = await handle(core, await knownInTeams(convener, where), { kind: 'network.open-announcements' });
      expect(reply.kind).toBe('page');
      expect(textOf(reply)).toContain('Add this app to the team');
      expect(textOf(reply)).toContain('Select “Announce conversations here”');
      expect(textOf(reply)).not.toMatch(/Slack|workspace/);
    }
  });

  test('nobody but a convener chooses it, though they are in the channel', async () => {
    const host = await addActive(core, { permission: 'host', council: 'York' });
    const replies = [
      await handle(core, await knownInTeams(host, { channel }), chooseIt),
      await handle(core, inTeams(await addActive(core), { channel }), chooseIt),
    ];
    expect(replies.map(textOf)).toEqual([
      expect.stringContaining('Only conveners can do that.'),
      expect.stringContaining('You have not joined'),
    ]);
    expect(await rooms()).toEqual([]);
  });

  test('it can be stopped from anywhere there, in words of its own', async () => {
    await handle(core, await knownInTeams(convener, { channel }), chooseIt);
    const reply = await handle(core, inTeams(convener), { kind: 'network.stop-announcements' });
    expect(textOf(reply)).toContain('in a channel of this organisation');
    expect(await rooms()).toEqual([]);
  });

  test('one that takes nothing from us is told of in words of its own, though the convener reads them elsewhere', async () => {
    const teams = recordingOutbound('teams');
    await handle(core, await knownInTeams(convener, { channel }), chooseIt);
    teams.outcomes.push({ kind: 'gone', reason: 'Teams: not in the team' });
    await settleAll(core, new Map([['teams', teams]]));
    expect(await rooms()).toEqual([]);
    await core.db.updateTable('accounts').set({ reachable: false }).where('platform', '=', 'teams').execute();
    await settleAll(core, new Map([['slack', slack]]));
    const last = [...slack.letters, ...teams.letters].find(({ message }) => message.heading.includes('could not post'));
    expect(last?.message.body).toContainEqual({ kind: 'paragraph', text: expect.stringContaining('In Teams, check') });
    expect(JSON.stringify(last)).toContain('“Announce conversations here”');
    expect(last?.message.buttons).toEqual([]);
    expect(JSON.stringify(last)).not.toContain('invite');
  });
});

test('what is asked in a channel overwrites no private address, and opens no account that takes nothing from us', async () => {
  const sender = await knownInTeams(convener, { channel });
  const kept = { conversationId: 'a:alone', userId: '29:them' };
  const theirs = () =>
    core.db.selectFrom('accounts').select(['address', 'reachable']).where('platform', '=', 'teams').execute();
  await core.db
    .updateTable('accounts')
    .set({ address: JSON.stringify(kept), reachable: false })
    .where('platform', '=', 'teams')
    .execute();
  await handle(core, sender, { kind: 'network.help', asked: '' });
  expect(await theirs()).toEqual([{ address: kept, reachable: false }]);
  await handle(core, { ...inTeams(convener), address: { botId: '28:b' } }, { kind: 'network.help', asked: '' });
  expect(await theirs()).toEqual([{ address: { ...kept, botId: '28:b' }, reachable: true }]);
});

test('whoever is erased while they choose is told that they are not in the network, and nothing is chosen', async () => {
  const sender = await inSlack(convener);
  await erase(core, convener);
  await expect(chooseAnnouncements(core, convener, sender, 'C1')).rejects.toThrow(
    'You have not joined the network yet.',
  );
  expect(await rooms()).toEqual([]);
});
