import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import type { Core } from '../../src/core.ts';
import { findDue, schedule, unschedule } from '../../src/store/agenda.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive } from '../support/people.ts';

let stage: TestCore;
let core: Core;
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

const at = (day: number) => new Date(Date.UTC(2027, 2, day));
const put = (key: string, day: number) =>
  core.db.transaction().execute((tx) => schedule(tx, [{ key, kind: 'matching.round', subject: '1', at: at(day) }]));
const rows = () => core.db.selectFrom('agenda').select(['key', 'due_at', 'done_at']).orderBy('key').execute();

test('an appointment stands once; written again it moves, unless it is done', async () => {
  await put('a', 3);
  await put('a', 4);
  expect(await rows()).toEqual([{ key: 'a', due_at: at(4), done_at: null }]);
  await core.db
    .updateTable('agenda')
    .set({ done_at: at(4) })
    .execute();
  await put('a', 5);
  expect(await rows()).toEqual([{ key: 'a', due_at: at(4), done_at: at(4) }]);
});

test('what is due is found oldest first; what is taken off is gone, what is done stays', async () => {
  await put('b', 2);
  await put('a', 1);
  await put('c', 9);
  const due = await findDue(core.db, at(3), 10);
  const keys = await core.db.selectFrom('agenda').select(['id', 'key']).execute();
  expect(due.map((id) => keys.find((row) => row.id === id)?.key)).toEqual(['a', 'b']);
  await core.db
    .updateTable('agenda')
    .set({ done_at: at(1) })
    .where('key', '=', 'a')
    .execute();
  await core.db.transaction().execute((tx) => unschedule(tx, ''));
  expect((await rows()).map((row) => row.key)).toEqual(['a']);
});

test('a round that falls due is run once, however often and by however many its job is run', async () => {
  await addActive(core, { council: 'Leeds City Council' });
  await addActive(core, { council: 'City of York Council' });
  await Promise.all([prepareAgenda(core), prepareAgenda(core)]);
  await prepareAgenda(core);
  stage.clock.set(new Date('2027-03-09T10:00Z'));
  const due = await findDue(core.db, core.clock.now(), 10);
  const round = await core.db
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'matching.round')
    .where('id', 'in', due)
    .execute();
  expect(round).toHaveLength(1);
  const id = round[0]?.id ?? '';
  const runs = await Promise.all([fallDue(core, id), fallDue(core, id), fallDue(core, id)]);
  expect(runs.filter(Boolean)).toHaveLength(1);
  expect(await fallDue(core, id)).toBe(false);
  const matches = await core.db.selectFrom('match_members').select('match_id').execute();
  expect(matches).toHaveLength(2);
  const next = await core.db
    .selectFrom('agenda')
    .select(['subject', 'due_at'])
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is', null)
    .execute();
  expect(next).toEqual([{ subject: '2', due_at: new Date('2027-03-23T10:00Z') }]);
});
