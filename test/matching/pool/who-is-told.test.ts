import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet } from '../../../src/matching/following-up/due.ts';
import { erase } from '../../../src/network/erase.ts';
import type { Member } from '../../../src/network/model.ts';
import { schedule } from '../../../src/store/agenda.ts';
import { post } from '../../../src/store/outbox.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask } from '../../support/people.ts';
import { addMatch } from '../following-up/following-up-stage.ts';
import { afterFriday, agree, openRound, press, type RoundStage } from '../match-stage.ts';

let stage: RoundStage;
let cleo: Member;

/** Three people, and a round in which nobody is matched yet. */
beforeEach(async () => {
  stage = await openRound();
  cleo = await stage.joinsAside('Cleo Cole');
  await stage.settle();
  stage.forget();
});
afterEach(() => stage.close());

const ends = [
  ['says "not now"', (core: Core, asha: Member, match: string) => press(core, asha, 'not-now', match)],
  ['is erased', (core: Core, asha: Member) => erase(core, asha)],
] as const;

test.each(ends)(
  'nobody is looked for, and nothing said, for one who has paused since they were to meet when the other %s',
  async (_, act) => {
    const { core, asha, bo, round } = stage;
    const match = await addMatch(core, round, [asha, bo]);
    await agree(stage, match, asha, bo);
    stage.clock.set(afterFriday);
    await ask(core, bo, pauseUntil('2027-05-04'));
    await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
    await act(core, asha, match);
    await stage.settle();
    expect([await stage.waiting(), stage.told(bo)]).toEqual([[], []]);
  },
);

test('nor for one who has taken the agreement to be matched back', async () => {
  const { core, asha, bo, round } = stage;
  const match = await addMatch(core, round, [asha, bo]);
  await agree(stage, match, asha, bo);
  stage.clock.set(afterFriday);
  await ask(core, bo, { kind: 'joining.agreements', prompts: 'yes', findable: 'no', matching: 'no' });
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'no-show' });
  await press(core, asha, 'not-now', match);
  await stage.settle();
  expect([await stage.waiting(), stage.told(bo)]).toEqual([[], []]);
});

test.each([
  ['three', 0, 'Your match with Asha Rahman and Bo Berg has ended, because they cannot meet this time.'],
  ['four', 1, 'Somebody in your group cannot meet this time. You are matched with Di Day.'],
] as const)('of two of %s who go before the others are told, they are told once', async (_, more, words) => {
  const { core, asha, bo, round } = stage;
  const di = await stage.joins('Di Day');
  await stage.settle();
  await stage.nobodyWaits();
  const match = await addMatch(core, round, [asha, bo, cleo, ...[di].slice(0, more)]);
  await press(core, asha, 'not-now', match);
  stage.clock.set(new Date(core.clock.now().getTime() + 1));
  await press(core, bo, 'not-now', match);
  await stage.settle();
  expect(stage.told(cleo)).toHaveLength(1);
  expect(stage.told(cleo)[0]?.split(' ').toSorted()).toEqual(words.split(' ').toSorted());
});

test('of two of four who go one after the other, the others are told of each', async () => {
  const { core, asha, bo, round } = stage;
  const di = await stage.joins('Di Day');
  const match = await addMatch(core, round, [asha, bo, cleo, di]);
  await press(core, asha, 'not-now', match);
  await stage.settle();
  await press(core, bo, 'not-now', match);
  await stage.settle();
  expect(stage.told(cleo)).toEqual([
    expect.stringMatching(/You are matched with (Bo Berg and Di Day|Di Day and Bo Berg)\.$/),
    expect.stringContaining('You are matched with Di Day.'),
  ]);
});

test('whoever has a match by now is not told that they were left out', async () => {
  const { core, asha, bo, round } = stage;
  await addMatch(core, round, [asha, bo]);
  const kind = 'matching.left-out';
  const left = [asha, cleo].map(({ id }) => ({ round_id: round, member_id: id, reason: 'odd-number' as const }));
  await core.db.insertInto('left_out').values(left).execute();
  const postings = [asha, cleo].map(
    ({ id }) => ({ key: `${kind}:${id}`, kind, subject: round, memberId: id }) as const,
  );
  await core.db.transaction().execute((tx) => post(tx, core.clock.now(), postings));
  await stage.settle();
  expect([stage.told(asha), stage.told(cleo)]).toEqual([[], [expect.stringContaining('do not have a match')]]);
});

test('whoever has met and does not come to a second date of a group is asked how it was, and can say so', async () => {
  const { core, asha, bo, round } = stage;
  const question = new Date('2027-03-04T10:00:00Z');
  const key = `matching.question:${round}`;
  const due = { key, kind: 'matching.question', subject: round, at: question } as const;
  await core.db.transaction().execute((tx) => schedule(tx, [due]));
  const match = await addMatch(core, round, [asha, bo, cleo]);
  await press(core, asha, 'met', match);
  await agree(stage, match, asha, bo, cleo);
  await press(core, cleo, 'not-now', match);
  await stage.settle();
  expect(stage.told(cleo)).toEqual([]);
  stage.clock.set(new Date(question.getTime() + 60_000));
  await stage.settle();
  expect(stage.told(cleo)).toEqual([expect.stringMatching(/^Did you meet .+ and .+, and was it useful\?$/)]);
  await ask(core, cleo, { kind: 'matching.answer', match, outcome: 'useful' });
  const own = core.db.selectFrom('match_members').select(['state', 'outcome']).where('member_id', '=', cleo.id);
  expect(await own.executeTakeFirst()).toEqual({ state: 'dropped', outcome: 'useful' });
});

test('whoever left a group before the others met is not asked', async () => {
  const { core, asha, bo, round } = stage;
  const match = await addMatch(core, round, [asha, bo, cleo]);
  await press(core, cleo, 'not-now', match);
  await press(core, asha, 'met', match);
  await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
  await stage.settle();
  expect([stage.told(cleo), stage.told(bo).at(-1)]).toEqual([[], 'Did you meet Asha Rahman, and was it useful?']);
});
