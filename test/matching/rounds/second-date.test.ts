import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { askWhetherTheyMet } from '../../../src/matching/following-up/due.ts';
import { fortunes, pastMatches } from '../../../src/matching/people/past-matches.ts';
import type { Member } from '../../../src/network/model.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { accept, forget, messageOf, openTimes, suggest, type TimesStage, toldOf } from '../times/times-stage.ts';

let stage: TimesStage;
let core: Core;
let asha: Member;
let bo: Member;
let match: string;

const [thursday, monday] = ['2027-03-04T10:00:00.000Z', '2027-03-08T15:00:00.000Z'] as const;
const [afterThursday, afterMonday] = [new Date('2027-03-05T09:00:00Z'), new Date('2027-03-09T09:00:00Z')];

beforeEach(async () => {
  stage = await openTimes();
  ({ core, asha, bo, match } = stage);
  await agreeOn(thursday);
});
afterEach(() => stage.close());

async function agreeOn(at: string): Promise<void> {
  await suggest(core, bo, match, at);
  await accept(core, asha, match, at);
}

async function says(member: Member, outcome: 'not-met' | 'no-show' | 'useful'): Promise<void> {
  await ask(core, member, { kind: 'matching.answer', match, outcome });
}

/** Bo answers this of Thursday, and they agree on Monday instead, which passes. */
async function meetLater(outcome: 'not-met' | 'no-show'): Promise<void> {
  stage.clock.set(afterThursday);
  await says(bo, outcome);
  await agreeOn(monday);
  await stage.settle();
  stage.clock.set(afterMonday);
  forget(stage);
}

async function card(member: Member): Promise<string> {
  return textOf(await ask(core, member, { kind: 'matching.current' }));
}

/** What conveners read of the only match of the round. */
async function conveners(): Promise<string> {
  const convener = await addActive(core, { name: 'Cerys Convener', permission: 'convener' });
  const { id } = await core.db.selectFrom('rounds').select('id').executeTakeFirstOrThrow();
  return textOf(await ask(core, convener, { kind: 'matching.round', round: id }));
}

async function stands(): Promise<boolean> {
  const row = core.db.selectFrom('matches').select('ended_at').where('id', '=', match);
  return (await row.executeTakeFirstOrThrow()).ended_at === null;
}

test.each(['not-met', 'no-show'] as const)(
  'what is answered of one date (%s) is no answer about the next: both are asked once that has passed',
  async (outcome) => {
    await meetLater(outcome);
    expect(await card(bo)).toContain('Tell us once you have met. If you did not meet, you can suggest another time.');
    expect(await card(bo)).not.toContain('You have said that you did not meet');
    const { round_id: round } = await core.db.selectFrom('matches').select('round_id').executeTakeFirstOrThrow();
    await core.db.transaction().execute((tx) => askWhetherTheyMet(core, tx, round));
    await stage.settle();
    for (const member of [asha, bo])
      expect(
        toldOf(stage, member)
          .map(({ heading }) => heading)
          .join(),
      ).toMatch(/Did you meet/);
    expect((await suggest(core, bo, match, '2027-03-12T15:00:00.000Z')).heading).toBe('Did you meet?');
    for (const kind of ['not-now', 'rematch'] as const) {
      const reply = messageOf(await ask(core, asha, { kind: `matching.${kind}`, match }));
      expect([reply.heading, await stands()]).toEqual(['Did you meet Bo Berg?', true]);
    }
    expect(await conveners()).toContain('Their time has passed; nobody has said');
    // What they answered is theirs, and is kept.
    const kept = core.db.selectFrom('match_members').select('outcome').where('member_id', '=', bo.id);
    expect(await kept.execute()).toEqual([{ outcome }]);
  },
);

test('a time at which nobody came is made good by the next one, also in the rounds to come', async () => {
  const both = new Set([asha.id, bo.id]);
  const known = async () => [
    (await pastMatches(core, core.db, both, 2000)).map(({ outcome }) => outcome),
    (await fortunes(core.db, [bo.id])).get(bo.id)?.owed,
  ];
  stage.clock.set(afterThursday);
  await says(bo, 'no-show');
  expect(await known()).toEqual([['not-met'], 1]);
  await agreeOn(monday);
  stage.clock.set(afterMonday);
  expect(await known()).toEqual([['unknown'], 0]);
  await says(bo, 'no-show');
  expect(await known()).toEqual([['not-met'], 1]);
});

test('“We did not meet”, pressed before the time has come, is asked anew once it has passed', async () => {
  await says(bo, 'not-met');
  stage.clock.set(afterThursday);
  expect(await card(bo)).toContain('Tell us once you have met.');
  await says(bo, 'not-met');
  expect(await card(bo)).toContain('You have said that you did not meet.');
});

test('where the next date is called off before it comes, what was answered of the first one holds', async () => {
  stage.clock.set(afterThursday);
  await says(bo, 'not-met');
  await agreeOn(monday);
  await ask(core, asha, { kind: 'matching.not-now', match });
  expect(await stands()).toBe(false);
  stage.clock.set(afterMonday);
  expect(await conveners()).toContain('They did not meet');
});
