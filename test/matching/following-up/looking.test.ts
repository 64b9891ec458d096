import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import type { Core } from '../../../src/core.ts';
import { pastMatches } from '../../../src/matching/people/past-matches.ts';
import { erase } from '../../../src/network/erase.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, type RecordingOutbound, recordingOutbound, saidTo, textOf } from '../../support/people.ts';
import { addMatch, addRound } from './following-up-stage.ts';

let stage: TestCore;
let core: Core;
let web: RecordingOutbound;
let asha: Member;
let bo: Member;
let cleo: Member;
let match: string;

/** Two are matched in the first round, and Cleo sat it out; nobody waits. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  web = recordingOutbound('web');
  asha = await addActive(core, { name: 'Asha Rahman', council: 'Leeds City Council' });
  bo = await addActive(core, { name: 'Bo Berg', council: 'City of York Council' });
  cleo = await addActive(core, { name: 'Cleo Cox', council: 'Hull City Council' });
  await core.db.deleteFrom('standing_pool').execute();
  match = await addMatch(core, await addRound(core, 1, core.clock.now()), [asha, bo]);
  await core.db.updateTable('members').set({ rests_in_round: 1 }).where('id', '=', cleo.id).execute();
  await prepareAgenda(core);
});
afterEach(() => stage.close());

async function waiting(): Promise<readonly string[]> {
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

test('whoever was told that they can ask for another match can, though the other has been erased since', async () => {
  await ask(core, asha, { kind: 'matching.rematch', match });
  await settleAll(core, new Map([['web', web]]));
  expect(saidTo(web, bo).at(-1)).toBe('Your match with Asha Rahman has ended.');
  await erase(core, asha);
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).toContain('You have no match now.');
  expect(textOf(await ask(core, bo, { kind: 'matching.rematch', match }))).toContain(
    'We look for a match for you now.',
  );
  expect(await waiting()).toEqual(['Bo Berg']);
});

test('what can be said of a match that is there can be said by nobody else, and a pause holds for one that is gone', async () => {
  expect(textOf(await ask(core, cleo, { kind: 'matching.rematch', match }))).toContain('We could not find that match.');
  await core.db.deleteFrom('matches').execute();
  expect(textOf(await ask(core, bo, { kind: 'matching.met', match }))).toContain('We could not find that match.');
  await ask(core, bo, pauseUntil('2027-03-20'));
  expect(textOf(await ask(core, bo, { kind: 'matching.rematch', match }))).toContain('Matches are paused for you.');
  expect(await waiting()).toEqual([]);
});

test('who sat the round out asks for a match with a button of its own, and with no other', async () => {
  await ask(core, cleo, { kind: 'membership.skip-round' });
  for (let presses = 0; presses < 2; presses += 1) {
    const said = textOf(await ask(core, cleo, { kind: 'membership.take-round' }));
    expect(said).toContain('You take part in the round on');
    expect(await waiting()).toEqual([]);
  }
  const said = textOf(await ask(core, cleo, { kind: 'matching.look-now' }));
  expect(said).toContain('We look for a match for you now.');
  expect(said).toContain('You also take part in the round on');
  expect(await waiting()).toEqual(['Cleo Cox']);
  expect(textOf(await ask(core, cleo, { kind: 'matching.current' }))).toContain('You asked us for a match.');
});

test('nobody who has a match, or takes no part, has one looked for', async () => {
  expect(textOf(await ask(core, asha, { kind: 'matching.look-now' }))).toContain('You have a match already.');
  await ask(core, cleo, pauseUntil('2027-03-20'));
  expect(textOf(await ask(core, cleo, { kind: 'matching.look-now' }))).toContain('Matches are paused for you.');
  expect(await waiting()).toEqual([]);
});

test('whoever asks for a match and sits the next round out is not told that they take part in it', async () => {
  await ask(core, cleo, { kind: 'membership.skip-round' });
  expect(textOf(await ask(core, cleo, { kind: 'matching.look-now' }))).not.toContain('take part in');
  expect(await waiting()).toEqual(['Cleo Cox']);
});

test('that they met can be said after the other has ended the match, and counts', async () => {
  await ask(core, asha, { kind: 'matching.not-now', match });
  expect(textOf(await ask(core, bo, { kind: 'matching.met', match }))).toContain('We have noted that you met');
  const past = async () => await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2);
  expect(await past()).toMatchObject([{ outcome: 'unknown' }]);
  // Whoever ended it says so with the answer.
  expect(textOf(await ask(core, asha, { kind: 'matching.met', match }))).toContain('Did you meet Bo Berg');
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'useful' });
  expect(await past()).toMatchObject([{ outcome: 'useful' }]);
});
