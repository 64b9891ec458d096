import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet } from '../../../src/matching/following-up/due.ts';
import { pastMatches } from '../../../src/matching/people/past-matches.ts';
import { takeOut } from '../../../src/matching/pool/ending.ts';
import type { Member } from '../../../src/network/model.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask, textOf } from '../../support/people.ts';
import { afterFriday, agree, hasEnded, hold, openPair, type PairStage, press } from '../match-stage.ts';
import { readMatches } from '../round-stage.ts';
import { suggest } from '../times/times-stage.ts';
import { addMatch, addRound } from './following-up-stage.ts';

let stage: PairStage;

beforeEach(async () => {
  stage = await openPair();
});
afterEach(() => stage.close());

async function nextRound(core: Core, ...pairs: readonly (readonly Member[])[]): Promise<readonly string[]> {
  const id = await addRound(core, 2, new Date(core.clock.now().getTime() + 1000));
  const made: string[] = [];
  for (const people of pairs) made.push(await addMatch(core, id, people));
  return made;
}

const ways: readonly (readonly [string, (core: Core, member: Member, other: Member) => Promise<unknown>])[] = [
  ['pauses', (core, member) => ask(core, member, pauseUntil('2027-03-20'))],
  ['leaves', (core, member) => ask(core, member, { kind: 'network.confirm-leave' })],
  [
    'asks not to meet the other',
    (core, member, { email: who }) => ask(core, member, { kind: 'membership.avoid', who }),
  ],
];

test.each(ways)(
  'after the time that two agreed to, whoever %s leaves a match that counts as met, and the other is asked',
  async (_, act) => {
    const { core, asha, bo, round, match } = stage;
    await agree(stage, match, asha, bo);
    stage.clock.set(afterFriday);
    await act(core, bo, asha);
    await stage.settle();
    expect([await hasEnded(core, match), await stage.waiting(), stage.told(asha)]).toEqual([false, [], []]);
    expect(await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2)).toMatchObject([{ outcome: 'unknown' }]);
    await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
    await stage.settle();
    expect(stage.told(asha)).toEqual([expect.stringMatching(/^Did you meet .+, and was it useful\?$/)]);
  },
);

test('when one of three is erased after they met, the others are not introduced anew, and are asked', async () => {
  const { core, asha, bo, round, match } = stage;
  const cy = await stage.joinsAside('Cy Cole');
  const three = await addMatch(core, round, [asha, bo, cy]);
  await core.db.deleteFrom('matches').where('id', '=', match).execute();
  await agree(stage, three, asha, bo, cy);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await stage.settle();
  expect([stage.told(asha), stage.told(cy), await stage.waiting()]).toEqual([[], [], []]);
  // It stays so, whoever drops out next.
  await ask(core, cy, pauseUntil('2027-03-20'));
  await stage.settle();
  expect([await hasEnded(core, three), stage.told(asha), await stage.waiting()]).toEqual([false, [], []]);
});

test('when the other of two is erased after they met, nobody is looked for', async () => {
  const { core, asha, bo, match } = stage;
  await agree(stage, match, asha, bo);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await stage.settle();
  expect([stage.told(asha), await stage.waiting()]).toEqual([[], []]);
});

test.each(['not-now', 'rematch'] as const)(
  '"%s" ends no match whose people have met: who has not said so is asked',
  async (kind) => {
    const { core, asha, bo, match } = stage;
    await press(core, asha, 'met', match);
    expect(await press(core, bo, kind, match)).toContain('Did you meet Asha Rahman, and was it useful?');
    expect(await press(core, asha, kind, match)).toContain('You have said that you met');
    await ask(core, bo, { kind: 'matching.answer', match, outcome: 'not-met' });
    expect(await press(core, bo, kind, match)).toContain('This match is complete.');
    await stage.settle();
    expect([await hasEnded(core, match), await stage.waiting(), stage.told(asha)]).toEqual([false, [], []]);
  },
);

test('whose time has passed and who says that nobody came can have somebody else', async () => {
  const { core, asha, bo, match } = stage;
  await agree(stage, match, asha, bo);
  stage.clock.set(afterFriday);
  expect(await press(core, asha, 'rematch', match)).toContain('Did you meet Bo Berg, and was it useful?');
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
  expect(await press(core, asha, 'rematch', match)).toContain('looking for somebody else');
  await stage.settle();
  expect([await hasEnded(core, match), await stage.waiting()]).toEqual([true, ['Asha Rahman']]);
  expect(await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2)).toMatchObject([{ outcome: 'not-met' }]);
});

test('"not now" on a card of an earlier round pulls nobody into matching', async () => {
  const { core, asha, bo, match } = stage;
  const cy = await stage.joinsAside('Cy Cole');
  // Bo sat this one out.
  await nextRound(core, [asha, cy]);
  const reply = await press(core, asha, 'not-now', match);
  expect(reply).not.toContain('look for somebody else');
  await stage.settle();
  expect([await hasEnded(core, match), await stage.waiting(), stage.told(bo)]).toEqual([true, [], []]);
});

test('of a meeting of an earlier round they are told that it is off, and nothing of a match that they have since', async () => {
  const { core, asha, bo, match } = stage;
  const [cy, di] = [await stage.joins('Cy Cole'), await stage.joins('Di Day')];
  await agree(stage, match, asha, bo);
  await nextRound(core, [asha, cy], [bo, di]);
  expect(await press(core, asha, 'not-now', match)).toContain(
    'We tell Bo Berg that you cannot meet, without a reason.',
  );
  await stage.settle();
  expect(stage.told(bo)).toEqual(['Your meeting with Asha Rahman is called off, because they cannot meet.']);
  const card = stage.web.letters.find(({ account }) => account.user === bo.id)?.message;
  expect(JSON.stringify(card?.body)).toContain('10am to 10:30am on Friday 5 March');
  expect((await readMatches(core)).filter(({ round: number, hasEnded: over }) => number === 2 && over)).toEqual([]);
});

test.each([
  ['has said', 'not-now'],
  ['has not said', 'not-now'],
] as const)('of two who have met and have another date, the one who %s so can call it off', async (who, kind) => {
  const { core, asha, bo, match } = stage;
  await agree(stage, match, asha, bo);
  await press(core, who === 'has said' ? bo : asha, 'met', match);
  expect(await press(core, bo, kind, match)).toContain('We tell Asha Rahman that you cannot meet, without a reason.');
  await stage.settle();
  expect(stage.told(asha)).toEqual(['Your meeting with Bo Berg is called off, because they cannot meet.']);
  expect([await hasEnded(core, match), await stage.waiting()]).toEqual([false, []]);
});

test.each([
  ['leaves', 'network.confirm-leave'],
  ['is erased', 'network.confirm-erase'],
] as const)(
  'a meeting to come is off when somebody %s, though one of them said early that they met',
  async (_, kind) => {
    const { core, asha, bo, match } = stage;
    await agree(stage, match, asha, bo);
    await press(core, asha, 'met', match);
    await ask(core, bo, { kind });
    await stage.settle();
    expect(stage.told(asha)).toEqual(['Your meeting is called off, because the other person cannot meet.']);
    expect(await stage.waiting()).toEqual([]);
    expect(textOf(await ask(core, asha, { kind: 'diary.show' }))).not.toContain('10:30am');
  },
);

test('the others of an earlier group are told that no date is set when one of them is erased', async () => {
  const { core, asha, bo, round } = stage;
  const cy = await stage.joins('Cy Cole');
  const three = await addMatch(core, round, [asha, bo, cy]);
  await agree(stage, three, asha, bo, cy);
  const introduced = { kind: 'matching.introduction', subject: three, status: 'sent' } as const;
  const rows = [asha, cy].map(({ id }) => ({ ...introduced, id: crypto.randomUUID(), key: id, member_id: id }));
  const at = core.clock.now();
  await core.db
    .insertInto('deliveries')
    .values(rows.map((row) => ({ ...row, not_before: at, created_at: at })))
    .execute();
  await nextRound(core, [asha, bo]);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await stage.settle();
  expect(stage.told(cy)).toEqual(['Somebody in your group cannot meet this time. You are matched with Asha Rahman.']);
});

test('a new match is only called found for them where it was made since the last one ended', async () => {
  const { core, asha, bo } = stage;
  await ask(core, bo, pauseUntil('2027-03-20'));
  // Before they are told, a round has been run.
  await stage.nobodyWaits();
  const cy = await stage.joins('Cy Cole');
  await nextRound(core, [asha, cy]);
  await stage.settle();
  expect(stage.told(asha)).toEqual([]);
});

test('a match that they had already is none that we found for them', async () => {
  const { core, asha, bo, round } = stage;
  const cy = await stage.joins('Cy Cole');
  const before = await addMatch(core, round, [asha, cy]);
  const made = { made_at: new Date(core.clock.now().getTime() - 3_600_000) };
  await core.db.updateTable('matches').set(made).where('id', '=', before).execute();
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await stage.settle();
  expect(stage.told(asha)).toEqual([]);
});

test('of two who both say "not now" neither has another looked for, until they ask', async () => {
  const { core, asha, bo, match } = stage;
  await press(core, asha, 'not-now', match);
  expect(await stage.waiting()).toEqual(['Bo Berg']);
  expect(await press(core, bo, 'not-now', match)).toContain('We do not look for another match for you now.');
  expect(await press(core, bo, 'not-now', match)).toContain('That match has ended.');
  await stage.joins('Cy Cole');
  await stage.settle();
  expect([await stage.waiting(), (await readMatches(core)).length]).toEqual([['Cy Cole'], 1]);
  await press(core, bo, 'rematch', match);
  await stage.settle();
  expect([await stage.waiting(), (await readMatches(core)).length]).toEqual([[], 2]);
  expect(await press(core, bo, 'not-now', match)).toContain('That match has ended.');
});

test('what is pressed while another of them ends the match, or says that they met, is of the match as it is then', async () => {
  const { core, asha, bo, round, match } = stage;
  const [ended] = await together(core, (tx) => takeOut(core, tx, match, asha.id), [
    () => press(core, bo, 'dated', match),
  ]);
  expect(ended).toMatchObject({ status: 'fulfilled', value: expect.stringContaining('That match has ended.') });
  const next = await addMatch(core, round, [asha, bo]);
  const meets = async (tx: Transaction) => {
    await hold(next)(tx);
    const own = tx.updateTable('match_members').set({ state: 'met' }).where('match_id', '=', next);
    await own.where('member_id', '=', asha.id).execute();
  };
  const [asked] = await together(core, meets, [() => press(core, bo, 'not-now', next)]);
  expect(asked).toMatchObject({ value: expect.stringContaining('Did you meet Asha Rahman, and was it useful?') });
});

test('of two presses of one person at once, a match that they left is not a date again', async () => {
  const { core, asha, bo, round } = stage;
  const cy = await stage.joins('Cy Cole');
  const three = await addMatch(core, round, [asha, bo, cy]);
  const [left, dated] = await together(core, hold(three), [
    () => press(core, asha, 'not-now', three),
    () => press(core, asha, 'dated', three),
  ]);
  expect(left).toMatchObject({ value: expect.stringContaining('You are taken out of this match.') });
  expect(dated).toMatchObject({ value: expect.stringContaining('That match has ended.') });
  expect((await readMatches(core)).find(({ id }) => id === three)?.dropped).toEqual([asha.id]);
});

test('nobody is asked whether they met while one of them is asked about a time; the card says yes to it still', async () => {
  const { core, asha, bo, round, match } = stage;
  const at = '2027-03-12T10:00:00.000Z';
  stage.clock.set(new Date('2027-03-10T09:00Z'));
  await suggest(core, asha, match, at);
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await stage.settle();
  expect(stage.told(bo).join()).not.toContain('Did you meet');
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).toContain('Yes, that suits me');
  stage.clock.set(new Date('2027-03-12T12:00Z'));
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await stage.settle();
  expect(stage.told(bo).join()).toContain('Did you meet Asha Rahman');
});
