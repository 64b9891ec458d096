import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import type { Member } from '../../../src/network/model.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask } from '../../support/people.ts';
import { readMatches } from '../round-stage.ts';
import { accept, forget, offered, openTimes, suggest, type TimesStage, toldOf } from './times-stage.ts';

let stage: TimesStage;
let core: Core;
let asha: Member;
let bo: Member;
let match: string;

const [friday, wednesday] = ['2027-03-05T10:00:00.000Z', '2027-03-10T10:00:00.000Z'];

/** Two who are matched, and have agreed to meet on a Friday at 10, which has come. */
beforeEach(async () => {
  stage = await openTimes();
  ({ core, asha, bo, match } = stage);
  await suggest(core, asha, match, friday);
  await accept(core, bo, match, friday);
  await stage.settle();
  forget(stage);
  stage.clock.set(new Date('2027-03-05T10:40:00Z'));
});
afterEach(() => stage.close());

async function agreed() {
  const row = core.db.selectFrom('matches').select('agreed_at').where('id', '=', match);
  return (await row.executeTakeFirstOrThrow()).agreed_at?.toISOString();
}

test('whoever suggests another time once it has passed is asked first whether they met, and it stays theirs', async () => {
  const said = await suggest(core, asha, match, wednesday);
  expect(said.summary).toBe('Did you meet Bo Berg?');
  expect(await agreed()).toBe(friday);
  await ask(core, bo, pauseUntil('2027-03-20'));
  await stage.settle();
  // They may have met: the match is not ended, and nothing is said of it.
  expect([await readMatches(core), toldOf(stage, asha)]).toMatchObject([[{ hasEnded: false, dropped: [] }], []]);
});

test('once one of them says that they did not meet, another time can be suggested, and is agreed', async () => {
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'not-met' });
  expect(await offered(core, asha)).not.toEqual([]);
  const said = await suggest(core, asha, match, wednesday);
  expect(said.heading).toBe('You suggested a time');
  await accept(core, bo, match, wednesday);
  expect(await agreed()).toBe(wednesday);
});

test('once one of them says that they met, the other can suggest to meet again', async () => {
  await ask(core, asha, { kind: 'matching.met', match });
  const said = await suggest(core, bo, match, wednesday);
  expect(said.heading).toBe('You suggested a time');
  await ask(core, bo, pauseUntil('2027-03-20'));
  await stage.settle();
  expect(await readMatches(core)).toMatchObject([{ hasEnded: false, dropped: [] }]);
});
