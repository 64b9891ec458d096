import { afterEach, beforeEach, expect, test } from 'vitest';
import { pastMatches } from '../../../src/matching/people/past-matches.ts';
import { erase } from '../../../src/network/erase.ts';
import type { Member } from '../../../src/network/model.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { ask, textOf } from '../../support/people.ts';
import { openPair, type PairStage, press } from '../match-stage.ts';

let stage: PairStage;
let cleo: Member;

/** Two are matched in the first round, and Cleo sat it out; nobody waits. */
beforeEach(async () => {
  stage = await openPair();
  cleo = await stage.joinsAside('Cleo Cox');
  await stage.core.db.updateTable('members').set({ rests_in_round: 1 }).where('id', '=', cleo.id).execute();
});
afterEach(() => stage.close());

test('whoever was told that they can ask for another match can, though the other has been erased since', async () => {
  const { core, asha, bo, match } = stage;
  await press(core, asha, 'rematch', match);
  await stage.settle();
  expect(stage.told(bo).at(-1)).toBe('Your match with Asha Rahman has ended.');
  await erase(core, asha);
  expect(textOf(await ask(core, bo, { kind: 'matching.current' }))).toContain('You have no match now.');
  expect(await press(core, bo, 'rematch', match)).toContain('We look for a match for you now.');
  expect(await stage.waiting()).toEqual(['Bo Berg']);
});

test('what can be said of a match that is there can be said by nobody else, and a pause holds for one that is gone', async () => {
  const { core, bo, match } = stage;
  expect(await press(core, cleo, 'rematch', match)).toContain('We could not find that match.');
  await core.db.deleteFrom('matches').execute();
  expect(await press(core, bo, 'met', match)).toContain('We could not find that match.');
  await ask(core, bo, pauseUntil('2027-03-20'));
  expect(await press(core, bo, 'rematch', match)).toContain('Matches are paused for you.');
  expect(await stage.waiting()).toEqual([]);
});

test('who sat the round out asks for a match with a button of its own, and with no other', async () => {
  const { core } = stage;
  await ask(core, cleo, { kind: 'membership.skip-round' });
  for (let presses = 0; presses < 2; presses += 1) {
    const said = textOf(await ask(core, cleo, { kind: 'membership.take-round' }));
    expect(said).toContain('You take part in the round on');
    expect(await stage.waiting()).toEqual([]);
  }
  const said = textOf(await ask(core, cleo, { kind: 'matching.look-now' }));
  expect(said).toContain('We look for a match for you now.');
  expect(said).toContain('You also take part in the round on');
  expect(await stage.waiting()).toEqual(['Cleo Cox']);
  expect(textOf(await ask(core, cleo, { kind: 'matching.current' }))).toContain('You asked us for a match.');
});

test('nobody who has a match, or takes no part, has one looked for', async () => {
  const { core, asha } = stage;
  expect(textOf(await ask(core, asha, { kind: 'matching.look-now' }))).toContain('You have a match already.');
  await ask(core, cleo, pauseUntil('2027-03-20'));
  expect(textOf(await ask(core, cleo, { kind: 'matching.look-now' }))).toContain('Matches are paused for you.');
  expect(await stage.waiting()).toEqual([]);
});

test('whoever asks for a match and sits the next round out is not told that they take part in it', async () => {
  const { core } = stage;
  await ask(core, cleo, { kind: 'membership.skip-round' });
  expect(textOf(await ask(core, cleo, { kind: 'matching.look-now' }))).not.toContain('take part in');
  expect(await stage.waiting()).toEqual(['Cleo Cox']);
});

test('that they met can be said after the other has ended the match, and counts', async () => {
  const { core, asha, bo, match } = stage;
  await press(core, asha, 'not-now', match);
  expect(await press(core, bo, 'met', match)).toContain('We have noted that you met');
  const past = async () => await pastMatches(core, core.db, new Set([asha.id, bo.id]), 2);
  expect(await past()).toMatchObject([{ outcome: 'unknown' }]);
  // Whoever ended it says so with the answer.
  expect(await press(core, asha, 'met', match)).toContain('Did you meet Bo Berg');
  await ask(core, asha, { kind: 'matching.answer', match, outcome: 'useful' });
  expect(await past()).toMatchObject([{ outcome: 'useful' }]);
});
