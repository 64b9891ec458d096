import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, mustFind, textOf } from '../../support/people.ts';
import {
  accept,
  addMatch,
  forget,
  messageOf,
  offered,
  openTimes,
  suggest,
  type TimesStage,
  toldOf,
} from './times-stage.ts';

let stage: TimesStage;
let core: Core;
let asha: Member;
let bo: Member;
let match: string;

/** Two who are matched, on Tuesday 2 March 2027. */
beforeEach(async () => {
  stage = await openTimes();
  ({ core, asha, bo, match } = stage);
});
afterEach(() => stage.close());

const [friday, wednesday] = ['2027-03-05T10:00:00.000Z', '2027-03-10T10:00:00.000Z'];

async function haveMet(): Promise<void> {
  await suggest(core, asha, match, friday);
  await accept(core, bo, match, friday);
  await stage.settle();
  stage.clock.set(new Date('2027-03-06T10:00:00Z'));
}

async function suggestText(member: Member, at: string): Promise<string> {
  return textOf(await ask(core, member, { kind: 'matching.suggest-time', match, at }));
}

const ways: readonly (readonly [string, (member: Member) => Promise<unknown>])[] = [
  ['has paused', (member) => ask(core, member, pauseUntil('2027-03-29'))],
  [
    'has taken the agreement back',
    (member) => ask(core, member, { kind: 'joining.agreements', prompts: 'yes', findable: 'no', matching: 'no' }),
  ],
];

test.each(ways)('after they met nobody can suggest a time to one who %s, nor says so to them', async (_, act) => {
  await haveMet();
  expect(await offered(core, asha)).not.toEqual([]);
  await act(bo);
  await stage.settle();
  forget(stage);
  expect(await offered(core, asha)).toEqual([]);
  const card = JSON.stringify(messageOf(await ask(core, asha, { kind: 'matching.current' })));
  expect(card).toContain('Bo Berg takes no part in matches now, so you cannot suggest a time here.');
  expect(card).toContain('We met');
  expect(await suggestText(asha, wednesday)).toContain('Somebody in this match takes no part in matches now');
  // Nor can they themselves, on a card from before.
  expect(await suggestText(await mustFind(core, bo.id), wednesday)).toContain('You take no part in matches now');
  await stage.settle();
  expect([toldOf(stage, asha), toldOf(stage, bo)]).toEqual([[], []]);
});

test('what somebody suggested in a match of an earlier round is forgotten when they pause, on its way or not', async () => {
  await suggest(core, bo, match, wednesday);
  // It has not left us yet.
  await addMatch(core, asha, await addActive(core, { name: 'Cy Cole', council: 'Hull City Council' }));
  await ask(core, bo, pauseUntil('2027-03-08'));
  await stage.settle();
  expect(toldOf(stage, asha)).toEqual([]);
  const reply = textOf(await ask(core, asha, { kind: 'matching.accept-time', match, at: wednesday }));
  expect(reply).toContain('takes no part in matches now');
  // Nor does it come back with them.
  await ask(core, bo, { kind: 'network.resume' });
  const later = textOf(await ask(core, asha, { kind: 'matching.accept-time', match, at: wednesday }));
  expect(later).not.toContain('You meet Bo Berg');
  // The match itself is as it was: whether they met is still asked.
  const row = core.db.selectFrom('matches').select('ended_at').where('id', '=', match);
  expect(await row.executeTakeFirst()).toEqual({ ended_at: null });
});

test('a suggestion for after they met is forgotten when one of them pauses', async () => {
  await ask(core, asha, { kind: 'matching.met', match });
  await suggest(core, bo, match, wednesday);
  await ask(core, bo, pauseUntil('2027-03-08'));
  await stage.settle();
  expect(toldOf(stage, asha)).toEqual([]);
  const row = core.db.selectFrom('matches').select('suggested_at').where('id', '=', match);
  expect(await row.executeTakeFirst()).toEqual({ suggested_at: null });
});

test('nobody is asked about a time that was suggested by one whose council takes part no more', async () => {
  await suggest(core, asha, match, wednesday);
  const council = core.db.selectFrom('members').select('council_id').where('id', '=', asha.id);
  const { council_id: id } = await council.executeTakeFirstOrThrow();
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('id', '=', id).execute();
  await stage.settle();
  expect(toldOf(stage, bo).map(({ heading }) => heading)).not.toContain('Asha Rahman suggests a time to meet');
});

test('a time that was agreed is not changed here once the council of one takes part no more', async () => {
  await suggest(core, asha, match, friday);
  await accept(core, bo, match, friday);
  await suggest(core, asha, match, wednesday);
  const council = core.db.selectFrom('members').select('council_id').where('id', '=', asha.id);
  const { council_id: id } = await council.executeTakeFirstOrThrow();
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('id', '=', id).execute();
  const { body, buttons } = messageOf(await ask(core, bo, { kind: 'matching.current' }));
  expect(JSON.stringify(body)).toContain('You meet Asha Rahman from 10am');
  expect(JSON.stringify(body)).not.toContain('To change the time');
  expect(buttons.filter(({ label }) => /^(Change to|Yes|Keep)/.test(label))).toEqual([]);
});
