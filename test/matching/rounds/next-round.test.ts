import { expect, test } from 'vitest';
import { prepareAgenda } from '../../../src/agenda/prepare.ts';
import { openTestCore, settleAll } from '../../support/core.ts';
import { addActive, ask, recordingOutbound } from '../../support/people.ts';

test('a change of the rhythm counts from the last round, also when what was done is forgotten', async () => {
  const { core, clock, close } = await openTestCore(new Date('2027-03-01T08:00:00Z'));
  const convener = await addActive(core, { permission: 'convener' });
  await prepareAgenda(core);
  const rhythm = {
    kind: 'calendar.rhythm',
    zone: 'Europe/London',
    promptWeekday: '1',
    promptHour: '9',
    roundWeekday: '2',
    roundHour: '10',
    roundWeeks: '6',
  } as const;
  await ask(core, convener, rhythm);
  clock.set(new Date('2027-03-02T12:00:00Z'));
  await settleAll(core, new Map([['web', recordingOutbound()]]));
  const next = async () => {
    const row = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'matching.round');
    return (await row.where('done_at', 'is', null).executeTakeFirstOrThrow()).due_at;
  };
  expect(await next()).toEqual(new Date('2027-04-13T09:00:00Z'));
  clock.set(new Date('2027-04-05T12:00:00Z'));
  await core.db.deleteFrom('agenda').where('kind', '=', 'matching.round').where('done_at', 'is not', null).execute();
  await ask(core, convener, { ...rhythm, roundHour: '11' });
  expect(await next()).toEqual(new Date('2027-04-13T10:00:00Z'));
  await close();
});
