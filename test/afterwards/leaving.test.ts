import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { proposal } from '../support/conversations.ts';
import { ask } from '../support/people.ts';
import { type Afterwards, openAfterwards } from './stage.ts';

let stage: Afterwards;
afterEach(() => stage.close());

test('who leaves has no drafts, answers, calls to take over or feed any more', async () => {
  stage = await openAfterwards();
  const { core, host, ann, id } = stage;
  const { topic, follows, theme, about, audience, chathamHouse } = proposal;
  const words = { topic, follows, theme, about, audience, chathamHouse };
  await ask(core, host, { kind: 'proposals.draft', ...words, title: 'A draft of the host' });
  const { id: draft } = await core.db.selectFrom('proposals').select('id').executeTakeFirstOrThrow();
  const time = randomUUID();
  const at = core.clock.now();
  await core.db.insertInto('proposal_times').values({ id: time, proposal_id: draft, starts_at: at }).execute();
  await core.db.insertInto('time_answers').values({ proposal_id: draft, member_id: ann.id, answered_at: at }).execute();
  await core.db.insertInto('time_ticks').values({ time_id: time, member_id: ann.id }).execute();
  await core.db
    .insertInto('hand_overs')
    .values({ conversation_id: id, to_id: ann.id, asked_by: null, asked_at: at })
    .execute();
  await core.db.updateTable('members').set({ diary_key: randomUUID() }).where('id', '=', ann.id).execute();
  await ask(core, ann, { kind: 'network.confirm-leave' });
  for (const table of ['time_answers', 'time_ticks', 'hand_overs'] as const) {
    expect(await core.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  }
  const keys = core.db.selectFrom('members').select('diary_key').where('diary_key', 'is not', null);
  expect(await keys.execute()).toEqual([]);
  expect(await core.db.selectFrom('proposals').select('state').execute()).toEqual([{ state: 'draft' }]);
  await ask(core, host, { kind: 'network.confirm-leave' });
  expect(await core.db.selectFrom('proposals').select('id').execute()).toEqual([]);
});
