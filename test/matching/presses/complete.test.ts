import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Member } from '../../../src/network/model.ts';
import { ask } from '../../support/people.ts';
import { openPair, type PairStage } from '../match-stage.ts';
import { accept, messageOf, suggest } from '../times/times-stage.ts';

let stage: PairStage;

/** Of two one says that they met, and the other that they did not. */
beforeEach(async () => {
  stage = await openPair();
  const { core, asha, bo, match } = stage;
  await ask(core, bo, { kind: 'matching.answer', match, outcome: 'not-met' });
  await ask(core, asha, { kind: 'matching.met', match });
});
afterEach(() => stage.close());

async function endings(member: Member): Promise<readonly string[]> {
  const { buttons } = messageOf(await ask(stage.core, member, { kind: 'matching.current' }));
  return buttons.map(({ label }) => label).filter((label) => label === 'Rematch me' || label === 'Not now');
}

test('whoever says that they did not meet is offered no end of a match that is complete for the other', async () => {
  const { core, bo, match } = stage;
  expect(await endings(bo)).toEqual([]);
  const dated = messageOf(await ask(core, bo, { kind: 'matching.dated', match }));
  expect(JSON.stringify(dated)).not.toMatch(/Rematch me|Not now/);
});

test('a next date can be called off, and nothing else', async () => {
  const { core, asha, bo, match } = stage;
  const at = '2027-03-05T10:00:00.000Z';
  await suggest(core, bo, match, at);
  await accept(core, asha, match, at);
  expect(await endings(bo)).toEqual(['Not now']);
  expect(messageOf(await ask(core, bo, { kind: 'matching.not-now', match })).heading).toBe('You do not meet');
});
