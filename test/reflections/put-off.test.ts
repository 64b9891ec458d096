import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, recordingOutbound } from '../support/people.ts';

let stage: TestCore;

beforeEach(async () => {
  stage = await openTestCore();
});
afterEach(() => stage.close());

test('a prompt that could not be sent before the next one came is not sent any more', async () => {
  const { core, clock } = stage;
  const member = await addActive(core);
  const web = recordingOutbound();
  const outbounds = new Map([['web', web]] as const);
  await settleAll(core, outbounds);
  const twoWeeks = 14 * 24 * 3_600_000;
  for (const moment of ['2027-03-08T09:00Z', '2027-03-15T09:00Z']) {
    web.outcomes.push({ kind: 'throttled', afterMs: twoWeeks, reason: 'blocked' });
    clock.set(new Date(moment));
    await settleAll(core, outbounds);
  }
  web.letters.length = 0;
  web.outcomes.length = 0;
  // The Sunday before the prompt of 22 March is due, with the workspace released.
  clock.set(new Date('2027-03-21T12:00Z'));
  await core.db
    .updateTable('deliveries')
    .set({ not_before: core.clock.now() })
    .where('status', '=', 'pending')
    .execute();
  await core.db.deleteFrom('lanes').execute();
  await settleAll(core, outbounds);
  expect(web.letters.map(({ message }) => message.heading)).toEqual(['Your prompt for this week']);
  const rows = core.db
    .selectFrom('prompts')
    .innerJoin('deliveries', (join) =>
      join.on(({ eb, ref }) => eb('deliveries.subject', '=', eb.cast<string>(ref('prompts.id'), 'text'))),
    )
    .select(['prompts.week', 'deliveries.status', 'deliveries.reason'])
    .where('prompts.member_id', '=', member.id)
    .orderBy('prompts.week');
  expect(await rows.execute()).toEqual([
    { week: '2027-03-08', status: 'dropped', reason: 'the member has had a later prompt' },
    { week: '2027-03-15', status: 'sent', reason: '' },
  ]);
});
