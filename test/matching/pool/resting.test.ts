import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, mustFind, recordingOutbound, textOf } from '../../support/people.ts';
import { agendaOf, passTo, planRounds, readMatches, round } from '../round-stage.ts';

/* Whoever asked for no match until the next round has none, whatever else begins or ends for them meanwhile. */

let stage: TestCore;
let core: Core;
let convener: Member;
let bo: Member;
let sitting: Member;

/** Four are in the first round, and one sits it out; the next is on 23 March. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  await planRounds(core);
  convener = await addActive(core, { name: 'Cleo', council: 'Hull', permission: 'convener' });
  bo = await addActive(core, { name: 'Bo', council: 'York' });
  for (const council of ['Bath', 'Derby']) await addActive(core, { name: council, council });
  sitting = await addActive(core, { name: 'Sid', council: 'Leeds' });
  await ask(core, sitting, { kind: 'membership.skip-round' });
  await passTo(stage, '2027-03-09T10:30:00Z');
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', recordingOutbound()]]));
}

async function waits({ id }: Member): Promise<boolean> {
  const row = core.db.selectFrom('standing_pool').select('member_id').where('member_id', '=', id);
  return (await row.executeTakeFirst()) !== undefined;
}

async function isMatched({ id }: Member, number: number): Promise<boolean> {
  return (await readMatches(core)).some((match) => match.round === number && match.people.includes(id));
}

async function matchOf({ id }: Member): Promise<string> {
  const match = (await readMatches(core)).find(({ people }) => people.includes(id));
  if (match === undefined) throw new Error('They have no match');
  return match.id;
}

async function councilOf({ councilId: council }: Member, consent: string): Promise<void> {
  const row = core.db.selectFrom('councils').select(['name', 'type', 'nation', 'region']).where('id', '=', council);
  const answers = { ...(await row.executeTakeFirstOrThrow()), domains: '', consent, council };
  await ask(core, convener, { kind: 'convening.council', ...answers });
  await settle();
}

const agreements = { kind: 'joining.agreements', prompts: 'yes', findable: 'no' } as const;

const meanwhile: readonly (readonly [string, (member: Member) => Promise<unknown>])[] = [
  [
    'their council withdraws and agrees again',
    async (member) => {
      await councilOf(member, 'withdrawn');
      await councilOf(member, 'given');
    },
  ],
  [
    'they pause and resume',
    async (member) => {
      await ask(core, member, pauseUntil('2027-03-20'));
      await ask(core, member, { kind: 'network.resume' });
    },
  ],
  [
    'a pause of theirs ends by itself',
    async (member) => {
      await ask(core, member, pauseUntil('2027-03-11'));
      await passTo(stage, '2027-03-11T12:00:00Z');
    },
  ],
  [
    'they take the agreement back and give it again',
    async (member) => {
      await ask(core, member, { ...agreements, matching: 'no' });
      await ask(core, await mustFind(core, member.id), { ...agreements, matching: 'yes' });
    },
  ],
  [
    'they sit out the next round and then do not',
    async (member) => {
      await ask(core, member, { kind: 'membership.skip-round' });
      await ask(core, member, { kind: 'membership.take-round' });
    },
  ],
];

test.each(meanwhile)('“not now” and a round sat out hold until the next round, though %s', async (_, act) => {
  await ask(core, bo, { kind: 'matching.not-now', match: await matchOf(bo) });
  await settle();
  for (const member of [bo, sitting]) await act(member);
  await settle();
  expect([await waits(bo), await waits(sitting)]).toEqual([false, false]);
  expect([await isMatched(bo, 1), await isMatched(sitting, 1)]).toEqual([false, false]);
  await round(core, 2);
  expect([await isMatched(bo, 2), await isMatched(sitting, 2)]).toEqual([true, true]);
  // What they asked for was for the first round.
  await ask(core, bo, pauseUntil('2027-03-20'));
  await ask(core, bo, { kind: 'network.resume' });
  expect(await waits(bo)).toBe(true);
});

test('whoever said “not now” and asks for a match after all waits for one, also when they are back from a pause', async () => {
  const match = await matchOf(bo);
  await ask(core, bo, { kind: 'matching.not-now', match });
  expect(textOf(await ask(core, bo, { kind: 'matching.rematch', match }))).toContain('looking for somebody else');
  expect(await waits(bo)).toBe(true);
  await ask(core, bo, pauseUntil('2027-03-20'));
  expect(await waits(bo)).toBe(false);
  await ask(core, bo, { kind: 'network.resume' });
  expect(await waits(bo)).toBe(true);
});

test('whoever leaves and joins again begins anew', async () => {
  await ask(core, bo, { kind: 'matching.not-now', match: await matchOf(bo) });
  await ask(core, bo, { kind: 'network.confirm-leave' });
  await ask(core, await mustFind(core, bo.id), { ...agreements, matching: 'yes' });
  expect(await waits(bo)).toBe(true);
});

test('“not now” to a match of an earlier round leaves what both have in this one', async () => {
  const match = await matchOf(bo);
  await round(core, 2);
  const other = (await readMatches(core)).find(({ id }) => id === match)?.people.find((id) => id !== bo.id) ?? '';
  const said = textOf(await ask(core, bo, { kind: 'matching.not-now', match }));
  expect(said).not.toContain('We look for somebody else');
  expect([await isMatched(bo, 2), await waits(await mustFind(core, other))]).toEqual([true, false]);
  const second = (await readMatches(core)).find(({ round: of, people }) => of === 2 && people.includes(bo.id));
  await ask(core, bo, { kind: 'matching.rematch', match: second?.id ?? '' });
  expect(await waits(bo)).toBe(true);
});

test('two presses of “not now” at once both come to an end', async () => {
  const match = await matchOf(bo);
  const hold = (tx: Transaction) => tx.selectFrom('matches').select('id').where('id', '=', match).forUpdate().execute();
  const press = () => ask(core, bo, { kind: 'matching.not-now', match });
  const replies = await together(core, hold, [press, press]);
  expect(replies.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  expect((await agendaOf(core, 'matching.pool')).length).toBeGreaterThan(0);
});
