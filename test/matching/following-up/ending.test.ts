import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { standingMatchOf } from '../../../src/matching/matches/standing.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import type { Member } from '../../../src/network/model.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask, mustFind } from '../../support/people.ts';
import { councilSays, hasEnded, hold, openPair, type PairStage, press } from '../match-stage.ts';
import { addMatch, addRound } from './following-up-stage.ts';

let stage: PairStage;

beforeEach(async () => {
  stage = await openPair();
});
afterEach(() => stage.close());

/** The names of whom they are matched with now. */
async function partners(core: Core, member: Member): Promise<readonly string[]> {
  const id = await standingMatchOf(core.db, member.id);
  if (id === undefined) return [];
  const rows = core.db.selectFrom('match_members').innerJoin('people', 'people.id', 'member_id').select('people.name');
  const others = rows.where('match_id', '=', id).where('people.id', '!=', member.id).where('state', '!=', 'dropped');
  return (await others.orderBy('people.name').execute()).map(({ name }) => name);
}

const gone = 'Your match with Bo Berg has ended, because they cannot meet this time.';

test('a silent partner: the asker is rematched at once from those who wait, the other is told no complaint and may ask', async () => {
  const { core, asha, bo, match } = stage;
  const cy = await stage.joins('Cy Cole');
  const looking = await press(core, asha, 'rematch', match);
  expect(looking).toContain('looking for somebody else');
  expect(looking).toContain('Your match with Bo Berg has ended. We tell them so, without a reason.');
  expect(await press(core, asha, 'rematch', match)).toContain('looking for somebody else');
  await stage.settle();
  await stage.settle();
  expect([
    await hasEnded(core, match),
    await partners(core, asha),
    await partners(core, cy),
    await partners(core, bo),
  ]).toEqual([true, ['Cy Cole'], ['Asha Rahman'], []]);
  expect(stage.told(bo)).toEqual(['Your match with Asha Rahman has ended.']);
  const toBo = stage.web.letters.find(({ account }) => account.user === bo.id)?.message;
  expect(toBo?.buttons.map(({ label }) => label)).toEqual(['Match me again']);
  expect(await stage.waiting()).toEqual([]);
  // A card from before.
  expect(await press(core, asha, 'rematch', match)).toContain('You have another match now.');
  expect(await press(core, asha, 'dated', match)).toContain('That match has ended.');
  await press(core, bo, 'rematch', match);
  await stage.settle();
  expect(await stage.waiting()).toEqual(['Bo Berg']);
  await stage.joins('Di Day');
  await stage.settle();
  expect(await partners(core, bo)).toEqual(['Di Day']);
});

test('nobody who has met, is paused, or took back the agreement gets another match by that', async () => {
  const { core, asha, bo, match } = stage;
  await press(core, asha, 'met', match);
  expect(await press(core, asha, 'rematch', match)).toContain('You have said that you met');
  await core.db
    .updateTable('members')
    .set({ matching_paused_until: new Date('2027-06-01') })
    .where('id', '=', bo.id)
    .execute();
  expect(await press(core, bo, 'rematch', match)).toContain('Matches are paused for you.');
  expect([await hasEnded(core, match), await stage.waiting()]).toEqual([false, []]);
});

test('not now: the other is told and matched anew, whoever said so is not until the next round', async () => {
  const { core, asha, bo, match } = stage;
  const reply = await press(core, bo, 'not-now', match);
  expect(reply).toContain(
    'We tell Asha Rahman that you cannot meet this time, without a reason. We look for somebody else for them.',
  );
  expect(reply).toContain('{"kind":"membership.skip-round","round":"2"}');
  expect(await press(core, bo, 'not-now', match)).toContain('That match has ended.');
  await stage.settle();
  expect(stage.told(asha)).toEqual([gone]);
  expect(await stage.waiting()).toEqual(['Asha Rahman']);
  const cy = await stage.joins('Cy Cole');
  await stage.settle();
  expect([await partners(core, asha), await partners(core, cy), await partners(core, bo)]).toEqual([
    ['Cy Cole'],
    ['Asha Rahman'],
    [],
  ]);
});

test('of a group of three one drops out and two go on meeting; then the last is matched anew', async () => {
  const { core, asha, bo, match } = stage;
  const cy = await stage.joins('Cy Cole');
  await core.db.insertInto('match_members').values({ match_id: match, member_id: cy.id }).execute();
  await stage.nobodyWaits();
  expect(await press(core, bo, 'not-now', match)).toContain('They still meet.');
  await stage.settle();
  expect([await hasEnded(core, match), await partners(core, asha), await stage.waiting()]).toEqual([
    false,
    ['Cy Cole'],
    [],
  ]);
  expect(stage.told(asha)).toEqual(['Somebody in your group cannot meet this time. You are matched with Cy Cole.']);
  expect(await press(core, bo, 'dated', match)).toContain('That match has ended.');
  await press(core, cy, 'not-now', match);
  await stage.settle();
  expect([await hasEnded(core, match), await stage.waiting()]).toEqual([true, ['Asha Rahman']]);
});

const agreements = { kind: 'joining.agreements', prompts: 'yes', findable: 'no' } as const;

const pauses = ({ core, bo }: PairStage) => ask(core, bo, pauseUntil('2027-03-20', ['matching']));
const leaves = ({ core, bo }: PairStage) => ask(core, bo, { kind: 'network.confirm-leave' });
const agrees =
  (matching: 'yes' | 'no') =>
  async ({ core, bo }: PairStage) =>
    await ask(core, await mustFind(core, bo.id), { ...agreements, matching });
const council =
  (consent: 'given' | 'withdrawn') =>
  async ({ core, asha, bo }: PairStage) => {
    await core.db.updateTable('members').set({ permission: 'convener' }).where('id', '=', asha.id).execute();
    await councilSays(core, asha, bo, consent);
  };

test.each([
  ['pauses matches', pauses],
  ['leaves', leaves],
  ['is erased', ({ core, bo }: PairStage) => ask(core, bo, { kind: 'network.confirm-erase' })],
  ['takes the agreement back', agrees('no')],
  ['is of a council that takes part no longer', council('withdrawn')],
] as const)('whoever %s is out of their match, and the other is matched anew', async (how, act) => {
  const { core, asha } = stage;
  await act(stage);
  await stage.settle();
  expect(await stage.waiting()).toEqual(['Asha Rahman']);
  const isGone = how === 'leaves' || how === 'is erased';
  const without = 'Your match has ended, because the other person cannot meet this time.';
  expect(stage.told(asha)).toEqual([isGone ? without : gone]);
  await stage.joins('Cy Cole');
  await stage.settle();
  expect(await partners(core, asha)).toEqual(['Cy Cole']);
});

test.each([
  ['resumes', pauses, ({ core, bo }: PairStage) => ask(core, bo, { kind: 'network.resume' })],
  [
    'is back when a pause ends by itself',
    pauses,
    ({ clock }: PairStage) => Promise.resolve(clock.set(new Date('2027-03-20T00:00:00Z'))),
  ],
  ['agrees again', agrees('no'), agrees('yes')],
  ['joins again', leaves, agrees('yes')],
  ['is of a council that agrees again', council('withdrawn'), council('given')],
] as const)('whoever %s waits for a match from then on', async (_, away, back) => {
  await away(stage);
  await stage.settle();
  expect(await stage.waiting()).toEqual(['Asha Rahman']);
  await back(stage);
  await stage.settle();
  // Not with each other again.
  expect(await stage.waiting()).toEqual(['Asha Rahman', 'Bo Berg']);
});

test('a meeting of an earlier round that is still to come ends with the one who drops out, and nobody is looked for', async () => {
  const { core, asha, bo, round, match } = stage;
  const agreed = { agreed_at: new Date(core.clock.now().getTime() + 86_400_000) };
  await core.db.updateTable('matches').set(agreed).where('id', '=', match).execute();
  const cy = await stage.joins('Cy Cole');
  const passed = await addMatch(core, round, [bo, cy]);
  await addMatch(core, await addRound(core, 2, core.clock.now()), [bo, cy]);
  await stage.nobodyWaits();
  await ask(core, bo, pauseUntil('2027-03-20', ['matching']));
  await stage.settle();
  expect([await hasEnded(core, match), await stage.waiting()]).toEqual([true, ['Cy Cole']]);
  expect(stage.told(asha)).toEqual(['Your meeting with Bo Berg is called off, because they cannot meet.']);
  const kept = core.db.selectFrom('matches').select('ended_at').where('id', '=', passed);
  expect(await kept.executeTakeFirst()).toEqual({ ended_at: null });
});

test('sitting out a round ends no match, and a pause of prompts alone leaves it', async () => {
  const { core, asha, bo, match } = stage;
  await ask(core, bo, { kind: 'membership.skip-round' });
  await ask(core, bo, pauseUntil('2027-03-20', ['prompts']));
  await ask(core, bo, { kind: 'network.resume' });
  await ask(core, bo, { kind: 'membership.take-round' });
  expect(await stage.waiting()).toEqual([]);
  await stage.settle();
  expect([await hasEnded(core, match), await stage.waiting(), stage.told(asha)]).toEqual([false, [], []]);
});

test('whoever waits before the first round is in it', async () => {
  const { core, asha, bo } = stage;
  await core.db.deleteFrom('rounds').execute();
  const cy = await stage.joins('Cy Cole');
  await stage.settle();
  expect([await stage.waiting(), await partners(core, cy)]).toEqual([['Cy Cole'], []]);
  await core.db.transaction().execute(async (tx) => await runRound(core, tx, 1));
  const met = [await partners(core, asha), await partners(core, bo), await partners(core, cy)].filter(
    ({ length }) => length > 0,
  );
  expect([met.length, (await stage.waiting()).length]).toEqual([3, 0]);
});

test('what they asked for does not outlast their leaving', async () => {
  const { core, bo } = stage;
  const said = { member_id: bo.id, wish: '{"kind":"new-to-role"}', said_at: core.clock.now() };
  await core.db.insertInto('round_wishes').values(said).execute();
  await ask(core, bo, { kind: 'network.confirm-leave' });
  expect(await core.db.selectFrom('round_wishes').selectAll().execute()).toEqual([]);
});

test('both of a pair drop out at once, or one while the other is erased: both come to an end, with nothing twice', async () => {
  const { core, asha, bo, round, match } = stage;
  const both = [() => press(core, asha, 'not-now', match), () => press(core, bo, 'rematch', match)];
  expect(await together(core, hold(match), both)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  await stage.settle();
  expect(await stage.waiting()).toEqual(['Bo Berg']);
  const next = await addMatch(core, round, [asha, bo]);
  const erased = [() => ask(core, bo, { kind: 'network.confirm-erase' }), () => press(core, asha, 'rematch', next)];
  expect(await together(core, hold(next), erased)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  await stage.settle();
  expect(await stage.waiting()).toEqual(['Asha Rahman']);
});
