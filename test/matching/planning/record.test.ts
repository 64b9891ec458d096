import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { forgetInRecords, readRound } from '../../../src/matching/planning/record.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import { eraseMember } from '../../../src/network/erase.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { recordingOutbound } from '../../support/people.ts';
import { crowd, passTo, planRounds, postedOf, readMatches, round } from '../round-stage.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

async function erase(id: string): Promise<void> {
  await core.db.transaction().execute(async (tx) => await eraseMember(core, tx, id, 'asked'));
}

async function record(number: number) {
  const found = await readRound(core, number);
  return found === undefined
    ? undefined
    : { ...found, verdict: verifyRound(found.input, found.certificate, found.division) };
}

test.each([2, 3] as const)(
  'groups of %i: whoever is erased goes from every record, and what is left is proven',
  async (size) => {
    await core.db.updateTable('network').set({ group_size: size }).execute();
    const people = await crowd(core, 12);
    await round(core, 1);
    await round(core, 2);
    for (const [count, id] of people.entries()) {
      await erase(id);
      for (const number of [1, 2]) {
        const kept = await record(number);
        expect(JSON.stringify(kept ?? '')).not.toContain(id);
        if (kept !== undefined) expect(kept.verdict).toMatchObject({ isSound: true });
        if (kept !== undefined && size === 2) expect(kept.verdict).toMatchObject({ isBest: true });
      }
      if (count === people.length - 1) expect([await record(1), await record(2)]).toEqual([undefined, undefined]);
    }
    expect(await core.db.selectFrom('match_members').selectAll().execute()).toEqual([]);
    const rounds = await core.db.selectFrom('rounds').select(['input', 'certificate']).execute();
    expect(rounds).toEqual([1, 2].map(() => ({ input: null, certificate: null })));
  },
);

test('the other of a pair is told when one is erased, without a name, and waits for somebody else', async () => {
  await planRounds(core);
  await crowd(core, 4);
  await passTo(stage, '2027-03-09T10:30:00Z');
  const [match] = await readMatches(core);
  const [one = '', other = ''] = match?.people ?? [];
  await erase(one);
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters.map(({ account, message }) => [account.user, message.summary])).toEqual([
    [other, 'Your match has ended, because the other person cannot meet this time.'],
  ]);
  expect(await core.db.selectFrom('standing_pool').select(['member_id', 'why']).execute()).toEqual([
    { member_id: other, why: 'partner-gone' },
  ]);
  expect(await core.db.selectFrom('past_matches').select('member_id').execute()).toEqual([{ member_id: other }]);
});

test('of a group of three the others stay together and are told so once, and nothing that was said is left', async () => {
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  await crowd(core, 3);
  await round(core, 1);
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  const [{ id = '', people = [] } = {}] = await readMatches(core);
  const [one = '', ...others] = people;
  const at = new Date(core.clock.now().getTime() + 86_400_000);
  await core.db.updateTable('matches').set({ agreed_at: at, starter: 'chief-executives/politics/now' }).execute();
  await core.db.updateTable('match_members').set({ state: 'dated' }).execute();
  const said = await core.db.selectFrom('deliveries').select('id').where('subject', '=', id).execute();
  await erase(one);
  expect(await readMatches(core)).toMatchObject([{ hasEnded: false, people: others, dropped: [] }]);
  expect(await postedOf(core, 'matching.introduction')).toEqual([]);
  expect((await postedOf(core, 'matching.partner-gone')).toSorted()).toEqual(others);
  const posted = await core.db.selectFrom('deliveries').select('id').where('subject', '=', id).execute();
  expect(posted.filter((now) => said.some((before) => before.id === now.id))).toEqual([]);
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters.map(({ account }) => account.user).toSorted()).toEqual(others);
  // Who it was is not said, nor that they asked to be erased: they read what they would if somebody had dropped out.
  for (const { message } of web.letters) {
    expect(message.summary).toMatch(
      /^Somebody in your group cannot meet this time. You are matched with Person \w+\.$/,
    );
    expect(JSON.stringify(message)).toContain('No date is set now.');
  }
  expect(web.letters.map(({ message }) => JSON.stringify(message)).join()).not.toContain(one.slice(0, 8));
  const rows = await core.db.selectFrom('matches').select(['reasons', 'starter', 'agreed_at']).execute();
  expect(rows).toEqual([{ reasons: [], starter: '', agreed_at: null }]);
  const states = await core.db.selectFrom('match_members').select('state').execute();
  expect(states).toEqual([{ state: 'open' }, { state: 'open' }]);
  expect(
    (await core.db.selectFrom('past_matches').select('member_id').execute()).map((row) => row.member_id).toSorted(),
  ).toEqual(others);
  const [two = '', three = ''] = others;
  await erase(two);
  expect(await readMatches(core)).toEqual([]);
  expect(await core.db.selectFrom('standing_pool').select('member_id').execute()).toEqual([{ member_id: three }]);
});

test('whoever has not read of their group of three yet is introduced to who is left of it, and nobody twice', async () => {
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  await crowd(core, 3);
  await round(core, 1);
  const [{ people = [] } = {}] = await readMatches(core);
  const [one = '', two = '', three = ''] = people;
  const introduction = core.db.updateTable('deliveries').where('kind', '=', 'matching.introduction');
  await introduction.set({ status: 'sent' }).where('member_id', '=', two).execute();
  await erase(one);
  const web = recordingOutbound();
  await settleAll(core, new Map([['web', web]]));
  const told = new Map(web.letters.map(({ account, message }) => [account.user, message.heading]));
  expect(web.letters).toHaveLength(2);
  expect(told).toEqual(
    new Map([
      [two, 'Your group is smaller'],
      [three, `Meet Person ${two.slice(0, 8)}`],
    ]),
  );
});

test('a round forgets who published it together with who was in it, before any match is held', async () => {
  const [one = ''] = await crowd(core, 4);
  await core.db.updateTable('members').set({ skips_round: true }).where('id', '=', one).execute();
  await round(core, 1);
  await core.db.updateTable('rounds').set({ published_by: one }).execute();
  await core.db.transaction().execute(async (tx) => await forgetInRecords(core, tx, one));
  const rows = await core.db.selectFrom('rounds').select('published_by').execute();
  expect(rows).toEqual([{ published_by: null }]);
});
