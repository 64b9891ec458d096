import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { cancelledAt } from '../support/conversations.ts';
import { ask, mustFind, textOf } from '../support/people.ts';
import { type Afterwards, formOf, headingsTo, openAfterwards, saysWhoCame, takesAway, timesAsked } from './stage.ts';

let stage: Afterwards;
let core: Core;

beforeEach(async () => {
  stage = await openAfterwards();
  core = stage.core;
});
afterEach(() => stage.close());

const cameOf = async () => {
  const rows = await core.db.selectFrom('seats').select(['member_id', 'came']).execute();
  return new Map(rows.map((row) => [row.member_id, row.came]));
};

test('when it ends its host is asked who came, with everybody who had a seat ticked, and told that others wait', async () => {
  const { host, id, ann, ben, cat } = stage;
  await stage.until('2027-03-16T10:59:00Z');
  expect(headingsTo(stage, host)).not.toContain('Who came?');
  await stage.until('2027-03-16T11:00:00Z');
  expect(headingsTo(stage, host).filter((heading) => heading === 'Who came?')).toHaveLength(1);
  const asked = JSON.stringify(stage.web.letters.filter(({ account }) => account.user === host.id));
  expect(asked).toContain('1 person was still waiting for a seat');
  expect(asked).toContain(`"follows":"${id}"`);
  const form = await formOf(core, host, { kind: 'afterwards.open-who-came', conversation: id });
  const [field] = form.fields;
  if (field?.kind !== 'choices') throw new Error('There are no choices');
  expect(field.options.map(({ label }) => label)).toEqual([
    'Anna Andrews, Director of Place, Northmoor Borough Council',
    'Benedict Brookes, Director of Place, York',
    'Catrin Cledwyn, Director of Place, Kent County Council',
  ]);
  expect(field.value.split(',')).toEqual([ann.id, ben.id, cat.id]);
});

test('those who came are asked once, as soon as the host says so, however often that is changed', async () => {
  const { host, id, ann, ben, cat, dan } = stage;
  await stage.until('2027-03-16T11:00:00Z');
  expect(textOf(await saysWhoCame(core, host, id, [ann, ben, dan]))).toContain('We are asking 2 people');
  expect(await cameOf()).toEqual(
    new Map([
      [ann.id, true],
      [ben.id, true],
      [cat.id, false],
      [dan.id, null],
    ]),
  );
  await stage.until('2027-03-17T12:00:00Z');
  expect([ann, ben, cat, dan].map((member) => timesAsked(stage, member))).toEqual([1, 1, 0, 0]);
  const posted = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'afterwards.takeaway');
  expect(await posted.where('member_id', '=', cat.id).execute()).toEqual([]);
  expect(textOf(await saysWhoCame(core, host, id, [ann, cat]))).toContain('We are asking 1 person');
  await stage.until('2027-03-18T12:00:00Z');
  expect([ann, ben, cat, dan].map((member) => timesAsked(stage, member))).toEqual([1, 1, 1, 0]);
  expect(textOf(await saysWhoCame(core, host, id, []))).toContain('We do not need to ask anybody else');
  expect(JSON.stringify(stage.web.letters)).not.toContain('did not come');
});

test('where the host says nothing, each is asked on their next working morning, wherever they are', async () => {
  const { ann, ben, cat } = stage;
  await core.db.updateTable('members').set({ zone: 'America/New_York' }).where('id', '=', ben.id).execute();
  await stage.until('2027-03-17T07:59:00Z');
  expect([ann, ben, cat].map((member) => timesAsked(stage, member))).toEqual([0, 0, 0]);
  await stage.until('2027-03-17T09:30:00Z');
  expect([ann, ben, cat].map((member) => timesAsked(stage, member))).toEqual([1, 0, 1]);
  await stage.until('2027-03-17T14:30:00Z');
  expect([ann, ben, cat].map((member) => timesAsked(stage, member))).toEqual([1, 1, 1]);
  await saysWhoCame(core, stage.host, stage.id, [ann, ben, cat]);
  await stage.until('2027-03-19T12:00:00Z');
  expect([ann, ben, cat].map((member) => timesAsked(stage, member))).toEqual([1, 1, 1]);
});

test('who is paused, has left, or has written it down already is not asked; nor who waited', async () => {
  const { ann, ben, cat, dan, id } = stage;
  await stage.until('2027-03-16T11:00:00Z');
  await takesAway(core, ann, id, 'Ask earlier');
  await ask(core, ben, { kind: 'network.confirm-leave' });
  await core.db
    .updateTable('members')
    .set({ conversations_paused_until: new Date('2027-04-01T00:00:00Z') })
    .where('id', '=', cat.id)
    .execute();
  await stage.until('2027-03-19T12:00:00Z');
  expect([ann, ben, cat, dan].map((member) => timesAsked(stage, member))).toEqual([0, 0, 0, 0]);
});

test('the host can change it for two weeks, and nobody else can say it', async () => {
  const { host, id, ann } = stage;
  expect(textOf(await saysWhoCame(core, host, id, [ann]))).toContain('is not over yet');
  await stage.until('2027-03-30T09:59:00Z');
  expect(textOf(await saysWhoCame(core, ann, id, [ann]))).toContain('Only the host');
  const convener = await mustFind(core, ann.id);
  await core.db.updateTable('members').set({ permission: 'convener' }).where('id', '=', convener.id).execute();
  expect(textOf(await ask(core, ann, { kind: 'afterwards.open-who-came', conversation: id }))).toContain(
    'Only the host',
  );
  expect(textOf(await saysWhoCame(core, host, id, [ann]))).toContain('We have saved who came');
  await stage.until('2027-03-30T11:00:00Z');
  expect(textOf(await saysWhoCame(core, host, id, []))).toContain('14 days');
  expect((await cameOf()).get(ann.id)).toBe(true);
});

test('nobody is asked anything of one that was cancelled, or that nobody had a seat in', async () => {
  const { host, id, ann, ben, cat, dan } = stage;
  await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' });
  expect(await cancelledAt(core, id)).not.toBeNull();
  await stage.until('2027-03-18T12:00:00Z');
  expect([host, ann, ben, cat, dan].flatMap((member) => headingsTo(stage, member))).not.toContain('Who came?');
  expect(timesAsked(stage, ann)).toBe(0);
  expect(textOf(await saysWhoCame(core, host, id, [ann]))).toContain('was cancelled');
});

test('an empty conversation ends in silence', async () => {
  const { host, id, ann, ben, cat, dan } = stage;
  for (const member of [dan, cat, ben, ann])
    await ask(core, member, { kind: 'conversations.withdraw', conversation: id });
  await core.db.deleteFrom('seats').execute();
  await stage.until('2027-03-18T12:00:00Z');
  expect(headingsTo(stage, host)).not.toContain('Who came?');
  expect(textOf(await saysWhoCame(core, host, id, []))).toContain('Nobody had a seat');
});
