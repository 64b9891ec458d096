import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareAgenda } from '../src/agenda/prepare.ts';
import { home } from '../src/home.ts';
import type { Member } from '../src/network/model.ts';
import { openTestCore, type TestCore } from './support/core.ts';
import { pauseUntil } from './support/pauses.ts';
import { addActive, ask, mustFind } from './support/people.ts';

let testCore: TestCore;

beforeAll(async () => {
  testCore = await openTestCore(new Date('2027-03-02T12:00:00Z'));
  await prepareAgenda(testCore.core);
});
afterAll(async () => {
  await testCore.close();
});

async function bodyOf(member: Member): Promise<string> {
  return JSON.stringify((await home(testCore.core, await mustFind(testCore.core, member.id))).body);
}

test('says when the next prompt comes on the member’s own clock, and when the next match', async () => {
  const asha = await addActive(testCore.core, { zone: 'America/New_York' });
  const body = await bodyOf(asha);
  expect(body).toContain('{"label":"Next prompt","value":"9am on Monday 8 March"}');
  expect(body).toContain('{"label":"Next match","value":"Tuesday 9 March"}');
});

test('says that a match is due soon while its round waits for a convener', async () => {
  const asha = await addActive(testCore.core);
  const now = testCore.clock.now();
  testCore.clock.set(new Date('2027-03-10T12:00:00Z'));
  expect(await bodyOf(asha)).toContain('{"label":"Next match","value":"Soon. It was due on Tuesday 9 March"}');
  testCore.clock.set(now);
});

test('promises nothing while messages are paused', async () => {
  const asha = await addActive(testCore.core);
  await ask(testCore.core, asha, pauseUntil('2027-03-16'));
  const body = await bodyOf(asha);
  expect(body).toContain('Paused until Tuesday 16 March');
  expect(body).not.toContain('Next');
});

test('what only hosts or conveners may do is refused in words that say who may', async () => {
  const asha = await addActive(testCore.core);
  const said = async (kind: 'proposals.mine' | 'network.open-announcements') =>
    JSON.stringify(await ask(testCore.core, asha, { kind }));
  expect(await said('proposals.mine')).toContain('Only hosts can do that');
  expect(await said('network.open-announcements')).toContain('Only conveners can do that');
});
