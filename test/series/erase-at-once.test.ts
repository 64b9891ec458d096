import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { erase } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { holdSeries } from '../../src/series/hold.ts';
import { announcing, draft } from '../proposals/stage.ts';
import { addHost, propose } from '../support/conversations.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { together } from '../support/lock-waiters.ts';
import { ask } from '../support/people.ts';
import { suggest } from '../support/series.ts';

/*
 * Somebody who hosts a conversation to come is erased, and something else happens at once, each stopped where the other
 * could hold what it wants next: both come to an end.
 */

let stage: TestCore;
let core: Core;
let erased: Member;
let other: Member;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  erased = await addHost(core, 'Eva');
  other = await addHost(core, 'Ola');
  await propose(core, erased, { title: 'Hers' });
});
afterEach(() => stage.close());

const bothEnded = [{ status: 'fulfilled' }, { status: 'fulfilled' }];

test('another host announces what they wrote about a topic of theirs', async () => {
  const topic = await suggest(core, erased, 'Saying no');
  const id = await draft(core, other, { title: 'About it' });
  await core.db.updateTable('proposals').set({ topic_id: topic }).where('id', '=', id).execute();
  const announce = await announcing(core, other, id);
  const ended = await together(core, holdSeries, [() => erase(core, erased), () => ask(core, other, announce)]);
  expect(ended).toMatchObject(bothEnded);
  const made = core.db.selectFrom('conversations').select('host_id').where('id', '=', id);
  expect(await made.execute()).toEqual([{ host_id: other.id }]);
  expect(await core.db.selectFrom('topics').select('id').execute()).toEqual([]);
});

test('the host of what they made over is erased too', async () => {
  const id = await propose(core, other, { title: 'Made over' });
  await core.db.updateTable('conversations').set({ made_over_by: erased.id }).where('id', '=', id).execute();
  const ended = await together(core, holdSeries, [() => erase(core, erased), () => erase(core, other)]);
  expect(ended).toMatchObject(bothEnded);
  const left = core.db.selectFrom('conversations').select(['host_id', 'made_over_by']);
  expect(await left.where('cancelled_at', 'is', null).execute()).toEqual([]);
  expect(await left.where('id', '=', id).execute()).toEqual([{ host_id: null, made_over_by: null }]);
});
