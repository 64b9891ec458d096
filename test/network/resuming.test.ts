import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let member: Member;

/** Somebody who waits for no match. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
  await core.db.deleteFrom('standing_pool').execute();
});
afterEach(() => stage.close());

async function waits(): Promise<boolean> {
  const row = core.db.selectFrom('standing_pool').select('member_id').where('member_id', '=', member.id);
  return (await row.executeTakeFirst()) !== undefined;
}

test('whoever resumes without having paused matches does not come to wait for one', async () => {
  await ask(core, member, { kind: 'network.resume' });
  expect(await waits()).toBe(false);
  await ask(core, member, pauseUntil('2027-03-20', ['prompts']));
  await ask(core, member, { kind: 'network.resume' });
  expect(await waits()).toBe(false);
});

test('whoever resumes after a pause of matches waits for one', async () => {
  await ask(core, member, pauseUntil('2027-03-20', ['matching']));
  await ask(core, member, { kind: 'network.resume' });
  expect(await waits()).toBe(true);
});
