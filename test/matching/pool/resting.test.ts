import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask, mustFind } from '../../support/people.ts';
import { councilSays, hold, type MatchStage, openMatchStage, press } from '../match-stage.ts';
import { agendaOf, passTo, planRounds, readMatches, round } from '../round-stage.ts';

/* Whoever asked for no match until the next round has none, whatever else begins or ends for them meanwhile. */

interface Rested extends MatchStage {
  readonly convener: Member;
  readonly bo: Member;
  readonly sitting: Member;
}

let stage: Rested;

/** Four are in the first round, and one sits it out; the next is on 23 March. */
beforeEach(async () => {
  const opened = await openMatchStage();
  const { core, joins } = opened;
  await planRounds(core);
  const convener = await joins('Cleo', { permission: 'convener' });
  const bo = await joins('Bo');
  for (const name of ['Bath', 'Derby']) await joins(name);
  const sitting = await joins('Sid');
  stage = { ...opened, convener, bo, sitting };
  await ask(core, sitting, { kind: 'membership.skip-round' });
  await passTo(stage, '2027-03-09T10:30:00Z');
});
afterEach(() => stage.close());

async function waits(core: Core, { id }: Member): Promise<boolean> {
  const row = core.db.selectFrom('standing_pool').select('member_id').where('member_id', '=', id);
  return (await row.executeTakeFirst()) !== undefined;
}

async function isMatched(core: Core, { id }: Member, number: number): Promise<boolean> {
  return (await readMatches(core)).some((match) => match.round === number && match.people.includes(id));
}

async function matchOf(core: Core, { id }: Member): Promise<string> {
  const match = (await readMatches(core)).find(({ people }) => people.includes(id));
  if (match === undefined) throw new Error('They have no match');
  return match.id;
}

const agreements = { kind: 'joining.agreements', prompts: 'yes', findable: 'no' } as const;

type Meanwhile = (stage: MatchStage, member: Member, convener: Member) => Promise<unknown>;

const meanwhile: readonly (readonly [string, Meanwhile])[] = [
  [
    'their council withdraws and agrees again',
    async ({ core, settle }, member, convener) => {
      for (const consent of ['withdrawn', 'given'] as const) {
        await councilSays(core, convener, member, consent);
        await settle();
      }
    },
  ],
  [
    'they pause and resume',
    async ({ core }, member) => {
      await ask(core, member, pauseUntil('2027-03-20'));
      await ask(core, member, { kind: 'network.resume' });
    },
  ],
  [
    'a pause of theirs ends by itself',
    async (stage, member) => {
      await ask(stage.core, member, pauseUntil('2027-03-11'));
      await passTo(stage, '2027-03-11T12:00:00Z');
    },
  ],
  [
    'they take the agreement back and give it again',
    async ({ core }, member) => {
      await ask(core, member, { ...agreements, matching: 'no' });
      await ask(core, await mustFind(core, member.id), { ...agreements, matching: 'yes' });
    },
  ],
  [
    'they sit out the next round and then do not',
    async ({ core }, member) => {
      await ask(core, member, { kind: 'membership.skip-round' });
      await ask(core, member, { kind: 'membership.take-round' });
    },
  ],
];

test.each(meanwhile)('“not now” and a round sat out hold until the next round, though %s', async (_, act) => {
  const { core, convener, bo, sitting } = stage;
  await press(core, bo, 'not-now', await matchOf(core, bo));
  await stage.settle();
  for (const member of [bo, sitting]) await act(stage, member, convener);
  await stage.settle();
  expect([await waits(core, bo), await waits(core, sitting)]).toEqual([false, false]);
  expect([await isMatched(core, bo, 1), await isMatched(core, sitting, 1)]).toEqual([false, false]);
  await round(core, 2);
  expect([await isMatched(core, bo, 2), await isMatched(core, sitting, 2)]).toEqual([true, true]);
  // What they asked for was for the first round.
  await ask(core, bo, pauseUntil('2027-03-20'));
  await ask(core, bo, { kind: 'network.resume' });
  expect(await waits(core, bo)).toBe(true);
});

test('whoever said “not now” and asks for a match after all waits for one, also when they are back from a pause', async () => {
  const { core, bo } = stage;
  const match = await matchOf(core, bo);
  await press(core, bo, 'not-now', match);
  expect(await press(core, bo, 'rematch', match)).toContain('looking for somebody else');
  expect(await waits(core, bo)).toBe(true);
  await ask(core, bo, pauseUntil('2027-03-20'));
  expect(await waits(core, bo)).toBe(false);
  await ask(core, bo, { kind: 'network.resume' });
  expect(await waits(core, bo)).toBe(true);
});

test('whoever leaves and joins again begins anew', async () => {
  const { core, bo } = stage;
  await press(core, bo, 'not-now', await matchOf(core, bo));
  await ask(core, bo, { kind: 'network.confirm-leave' });
  await ask(core, await mustFind(core, bo.id), { ...agreements, matching: 'yes' });
  expect(await waits(core, bo)).toBe(true);
});

test('“not now” to a match of an earlier round leaves what both have in this one', async () => {
  const { core, bo } = stage;
  const match = await matchOf(core, bo);
  await round(core, 2);
  const other = (await readMatches(core)).find(({ id }) => id === match)?.people.find((id) => id !== bo.id) ?? '';
  const said = await press(core, bo, 'not-now', match);
  expect(said).not.toContain('We look for somebody else');
  expect([await isMatched(core, bo, 2), await waits(core, await mustFind(core, other))]).toEqual([true, false]);
  const second = (await readMatches(core)).find(({ round: of, people }) => of === 2 && people.includes(bo.id));
  await press(core, bo, 'rematch', second?.id ?? '');
  expect(await waits(core, bo)).toBe(true);
});

test('two presses of “not now” at once both come to an end', async () => {
  const { core, bo } = stage;
  const match = await matchOf(core, bo);
  const notNow = () => press(core, bo, 'not-now', match);
  const replies = await together(core, hold(match), [notNow, notNow]);
  expect(replies.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect((await agendaOf(core, 'matching.pool')).length).toBeGreaterThan(0);
});
