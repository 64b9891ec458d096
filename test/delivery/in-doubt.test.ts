import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Platform } from '../../src/account.ts';
import { examineNetwork } from '../../src/commands/doctor.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import type { Trace } from '../../src/delivery/model.ts';
import { reconcile } from '../../src/delivery/reconcile.ts';
import { doubtMs, sendingLeaseMs } from '../../src/delivery/rules.ts';
import { createMetrics } from '../../src/metrics.ts';
import { type Posting, post } from '../../src/store/outbox.ts';
import { addRoom } from '../../src/store/rooms.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { type RecordingOutbound, recordingOutbound } from '../support/people.ts';

/*
 * What a crash or a broken line leaves in doubt for good is not sent twice, and counted for the operator.
 */

let stage: TestCore;
beforeEach(async () => {
  stage = await openTestCore();
});
afterEach(() => stage.close());

/** Somebody who is reached on this platform alone, and a message to them. @returns the message's id */
async function toSomebody(platform: Platform): Promise<string> {
  const { core } = stage;
  const member = await addMember(core, { status: 'active' });
  await core.db.deleteFrom('accounts').where('member_id', '=', member.id).execute();
  const account = { id: randomUUID(), member_id: member.id, platform, space: 'S', platform_user: member.id } as const;
  await core.db
    .insertInto('accounts')
    .values({ ...account, address: '{}', seen_at: core.clock.now() })
    .execute();
  return await posted({ key: randomUUID(), kind: 'network.resumed', subject: member.id, memberId: member.id });
}

/** A channel for announcements, and the first words in it. @returns their id */
async function toChannel(platform: Platform): Promise<string> {
  const { core } = stage;
  const place = {
    platform,
    space: 'S',
    purpose: 'announcements',
    room: randomUUID(),
    address: {},
    subject: '',
  } as const;
  const createdAt = core.clock.now();
  const roomId = await core.db.transaction().execute((tx) => addRoom(tx, { ...place, chosenBy: null, createdAt }));
  return await posted({ key: randomUUID(), kind: 'network.announcements-here', subject: roomId, roomId });
}

async function posted(posting: Posting): Promise<string> {
  const { core } = stage;
  await core.db.transaction().execute((tx) => post(tx, core.clock.now(), [posting]));
  const row = core.db.selectFrom('deliveries').select('id').where('key', '=', posting.key);
  return (await row.executeTakeFirstOrThrow()).id;
}

function passes(ms: number): void {
  stage.clock.set(new Date(stage.core.clock.now().getTime() + ms));
}

/** The line breaks while it is sent; then the platform is asked, until it is settled or given up. */
async function breakAndAsk(platform: Platform, id: string, answer: Trace, still = true): Promise<RecordingOutbound> {
  const outbound = recordingOutbound(platform);
  const outbounds = new Map([[platform, outbound]]);
  outbound.outcomes.push({ kind: 'unknown', reason: 'the line broke' });
  outbound.answer = answer;
  expect(await deliver(stage.core, outbounds, id)).toBe('later');
  passes(answer.kind === 'later' ? doubtMs : sendingLeaseMs + 1);
  await reconcile(stage.core, still ? outbounds : new Map());
  return outbound;
}

/** As the operator's watch reads it. */
async function counted(): Promise<Readonly<Record<string, number>>> {
  const text = await createMetrics(stage.core, () => Promise.resolve({})).metrics();
  const lines = text.matchAll(/^colloquy_deliveries_given_up_in_doubt\{platform="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, platform, count]) => [platform, Number(count)]));
}

const none = { slack: 0, teams: 0, web: 0, email: 0 };

test('where a platform cannot say, it is counted there, to people and to channels, and not sent again', async () => {
  expect(await counted()).toEqual(none);
  const sent = [
    await breakAndAsk('teams', await toSomebody('teams'), { kind: 'unknown' }),
    await breakAndAsk('teams', await toChannel('teams'), { kind: 'unknown' }),
    await breakAndAsk('email', await toSomebody('email'), { kind: 'unknown' }),
  ];
  expect(await counted()).toEqual({ ...none, teams: 2, email: 1 });
  expect(sent.map(({ parcels }) => parcels.length)).toEqual([1, 1, 1]);
  const rows = await stage.core.db.selectFrom('deliveries').select('status').execute();
  expect(rows.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
});

test.each<Trace>([{ kind: 'sent', receipt: {} }, { kind: 'not-sent' }])(
  'where Slack says (%j), nothing is in doubt any more',
  async (answer) => {
    await breakAndAsk('slack', await toSomebody('slack'), answer);
    expect(await counted()).toEqual(none);
  },
);

test('a platform that does not answer for hours, or is switched off, cannot say either', async () => {
  await breakAndAsk('slack', await toSomebody('slack'), { kind: 'later' });
  expect(await counted()).toEqual({ ...none, slack: 1 });
  await breakAndAsk('teams', await toSomebody('teams'), { kind: 'unknown' }, false);
  expect(await counted()).toEqual({ ...none, slack: 1, teams: 1 });
});

test('what surely was not sent is a failure, and not in doubt', async () => {
  const id = await toSomebody('teams');
  const teams = recordingOutbound('teams');
  teams.outcomes.push({ kind: 'refused', reason: 'too large' });
  expect(await deliver(stage.core, new Map([['teams', teams]]), id)).toBe('failed');
  expect(await counted()).toEqual(none);
});

test('the operator is told apart what was lost and what may have arrived', async () => {
  await breakAndAsk('teams', await toSomebody('teams'), { kind: 'unknown' });
  const findings = (await examineNetwork(stage.core)).filter(({ mend }) => mend !== '');
  expect(findings).toContainEqual({
    what: 'Given up in doubt',
    found: '1 by teams',
    mend: expect.stringContaining('may have arrived'),
  });
  expect(findings.map(({ what }) => what)).not.toContain('Failed messages');
});
