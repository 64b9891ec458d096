import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet } from '../../../src/matching/following-up/due.ts';
import { pastMatches } from '../../../src/matching/people/past-matches.ts';
import { takeOut } from '../../../src/matching/pool/ending.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { together } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../../support/people.ts';
import { readMatches } from '../round-stage.ts';
import { accept, suggest } from '../times/times-stage.ts';
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
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  await core.db.deleteFrom('standing_pool').execute();
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
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

async function hasEnded(id: string = match): Promise<boolean | undefined> {
  return (await readMatches(core)).find((one) => one.id === id)?.hasEnded;
}

const friday = '2027-03-05T10:00:00.000Z';
const afterFriday = new Date('2027-03-06T10:00:00Z');

async function agree(people: readonly Member[], id: string = match): Promise<void> {
  const [first, ...others] = people;
  if (first !== undefined) await suggest(core, first, id, friday);
  for (const other of others) await accept(core, other, id, friday);
  await settle();
  web.letters.length = 0;
}

async function nextRound(...pairs: readonly (readonly Member[])[]): Promise<readonly string[]> {
  const id = await addRound(core, 2, new Date(core.clock.now().getTime() + 1000));
  const made: string[] = [];
  for (const people of pairs) made.push(await addMatch(core, id, people));
  return made;
}

async function press(member: Member, kind: 'not-now' | 'rematch' | 'met' | 'dated', id: string = match) {
  return textOf(await ask(core, member, { kind: `matching.${kind}`, match: id }));
}

const ways: readonly (readonly [string, (member: Member) => Promise<unknown>])[] = [
  ['pauses', (member) => ask(core, member, pauseUntil('2027-03-20'))],
  ['leaves', (member) => ask(core, member, { kind: 'network.confirm-leave' })],
  ['asks not to meet the other', (member) => ask(core, member, { kind: 'membership.avoid', who: asha.email })],
];

test.each(ways)(
  'after the time that two agreed to, whoever %s leaves a match that counts as met, and the other is asked',
  async (_, act) => {
    await agree([asha, bo]);
    stage.clock.set(afterFriday);
    await act(bo);
    await settle();
    expect([await hasEnded(), await waiting(), saidTo(web, asha)]).toEqual([false, [], []]);
    expect(await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2)).toMatchObject([{ outcome: 'unknown' }]);
    await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
    await settle();
    expect(saidTo(web, asha)).toEqual([expect.stringMatching(/^Did you meet .+, and was it useful\?$/)]);
  },
);

test('when one of three is erased after they met, the others are not introduced anew, and are asked', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await core.db.deleteFrom('standing_pool').execute();
  const three = await addMatch(core, round, [asha, bo, cy]);
  await core.db.deleteFrom('matches').where('id', '=', match).execute();
  await agree([asha, bo, cy], three);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await settle();
  expect([saidTo(web, asha), saidTo(web, cy), await waiting()]).toEqual([[], [], []]);
  // It stays so, whoever drops out next.
  await ask(core, cy, pauseUntil('2027-03-20'));
  await settle();
  expect([await hasEnded(three), saidTo(web, asha), await waiting()]).toEqual([false, [], []]);
});

test('when the other of two is erased after they met, nobody is looked for', async () => {
  await agree([asha, bo]);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await settle();
  expect([saidTo(web, asha), await waiting()]).toEqual([[], []]);
});

test.each(['not-now', 'rematch'] as const)(
  '"%s" ends no match whose people have met: who has not said so is asked',
  async (kind) => {
    await press(asha, 'met');
    expect(await press(bo, kind)).toContain('Did you meet Asha Rahman, and was it useful?');
    expect(await press(asha, kind)).toContain('You have said that you met');
    await ask(core, bo, { kind: 'matching.answer', match, outcome: 'not-met' });
    expect(await press(bo, kind)).toContain('This match is complete.');
    await settle();
    expect([await hasEnded(), await waiting(), saidTo(web, asha)]).toEqual([false, [], []]);
  },
);

test('whose time has passed and who says that nobody came can have somebody else', async () => {
  await agree([asha, bo]);
  stage.clock.set(afterFriday);
  expect(await press(asha, 'rematch')).toContain('Did you meet Bo Berg, and was it useful?');
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
  expect(await press(asha, 'rematch')).toContain('looking for somebody else');
  await settle();
  expect([await hasEnded(), await waiting()]).toEqual([true, ['Asha Rahman']]);
  expect(await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2)).toMatchObject([{ outcome: 'not-met' }]);
});

test('"not now" on a card of an earlier round pulls nobody into matching', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await core.db.deleteFrom('standing_pool').execute();
  // Bo sat this one out.
  await nextRound([asha, cy]);
  const reply = await press(asha, 'not-now');
  expect(reply).not.toContain('look for somebody else');
  await settle();
  expect([await hasEnded(), await waiting(), saidTo(web, bo)]).toEqual([true, [], []]);
});

test('of a meeting of an earlier round they are told that it is off, and nothing of a match that they have since', async () => {
  const [cy, di] = [
    await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' }),
    await addActive(core, { name: 'Di Day', council: 'Bath Council' }),
  ];
  await agree([asha, bo]);
  await nextRound([asha, cy], [bo, di]);
  expect(await press(asha, 'not-now')).toContain('We tell Bo Berg that you cannot meet, without a reason.');
  await settle();
  expect(saidTo(web, bo)).toEqual(['Your meeting with Asha Rahman is called off, because they cannot meet.']);
  const card = web.letters.find(({ account }) => account.user === bo.id)?.message;
  expect(JSON.stringify(card?.body)).toContain('10am to 10:30am on Friday 5 March');
  expect((await readMatches(core)).filter(({ round: number, hasEnded: over }) => number === 2 && over)).toEqual([]);
});

test.each([
  ['has said', 'not-now'],
  ['has not said', 'not-now'],
] as const)('of two who have met and have another date, the one who %s so can call it off', async (who, kind) => {
  await agree([asha, bo]);
  await press(who === 'has said' ? bo : asha, 'met');
  expect(await press(bo, kind)).toContain('We tell Asha Rahman that you cannot meet, without a reason.');
  await settle();
  expect(saidTo(web, asha)).toEqual(['Your meeting with Bo Berg is called off, because they cannot meet.']);
  expect([await hasEnded(), await waiting()]).toEqual([false, []]);
});

test.each([
  ['leaves', () => ask(core, bo, { kind: 'network.confirm-leave' })],
  ['is erased', () => ask(core, bo, { kind: 'network.confirm-erase' })],
] as const)(
  'a meeting to come is off when somebody %s, though one of them said early that they met',
  async (_, act) => {
    await agree([asha, bo]);
    await press(asha, 'met');
    await act();
    await settle();
    expect(saidTo(web, asha)).toEqual(['Your meeting is called off, because the other person cannot meet.']);
    expect(await waiting()).toEqual([]);
    expect(textOf(await ask(core, asha, { kind: 'diary.show' }))).not.toContain('10:30am');
  },
);

test('the others of an earlier group are told that no date is set when one of them is erased', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const three = await addMatch(core, round, [asha, bo, cy]);
  await agree([asha, bo, cy], three);
  const introduced = { kind: 'matching.introduction', subject: three, status: 'sent' } as const;
  const rows = [asha, cy].map(({ id }) => ({ ...introduced, id: crypto.randomUUID(), key: id, member_id: id }));
  const at = core.clock.now();
  await core.db
    .insertInto('deliveries')
    .values(rows.map((row) => ({ ...row, not_before: at, created_at: at })))
    .execute();
  await nextRound([asha, bo]);
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await settle();
  expect(saidTo(web, cy)).toEqual(['Somebody in your group cannot meet this time. You are matched with Asha Rahman.']);
});

test('a new match is only called found for them where it was made since the last one ended', async () => {
  await ask(core, bo, pauseUntil('2027-03-20'));
  // Before they are told, a round has been run.
  await core.db.deleteFrom('standing_pool').execute();
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await nextRound([asha, cy]);
  await settle();
  expect(saidTo(web, asha)).toEqual([]);
});

test('a match that they had already is none that we found for them', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const before = await addMatch(core, round, [asha, cy]);
  const made = { made_at: new Date(core.clock.now().getTime() - 3_600_000) };
  await core.db.updateTable('matches').set(made).where('id', '=', before).execute();
  await ask(core, bo, { kind: 'network.confirm-erase' });
  await settle();
  expect(saidTo(web, asha)).toEqual([]);
});

test('of two who both say "not now" neither has another looked for, until they ask', async () => {
  await press(asha, 'not-now');
  expect(await waiting()).toEqual(['Bo Berg']);
  expect(await press(bo, 'not-now')).toContain('We do not look for another match for you now.');
  expect(await press(bo, 'not-now')).toContain('That match has ended.');
  await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  await settle();
  expect([await waiting(), (await readMatches(core)).length]).toEqual([['Cy Cole'], 1]);
  await press(bo, 'rematch');
  await settle();
  expect([await waiting(), (await readMatches(core)).length]).toEqual([[], 2]);
  expect(await press(bo, 'not-now')).toContain('That match has ended.');
});

test('what is pressed while another of them ends the match, or says that they met, is of the match as it is then', async () => {
  const [ended] = await together(core, (tx) => takeOut(core, tx, match, asha.id), [() => press(bo, 'dated')]);
  expect(ended).toMatchObject({ status: 'fulfilled', value: expect.stringContaining('That match has ended.') });
  const next = await addMatch(core, round, [asha, bo]);
  const meets = async (tx: Parameters<typeof takeOut>[1]) => {
    await tx.selectFrom('matches').select('id').where('id', '=', next).forUpdate().execute();
    const own = tx.updateTable('match_members').set({ state: 'met' }).where('match_id', '=', next);
    await own.where('member_id', '=', asha.id).execute();
  };
  const [asked] = await together(core, meets, [() => press(bo, 'not-now', next)]);
  expect(asked).toMatchObject({ value: expect.stringContaining('Did you meet Asha Rahman, and was it useful?') });
});

test('of two presses of one person at once, a match that they left is not a date again', async () => {
  const cy = await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' });
  const three = await addMatch(core, round, [asha, bo, cy]);
  const hold = (tx: Parameters<typeof takeOut>[1]) =>
    tx.selectFrom('matches').select('id').where('id', '=', three).forUpdate().execute();
  const [left, dated] = await together(core, hold, [
    () => press(asha, 'not-now', three),
    () => press(asha, 'dated', three),
  ]);
  expect(left).toMatchObject({ value: expect.stringContaining('You are taken out of this match.') });
  expect(dated).toMatchObject({ value: expect.stringContaining('That match has ended.') });
  expect((await readMatches(core)).find(({ id }) => id === three)?.dropped).toEqual([asha.id]);
});

test('nobody is asked whether they met while one of them is asked about a time; the card says yes to it still', async () => {
  const at = '2027-03-12T10:00:00.000Z';
  stage.clock.set(new Date('2027-03-10T09:00Z'));
  await suggest(core, asha, match, at);
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await settle();
  expect(saidTo(web, bo).join()).not.toContain('Did you meet');
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).toContain('Yes, that suits me');
  stage.clock.set(new Date('2027-03-12T12:00Z'));
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await settle();
  expect(saidTo(web, bo).join()).toContain('Did you meet Asha Rahman');
});
