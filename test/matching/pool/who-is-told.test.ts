import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet } from '../../../src/matching/following-up/due.ts';
import { erase } from '../../../src/network/erase.ts';
import type { Member } from '../../../src/network/model.ts';
import { schedule } from '../../../src/store/agenda.ts';
import { post } from '../../../src/store/outbox.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo } from '../../support/people.ts';
import { addMatch, addRound } from '../following-up/following-up-stage.ts';
import { accept, suggest } from '../times/times-stage.ts';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let asha: Member;
let bo: Member;
let cleo: Member;
let round: string;

/** Three people, and a round of Tuesday 2 March 2027 in which nobody is matched yet; the next one is a month later. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound('web');
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  cleo = await addActive(core, { name: 'Cleo Cole', council: 'Hull City Council' });
  await core.db.deleteFrom('standing_pool').execute();
  round = await addRound(core, 1, core.clock.now());
  await prepareAgenda(core);
  await settle();
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', web]]));
}

async function matched(...people: readonly Member[]): Promise<string> {
  const match = await addMatch(core, round, people);
  web.letters.length = 0;
  return match;
}

async function waiting(): Promise<readonly string[]> {
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

const friday = '2027-03-05T10:00:00.000Z';
const afterFriday = new Date('2027-03-06T10:00:00Z');

async function agree(match: string, first: Member, ...others: readonly Member[]): Promise<void> {
  await suggest(core, first, match, friday);
  for (const other of others) await accept(core, other, match, friday);
  await settle();
  web.letters.length = 0;
}

const ends = [
  ['says "not now"', (match: string) => ask(core, asha, { kind: 'matching.not-now', match })],
  ['is erased', () => erase(core, asha)],
] as const;

test.each(ends)(
  'nobody is looked for, and nothing said, for one who has paused since they were to meet when the other %s',
  async (_, act) => {
    const match = await matched(asha, bo);
    await agree(match, asha, bo);
    stage.clock.set(afterFriday);
    await ask(core, bo, pauseUntil('2027-05-04'));
    await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
    await act(match);
    await settle();
    expect([await waiting(), saidTo(web, bo)]).toEqual([[], []]);
  },
);

test('nor for one who has taken the agreement to be matched back', async () => {
  const match = await matched(asha, bo);
  await agree(match, asha, bo);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'joining.agreements', prompts: 'yes', findable: 'no', matching: 'no' });
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
  await ask(core, asha, { kind: 'matching.not-now', match });
  await settle();
  expect([await waiting(), saidTo(web, bo)]).toEqual([[], []]);
});

test.each([
  ['three', 0, 'Your match with Asha Rahman and Bo Berg has ended, because they cannot meet this time.'],
  ['four', 1, 'Somebody in your group cannot meet this time. You are matched with Di Day.'],
] as const)('of two of %s who go before the others are told, they are told once', async (_, more, words) => {
  const di = await addActive(core, { name: 'Di Day', council: 'Bath Council' });
  await settle();
  await core.db.deleteFrom('standing_pool').execute();
  const match = await matched(asha, bo, cleo, ...[di].slice(0, more));
  await ask(core, asha, { kind: 'matching.not-now', match });
  stage.clock.set(new Date(core.clock.now().getTime() + 1));
  await ask(core, bo, { kind: 'matching.not-now', match });
  await settle();
  expect(saidTo(web, cleo)).toHaveLength(1);
  expect(saidTo(web, cleo)[0]?.split(' ').toSorted()).toEqual(words.split(' ').toSorted());
});

test('of two of four who go one after the other, the others are told of each', async () => {
  const di = await addActive(core, { name: 'Di Day', council: 'Bath Council' });
  const match = await matched(asha, bo, cleo, di);
  await ask(core, asha, { kind: 'matching.not-now', match });
  await settle();
  await ask(core, bo, { kind: 'matching.not-now', match });
  await settle();
  expect(saidTo(web, cleo)).toEqual([
    expect.stringMatching(/You are matched with (Bo Berg and Di Day|Di Day and Bo Berg)\.$/),
    expect.stringContaining('You are matched with Di Day.'),
  ]);
});

test('whoever has a match by now is not told that they were left out', async () => {
  await matched(asha, bo);
  const kind = 'matching.left-out';
  const left = [asha, cleo].map(({ id }) => ({ round_id: round, member_id: id, reason: 'odd-number' as const }));
  await core.db.insertInto('left_out').values(left).execute();
  const postings = [asha, cleo].map(
    ({ id }) => ({ key: `${kind}:${id}`, kind, subject: round, memberId: id }) as const,
  );
  await core.db.transaction().execute((tx) => post(tx, core.clock.now(), postings));
  await settle();
  expect([saidTo(web, asha), saidTo(web, cleo)]).toEqual([[], [expect.stringContaining('do not have a match')]]);
});

test('whoever has met and does not come to a second date of a group is asked how it was, and can say so', async () => {
  const question = new Date('2027-03-04T10:00:00Z');
  const key = `matching.question:${round}`;
  const due = { key, kind: 'matching.question', subject: round, at: question } as const;
  await core.db.transaction().execute((tx) => schedule(tx, [due]));
  const match = await matched(asha, bo, cleo);
  await ask(core, asha, { kind: 'matching.met', match });
  await agree(match, asha, bo, cleo);
  await ask(core, cleo, { kind: 'matching.not-now', match });
  await settle();
  expect(saidTo(web, cleo)).toEqual([]);
  stage.clock.set(new Date(question.getTime() + 60_000));
  await settle();
  expect(saidTo(web, cleo)).toEqual([expect.stringMatching(/^Did you meet .+ and .+, and was it useful\?$/)]);
  await ask(core, cleo, { kind: 'matching.answer', match, outcome: 'useful' });
  const own = core.db.selectFrom('match_members').select(['state', 'outcome']).where('member_id', '=', cleo.id);
  expect(await own.executeTakeFirst()).toEqual({ state: 'dropped', outcome: 'useful' });
});

test('whoever left a group before the others met is not asked', async () => {
  const match = await matched(asha, bo, cleo);
  await ask(core, cleo, { kind: 'matching.not-now', match });
  await ask(core, asha, { kind: 'matching.met', match });
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await settle();
  expect([saidTo(web, cleo), saidTo(web, bo).at(-1)]).toEqual([[], 'Did you meet Asha Rahman, and was it useful?']);
});
