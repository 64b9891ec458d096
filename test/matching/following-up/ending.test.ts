import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { standingMatchOf } from '../../../src/matching/matches/standing.ts';
import type { takeOut } from '../../../src/matching/pool/ending.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { together } from '../../support/lock-waiters.ts';
import {
  addActive,
  ask,
  mustFind,
  type RecordingOutbound,
  recordingOutbound,
  saidTo,
  textOf,
} from '../../support/people.ts';
import { addMatch, addRound } from './following-up-stage.ts';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let asha: Member;
let bo: Member;
let round: string;
let match: string;

/** Two are matched, in a round of Tuesday 2 March 2027; the next one is a month later. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound('web');
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council', permission: 'convener' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  round = await addRound(core, 1, core.clock.now());
  match = await addMatch(core, round, [asha, bo]);
  await prepareAgenda(core);
  await settle();
  web.letters.length = 0;
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', web]]));
}

async function waiting(): Promise<readonly string[]> {
  const rows = await core.db.selectFrom('standing_pool').select('member_id').execute();
  const names = [asha, bo].map(({ id, name }) => [id, name] as const);
  return rows.map(({ member_id: id }) => names.find(([each]) => each === id)?.[1] ?? 'somebody').toSorted();
}

async function isOver(): Promise<boolean> {
  const row = core.db.selectFrom('matches').select('ended_at').where('id', '=', match);
  return (await row.executeTakeFirstOrThrow()).ended_at !== null;
}

/** The names of whom they are matched with now. */
async function partners(member: Member): Promise<readonly string[]> {
  const id = await standingMatchOf(core.db, member.id);
  if (id === undefined) return [];
  const rows = core.db.selectFrom('match_members').innerJoin('people', 'people.id', 'member_id').select('people.name');
  const others = rows.where('match_id', '=', id).where('people.id', '!=', member.id).where('state', '!=', 'dropped');
  return (await others.orderBy('people.name').execute()).map(({ name }) => name);
}

async function joins(name: string): Promise<Member> {
  return await addActive(core, { name, council: `${name} Council` });
}

const gone = 'Your match with Bo Berg has ended, because they cannot meet this time.';

test('a silent partner: the asker is rematched at once from those who wait, the other is told no complaint and may ask', async () => {
  const cy = await joins('Cy Cole');
  const looking = textOf(await ask(core, asha, { kind: 'matching.rematch', match }));
  expect(looking).toContain('looking for somebody else');
  expect(looking).toContain('Your match with Bo Berg has ended. We tell them so, without a reason.');
  expect(textOf(await ask(core, asha, { kind: 'matching.rematch', match }))).toContain('looking for somebody else');
  await settle();
  await settle();
  expect([await isOver(), await partners(asha), await partners(cy), await partners(bo)]).toEqual([
    true,
    ['Cy Cole'],
    ['Asha Rahman'],
    [],
  ]);
  expect(saidTo(web, bo)).toEqual(['Your match with Asha Rahman has ended.']);
  const toBo = web.letters.find(({ account }) => account.user === bo.id)?.message;
  expect(toBo?.buttons.map(({ label }) => label)).toEqual(['Match me again']);
  expect(await waiting()).toEqual([]);
  // A card from before.
  expect(textOf(await ask(core, asha, { kind: 'matching.rematch', match }))).toContain('You have another match now.');
  expect(textOf(await ask(core, asha, { kind: 'matching.dated', match }))).toContain('That match has ended.');
  await ask(core, bo, { kind: 'matching.rematch', match });
  await settle();
  expect(await waiting()).toEqual(['Bo Berg']);
  await joins('Di Day');
  await settle();
  expect(await partners(bo)).toEqual(['Di Day']);
});

test('nobody who has met, is paused, or took back the agreement gets another match by that', async () => {
  await ask(core, asha, { kind: 'matching.met', match });
  expect(textOf(await ask(core, asha, { kind: 'matching.rematch', match }))).toContain('You have said that you met');
  await core.db
    .updateTable('members')
    .set({ matching_paused_until: new Date('2027-06-01') })
    .where('id', '=', bo.id)
    .execute();
  expect(textOf(await ask(core, bo, { kind: 'matching.rematch', match }))).toContain('Matches are paused for you.');
  expect([await isOver(), await waiting()]).toEqual([false, []]);
});

test('not now: the other is told and matched anew, whoever said so is not until the next round', async () => {
  const reply = textOf(await ask(core, bo, { kind: 'matching.not-now', match }));
  expect(reply).toContain(
    'We tell Asha Rahman that you cannot meet this time, without a reason. We look for somebody else for them.',
  );
  expect(reply).toContain('{"kind":"membership.skip-round","round":"2"}');
  expect(textOf(await ask(core, bo, { kind: 'matching.not-now', match }))).toContain('That match has ended.');
  await settle();
  expect(saidTo(web, asha)).toEqual([gone]);
  expect(await waiting()).toEqual(['Asha Rahman']);
  const cy = await joins('Cy Cole');
  await settle();
  expect([await partners(asha), await partners(cy), await partners(bo)]).toEqual([['Cy Cole'], ['Asha Rahman'], []]);
});

test('of a group of three one drops out and two go on meeting; then the last is matched anew', async () => {
  const cy = await joins('Cy Cole');
  await core.db.insertInto('match_members').values({ match_id: match, member_id: cy.id }).execute();
  await core.db.deleteFrom('standing_pool').execute();
  expect(textOf(await ask(core, bo, { kind: 'matching.not-now', match }))).toContain('They still meet.');
  await settle();
  expect([await isOver(), await partners(asha), await waiting()]).toEqual([false, ['Cy Cole'], []]);
  expect(saidTo(web, asha)).toEqual(['Somebody in your group cannot meet this time. You are matched with Cy Cole.']);
  expect(textOf(await ask(core, bo, { kind: 'matching.dated', match }))).toContain('That match has ended.');
  await ask(core, cy, { kind: 'matching.not-now', match });
  await settle();
  expect([await isOver(), await waiting()]).toEqual([true, ['Asha Rahman']]);
});

const agreements = { kind: 'joining.agreements', prompts: 'yes', findable: 'no' } as const;
const councilOf = async ({ councilId: council }: Member, consent: string) => {
  const row = core.db.selectFrom('councils').selectAll().where('id', '=', council);
  const { name, type, nation, region } = await row.executeTakeFirstOrThrow();
  const answers = { name, type, nation, region, domains: '', consent, council };
  await ask(core, await mustFind(core, asha.id), { kind: 'convening.council', ...answers });
};

test.each<[string, () => Promise<unknown>]>([
  ['pauses matches', () => ask(core, bo, { kind: 'network.pause', programmes: 'matching', until: '2027-03-20' })],
  ['leaves', () => ask(core, bo, { kind: 'network.confirm-leave' })],
  ['is erased', () => ask(core, bo, { kind: 'network.confirm-erase' })],
  ['takes the agreement back', () => ask(core, bo, { ...agreements, matching: 'no' })],
  ['is of a council that takes part no longer', () => councilOf(bo, 'withdrawn')],
])('whoever %s is out of their match, and the other is matched anew', async (how, act) => {
  await act();
  await settle();
  expect(await waiting()).toEqual(['Asha Rahman']);
  const isGone = how === 'leaves' || how === 'is erased';
  const without = 'Your match has ended, because the other person cannot meet this time.';
  expect(saidTo(web, asha)).toEqual([isGone ? without : gone]);
  await joins('Cy Cole');
  await settle();
  expect(await partners(asha)).toEqual(['Cy Cole']);
});

test.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
  [
    'resumes',
    () => ask(core, bo, { kind: 'network.pause', programmes: 'matching', until: '2027-03-20' }),
    () => ask(core, bo, { kind: 'network.resume' }),
  ],
  [
    'is back when a pause ends by itself',
    () => ask(core, bo, { kind: 'network.pause', programmes: 'matching', until: '2027-03-20' }),
    () => Promise.resolve(stage.clock.set(new Date('2027-03-20T00:00:00Z'))),
  ],
  [
    'agrees again',
    () => ask(core, bo, { ...agreements, matching: 'no' }),
    () => ask(core, bo, { ...agreements, matching: 'yes' }),
  ],
  [
    'joins again',
    () => ask(core, bo, { kind: 'network.confirm-leave' }),
    async () => await ask(core, await mustFind(core, bo.id), { ...agreements, matching: 'yes' }),
  ],
  ['is of a council that agrees again', () => councilOf(bo, 'withdrawn'), () => councilOf(bo, 'given')],
])('whoever %s waits for a match from then on', async (_, away, back) => {
  await away();
  await settle();
  expect(await waiting()).toEqual(['Asha Rahman']);
  await back();
  await settle();
  // Not with each other again.
  expect(await waiting()).toEqual(['Asha Rahman', 'Bo Berg']);
});

test('a meeting of an earlier round that is still to come ends with the one who drops out, and nobody is looked for', async () => {
  const agreed = { suggested_at: new Date(core.clock.now().getTime() + 86_400_000), is_agreed: true };
  await core.db.updateTable('matches').set(agreed).where('id', '=', match).execute();
  const cy = await joins('Cy Cole');
  const passed = await addMatch(core, round, [bo, cy]);
  await addMatch(core, await addRound(core, 2, core.clock.now()), [bo, cy]);
  await core.db.deleteFrom('standing_pool').execute();
  await ask(core, bo, { kind: 'network.pause', programmes: 'matching', until: '2027-03-20' });
  await settle();
  expect([await isOver(), await waiting()]).toEqual([true, ['somebody']]);
  expect(saidTo(web, asha)).toEqual(['Your meeting with Bo Berg is called off, because they cannot meet.']);
  const kept = core.db.selectFrom('matches').select('ended_at').where('id', '=', passed);
  expect(await kept.executeTakeFirst()).toEqual({ ended_at: null });
});

test('sitting out a round ends no match, and a pause of prompts alone leaves it', async () => {
  await ask(core, bo, { kind: 'membership.skip-round' });
  await ask(core, bo, { kind: 'network.pause', programmes: 'prompts', until: '2027-03-20' });
  await ask(core, bo, { kind: 'network.resume' });
  await ask(core, bo, { kind: 'membership.take-round' });
  expect(await waiting()).toEqual([]);
  await settle();
  expect([await isOver(), await waiting(), saidTo(web, asha)]).toEqual([false, [], []]);
});

test('whoever waits before the first round is in it', async () => {
  await core.db.deleteFrom('rounds').execute();
  const cy = await joins('Cy Cole');
  await settle();
  expect([await waiting(), await partners(cy)]).toEqual([['somebody'], []]);
  await core.db.transaction().execute(async (tx) => await runRound(core, tx, 1));
  const met = [await partners(asha), await partners(bo), await partners(cy)].filter(({ length }) => length > 0);
  expect([met.length, (await waiting()).length]).toEqual([3, 0]);
});

test('what they asked for does not outlast their leaving', async () => {
  const said = { member_id: bo.id, wish: '{"kind":"new-to-role"}', said_at: core.clock.now() };
  await core.db.insertInto('round_wishes').values(said).execute();
  await ask(core, bo, { kind: 'network.confirm-leave' });
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
});

test('both of a pair drop out at once, or one while the other is erased: both come to an end, with nothing twice', async () => {
  const hold = (tx: Parameters<typeof takeOut>[1]) =>
    tx.selectFrom('matches').select('id').where('id', '=', match).forUpdate().execute();
  const both = [
    () => ask(core, asha, { kind: 'matching.not-now', match }),
    () => ask(core, bo, { kind: 'matching.rematch', match }),
  ];
  expect(await together(core, hold, both)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  await settle();
  expect(await waiting()).toEqual(['Bo Berg']);
  const next = await addMatch(core, round, [asha, bo]);
  const holdNext = (tx: Parameters<typeof takeOut>[1]) =>
    tx.selectFrom('matches').select('id').where('id', '=', next).forUpdate().execute();
  const erased = [
    () => ask(core, bo, { kind: 'network.confirm-erase' }),
    () => ask(core, asha, { kind: 'matching.rematch', match: next }),
  ];
  expect(await together(core, holdNext, erased)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  await settle();
  expect(await waiting()).toEqual(['Asha Rahman']);
});
