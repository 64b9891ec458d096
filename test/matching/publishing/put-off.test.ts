import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { MatchingDelivery, MatchingRoomDelivery } from '../../../src/matching/model.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../../support/people.ts';

let stage: TestCore;
let core: Core;
let slack: RecordingOutbound;
let web: RecordingOutbound;
let asha: Member;
let bo: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  slack = recordingOutbound('slack');
  web = recordingOutbound('web');
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  await settle();
  web.letters.length = 0;
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([slack, web].map((outbound) => [outbound.platform, outbound] as const)));
}

async function round(number: number): Promise<void> {
  await core.db.transaction().execute((tx) => runRound(core, tx, number));
}

async function became(kind: MatchingDelivery | MatchingRoomDelivery): Promise<readonly unknown[]> {
  const rows = core.db.selectFrom('deliveries').select(['status', 'reason']).orderBy('created_at');
  return await rows.where('kind', '=', kind).execute();
}

const overtaken = { status: 'dropped', reason: 'a later round has been run' };

test('an introduction that could not be sent before the next round is not sent any more', async () => {
  await round(1);
  const cleo = await addActive(core, { name: 'Cleo Carr', council: 'Bristol City Council' });
  await addActive(core, { name: 'Dev Das', council: 'Hull City Council' });
  stage.clock.set(new Date('2027-03-04T12:00:00Z'));
  await round(2);
  await settle();
  const meetings = [asha, bo, cleo].map((member) => saidTo(web, member).filter((said) => said.includes('introduce')));
  expect(meetings.map((said) => said.length)).toEqual([1, 1, 1]);
  expect((await became('matching.introduction')).slice(0, 2)).toEqual([overtaken, overtaken]);
});

test('nor is a group opened for a match of an earlier round', async () => {
  for (const member of [asha, bo]) {
    const account = { member_id: member.id, platform: 'slack', space: 'T1', platform_user: member.name } as const;
    await core.db
      .insertInto('accounts')
      .values({ ...account, id: crypto.randomUUID(), address: '{}', seen_at: new Date('2027-03-03T12:00:00Z') })
      .execute();
  }
  await round(1);
  await round(2);
  await settle();
  expect(await became('matching.group-introduction')).toEqual([overtaken]);
  expect(slack.parcels.filter(({ to }) => to.kind === 'group')).toEqual([]);
});

test('that there was nobody for someone is not said after the next round', async () => {
  await core.db.updateTable('members').set({ status: 'left' }).where('id', '=', bo.id).execute();
  await round(1);
  stage.clock.set(new Date('2027-03-04T12:00:00Z'));
  await round(2);
  await settle();
  expect(saidTo(web, asha)).toHaveLength(1);
  expect(await became('matching.left-out')).toEqual([overtaken, { status: 'sent', reason: '' }]);
});

test('nobody is told to write to someone who has paused since: the match has ended, and that is what they are told', async () => {
  await round(1);
  await ask(core, bo, pauseUntil('2027-03-16'));
  await settle();
  expect(saidTo(web, bo)).toEqual([]);
  expect(saidTo(web, asha)).toEqual(['Your match with Bo Berg has ended, because they cannot meet this time.']);
  expect(new Set((await became('matching.introduction')).map((row) => JSON.stringify(row)))).toEqual(
    new Set([
      JSON.stringify({ status: 'dropped', reason: 'the member is paused' }),
      JSON.stringify({
        status: 'dropped',
        reason: 'the other person is no longer in the network, or the match has ended',
      }),
    ]),
  );
  expect(textOf(await ask(core, asha, { kind: 'matching.current' }))).not.toContain('Bo Berg');
});
