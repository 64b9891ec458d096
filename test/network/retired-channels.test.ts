import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { cardIn } from '../support/channel.ts';
import {
  addPeople,
  type ConversationStage,
  factOf,
  openConversations,
  proposal,
  propose,
  signUp,
} from '../support/conversations.ts';
import { addActive } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let convener: Member;

beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  convener = await addActive(core, { permission: 'convener', council: 'York' });
  await stage.settle();
});
afterEach(() => stage.close());

/** As the convener does it in their Slack workspace. */
async function inSlack(intent: Intent): Promise<void> {
  const account = { platform: 'slack', space: 'T1', user: 'UCONVENER' } as const;
  await core.db
    .insertInto('accounts')
    .values({
      id: randomUUID(),
      member_id: convener.id,
      platform: 'slack',
      space: 'T1',
      platform_user: account.user,
      address: '{}',
      seen_at: core.clock.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const profile = { name: '', email: convener.email, zone: '', locale: '' };
  const reply = await handle(core, { account, address: {}, profile: () => Promise.resolve(profile) }, intent);
  expect(['message', 'replace']).toContain(reply.kind);
  await stage.settle();
}
const choose = (room: string) => inSlack({ kind: 'network.choose-announcements', room });
const titles = (room: string) => [...(stage.slack.cards.get(room)?.values() ?? [])].map(({ heading }) => heading);

/** What stands in the channel of this conversation, without the message that it was chosen. */
function cardOf(room: string) {
  const cards = [...(stage.slack.cards.get(room)?.values() ?? [])];
  return cards.find(({ heading }) => heading === proposal.title);
}

async function live() {
  return await core.db.selectFrom('rooms').select('room').where('retired_at', 'is', null).execute();
}

test('a card in a channel that is no longer chosen is kept true: its seats, and that it can be joined no more', async () => {
  const [first, second] = await addPeople(core, 2);
  await choose('C1');
  const id = await propose(core, stage.host);
  await stage.settle();
  await choose('C2');
  if (first !== undefined) await signUp(core, first, id);
  await stage.settle();
  const card = () => cardOf('C1') ?? cardIn(stage.slack, 'C1');
  expect(factOf(card(), 'Seats')).toBe('2 of 3 left');
  await inSlack({ kind: 'network.stop-announcements' });
  if (second !== undefined) await signUp(core, second, id);
  await stage.settle();
  expect(factOf(card(), 'Seats')).toBe('1 of 3 left');
  await propose(core, stage.host, { title: 'Told nowhere' });
  await stage.settle();
  expect([...titles('C1'), ...titles('C2')]).not.toContain('Told nowhere');
  stage.clock.set(new Date('2027-03-16T10:00:00Z'));
  await stage.settle();
  expect(card().summary).toContain('it has begun');
  expect(card().buttons).toEqual([]);
});

test('a channel that is chosen again announces again, says so again, and shows each conversation once', async () => {
  await choose('C1');
  const id = await propose(core, stage.host);
  await stage.settle();
  await choose('C2');
  await choose('C1');
  expect(await live()).toEqual([{ room: 'C1' }]);
  const [person] = await addPeople(core, 1);
  if (person !== undefined) await signUp(core, person, id);
  await propose(core, stage.host, { title: 'Afterwards' });
  await stage.settle();
  expect(titles('C1')).toEqual(['Announcements', proposal.title, 'Announcements', 'Afterwards']);
  expect(titles('C2')).toEqual(['Announcements']);
  expect(factOf(cardOf('C1') ?? cardIn(stage.slack, 'C1'), 'Seats')).toBe('2 of 3 left');
});

test('a card that the platform cannot read costs that card, and not the channel', async () => {
  await choose('C1');
  stage.slack.send = async ({ to }) =>
    to.kind === 'room' ? { kind: 'refused', reason: 'Slack: invalid_blocks' } : { kind: 'sent', receipt: {} };
  await propose(core, stage.host);
  await stage.settle();
  const notice = core.db.selectFrom('deliveries').select('status').where('kind', '=', 'conversations.notice');
  expect(await notice.execute()).toEqual([{ status: 'failed' }]);
  expect(await live()).toEqual([{ room: 'C1' }]);
});

test('each time a channel turns us away the convener is told, once, and the failure stays in sight', async () => {
  for (const times of [1, 2]) {
    stage.slack.outcomes.push({ kind: 'gone', reason: 'Slack: not_in_channel' });
    await choose('C1');
    expect(await live()).toEqual([]);
    const rows = core.db.selectFrom('deliveries').select(['status', 'kind']).orderBy('created_at');
    expect(await rows.where('kind', '=', 'network.announcements-here').execute()).toEqual(
      Array.from({ length: times }, () => ({ status: 'failed', kind: 'network.announcements-here' })),
    );
    const told = await core.db
      .selectFrom('deliveries')
      .select('status')
      .where('kind', '=', 'network.announcements-failed')
      .execute();
    expect(told).toEqual(Array.from({ length: times }, () => ({ status: 'sent' })));
  }
});
