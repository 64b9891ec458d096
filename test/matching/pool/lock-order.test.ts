import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, recordingOutbound } from '../../support/people.ts';
import { planRounds, readMatches, round } from '../round-stage.ts';

/*
 * Two of one match do something about it at once, each stopped where the other could hold what it wants next: both come
 * to an end, and what they did is whole. Nobody has to press twice: what the database ended to untie two is not tried
 * again for them.
 */

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;
let cy: Member;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  await planRounds(core);
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  [asha, bo, cy] = [await joins('Asha'), await joins('Bo'), await joins('Cy')];
  await round(core, 1);
});
afterEach(() => stage.close());

async function joins(name: string): Promise<Member> {
  return await addActive(core, { name, council: name });
}

async function match(): Promise<string> {
  return (await readMatches(core))[0]?.id ?? '';
}

const holdMatches = (tx: Transaction) => tx.selectFrom('matches').select('id').forUpdate().execute();
const holdRounds = (tx: Transaction) => tx.selectFrom('rounds').select('id').forUpdate().execute();

async function waiting(): Promise<readonly string[]> {
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

const ended = { status: 'fulfilled' };

const acts = {
  'asks for another match': (member: Member, id: string) => ask(core, member, { kind: 'matching.rematch', match: id }),
  'says “not now”': (member: Member, id: string) => ask(core, member, { kind: 'matching.not-now', match: id }),
  pauses: (member: Member) => ask(core, member, pauseUntil('2027-03-30')),
  leaves: (member: Member) => ask(core, member, { kind: 'network.confirm-leave' }),
  'is erased': (member: Member) => ask(core, member, { kind: 'network.confirm-erase' }),
} as const;

test.each([
  ['asks for another match', 'is erased'],
  ['is erased', 'asks for another match'],
  ['is erased', 'is erased'],
  ['pauses', 'is erased'],
  ['is erased', 'says “not now”'],
  ['says “not now”', 'leaves'],
  ['asks for another match', 'pauses'],
] as const)('of a group of three one %s, and another %s', async (one, other) => {
  const id = await match();
  const begun = [() => acts[one](asha, id), () => acts[other](bo, id)];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  const [left] = await readMatches(core);
  expect(left === undefined || left.hasEnded).toBe(true);
  // The last of the three is looked for, but for where the one before them asked for somebody else: then they are asked.
  const isAsked = other === 'asks for another match';
  expect((await waiting()).includes('Cy')).toBe(!isAsked);
});

test('an erasure that waits for a round while the others of the match do something about it', async () => {
  const id = await match();
  const begun = [() => acts['is erased'](asha), () => acts['says “not now”'](bo, id), () => acts.pauses(cy)];
  expect(await together(core, holdRounds, begun)).toMatchObject([ended, ended, ended]);
  expect(await waiting()).toEqual([]);
});

test('whoever waits though they have a match, and drops out just as the other does, is in nobody’s way', async () => {
  await ask(core, cy, { kind: 'network.confirm-leave' });
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  const id = await match();
  await core.db
    .insertInto('standing_pool')
    .values({ member_id: bo.id, since: core.clock.now(), why: 'joined' })
    .execute();
  const begun = [
    () => ask(core, asha, { kind: 'matching.not-now', match: id }),
    () => ask(core, bo, pauseUntil('2027-03-30')),
  ];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  // They take part no more, whatever the other asked for them meanwhile.
  expect(await waiting()).toEqual([]);
});

test('whoever pauses just as the other says “not now” does not wait for a match', async () => {
  await ask(core, cy, { kind: 'network.confirm-leave' });
  const id = await match();
  const begun = [
    () => ask(core, asha, { kind: 'matching.not-now', match: id }),
    () => ask(core, bo, pauseUntil('2027-03-30')),
  ];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  expect(await waiting()).toEqual([]);
});
