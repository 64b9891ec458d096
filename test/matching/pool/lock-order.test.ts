import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask } from '../../support/people.ts';
import { type MatchStage, openMatchStage, press } from '../match-stage.ts';
import { planRounds, readMatches, round } from '../round-stage.ts';

/*
 * Two of one match do something about it at once, each stopped where the other could hold what it wants next: both come
 * to an end, and what they did is whole. Nobody has to press twice: what the database ended to untie two is not tried
 * again for them.
 */

interface Group extends MatchStage {
  readonly asha: Member;
  readonly bo: Member;
  readonly cy: Member;
  readonly match: string;
}

let stage: Group;

/** Three who are matched in the first round. */
beforeEach(async () => {
  const opened = await openMatchStage();
  const { core, joins } = opened;
  await planRounds(core);
  await core.db.updateTable('network').set({ group_size: 3 }).execute();
  const people = { asha: await joins('Asha'), bo: await joins('Bo'), cy: await joins('Cy') };
  await round(core, 1);
  stage = { ...opened, ...people, match: (await readMatches(core))[0]?.id ?? '' };
});
afterEach(() => stage.close());

const holdMatches = (tx: Transaction) => tx.selectFrom('matches').select('id').forUpdate().execute();
const holdRounds = (tx: Transaction) => tx.selectFrom('rounds').select('id').forUpdate().execute();

const ended = { status: 'fulfilled' };

type Act = (core: Core, member: Member, match: string) => Promise<unknown>;
const acts = {
  'asks for another match': (core, member, match) => press(core, member, 'rematch', match),
  'says “not now”': (core, member, match) => press(core, member, 'not-now', match),
  pauses: (core, member) => ask(core, member, pauseUntil('2027-03-30')),
  leaves: (core, member) => ask(core, member, { kind: 'network.confirm-leave' }),
  'is erased': (core, member) => ask(core, member, { kind: 'network.confirm-erase' }),
} as const satisfies Readonly<Record<string, Act>>;

test.each([
  ['asks for another match', 'is erased'],
  ['is erased', 'asks for another match'],
  ['is erased', 'is erased'],
  ['pauses', 'is erased'],
  ['is erased', 'says “not now”'],
  ['says “not now”', 'leaves'],
  ['asks for another match', 'pauses'],
] as const)('of a group of three one %s, and another %s', async (one, other) => {
  const { core, asha, bo, match } = stage;
  const begun = [() => acts[one](core, asha, match), () => acts[other](core, bo, match)];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  const [left] = await readMatches(core);
  expect(left === undefined || left.hasEnded).toBe(true);
  // The last of the three is looked for, but for where the one before them asked for somebody else: then they are asked.
  const isAsked = other === 'asks for another match';
  expect((await stage.waiting()).includes('Cy')).toBe(!isAsked);
});

test('an erasure that waits for a round while the others of the match do something about it', async () => {
  const { core, asha, bo, cy, match } = stage;
  const begun = [
    () => acts['is erased'](core, asha),
    () => acts['says “not now”'](core, bo, match),
    () => acts.pauses(core, cy),
  ];
  expect(await together(core, holdRounds, begun)).toMatchObject([ended, ended, ended]);
  expect(await stage.waiting()).toEqual([]);
});

test('whoever waits though they have a match, and drops out just as the other does, is in nobody’s way', async () => {
  const { core, asha, bo, cy, match } = stage;
  await ask(core, cy, { kind: 'network.confirm-leave' });
  await stage.settle();
  await core.db
    .insertInto('standing_pool')
    .values({ member_id: bo.id, since: core.clock.now(), why: 'joined' })
    .execute();
  const begun = [() => press(core, asha, 'not-now', match), () => ask(core, bo, pauseUntil('2027-03-30'))];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  // They take part no more, whatever the other asked for them meanwhile.
  expect(await stage.waiting()).toEqual([]);
});

test('whoever pauses just as the other says “not now” does not wait for a match', async () => {
  const { core, asha, bo, cy, match } = stage;
  await ask(core, cy, { kind: 'network.confirm-leave' });
  const begun = [() => press(core, asha, 'not-now', match), () => ask(core, bo, pauseUntil('2027-03-30'))];
  expect(await together(core, holdMatches, begun)).toMatchObject([ended, ended]);
  expect(await stage.waiting()).toEqual([]);
});
