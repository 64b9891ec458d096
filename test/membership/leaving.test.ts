import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DueKind } from '../../src/agenda/model.ts';
import type { Core } from '../../src/core.ts';
import { schedule } from '../../src/store/agenda.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, mustFind, recordingOutbound } from '../support/people.ts';

let stage: TestCore;
let core: Core;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
});
afterEach(() => stage.close());

test('leaving ends pauses, the welcome path, reminders, codes and the skipped round; nothing comes after', async () => {
  const member = await addActive(core);
  const web = recordingOutbound();
  stage.clock.set(new Date('2027-03-08T12:00:00Z'));
  await settleAll(core, new Map([['web', web]]));
  const { id: prompt } = await core.db.selectFrom('prompts').select('id').executeTakeFirstOrThrow();
  await ask(core, member, pauseUntil('2027-03-16'));
  await ask(core, member, { kind: 'membership.skip-round' });
  await ask(core, member, { kind: 'membership.show-code' });
  const at = new Date('2027-03-20T12:00:00Z');
  const due = (kind: DueKind, subject: string) => ({ key: `${kind}:${subject}:test`, kind, subject, at });
  await core.db.transaction().execute(async (tx) => {
    await schedule(tx, [
      due('joining.path', member.id),
      due('reflections.later', prompt),
      due('reflections.remind', prompt),
      due('reflections.follow-up', prompt),
    ]);
  });
  await ask(core, member, { kind: 'network.confirm-leave' });
  const open = core.db.selectFrom('agenda').select(['kind', 'subject']).where('done_at', 'is', null);
  expect(await open.where('subject', 'in', [member.id, prompt]).execute()).toEqual([]);
  expect(await core.db.selectFrom('link_codes').selectAll().execute()).toEqual([]);
  const row = core.db.selectFrom('members').select('skips_round').where('id', '=', member.id);
  expect(await row.executeTakeFirst()).toEqual({ skips_round: false });
  expect(await mustFind(core, member.id)).toMatchObject({ promptsPausedUntil: null, matchingPausedUntil: null });
  web.letters.length = 0;
  stage.clock.set(new Date('2027-04-20T12:00:00Z'));
  await settleAll(core, new Map([['web', web]]));
  expect(web.letters).toEqual([]);
});

test('who leaves just as a reminder of theirs falls due is not in its way', async () => {
  const member = await addActive(core);
  stage.clock.set(new Date('2027-03-08T12:00:00Z'));
  await settleAll(core, new Map());
  const { id: prompt } = await core.db.selectFrom('prompts').select('id').executeTakeFirstOrThrow();
  await core.db.transaction().execute(async (tx) => {
    await schedule(tx, [{ key: 'test', kind: 'reflections.remind', subject: prompt, at: core.clock.now() }]);
  });
  await Promise.all([ask(core, member, { kind: 'network.confirm-leave' }), settleAll(core, new Map())]);
  expect((await mustFind(core, member.id)).status).toBe('left');
});
