import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../../src/agenda/fall-due.ts';
import type { Core } from '../../../src/core.ts';
import { planRound } from '../../../src/matching/planning/planning.ts';
import { readRound } from '../../../src/matching/planning/record.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, type TestCore } from '../../support/core.ts';
import { addActive, ask, textOf } from '../../support/people.ts';
import { agendaOf, crowd, doDue, pairsIn, passTo, planRounds, postedOf, readMatches, round } from '../round-stage.ts';

let stage: TestCore;
let core: Core;
let convener: Member;

/** Tuesday noon; the first round is on Tuesday 9 March at 10. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  convener = await addActive(core, { council: 'Leeds City Council', permission: 'convener' });
});
afterEach(() => stage.close());

const firstRound = '2027-03-09T10:00:00.000Z';

async function publish(plan: string) {
  return await ask(core, convener, { kind: 'matching.publish', plan });
}

async function rounds() {
  return await core.db.selectFrom('rounds').selectAll().orderBy('number').execute();
}

async function byHand(): Promise<void> {
  await planRounds(core, true);
  await crowd(core, 5);
}

test('a round opens on the Friday before it, publishes itself, and puts what follows on the agenda', async () => {
  await planRounds(core);
  const people = [convener.id, ...(await crowd(core, 5))];
  expect(await agendaOf(core, 'matching.opening')).toEqual([{ subject: '1', at: '2027-03-05T10:00:00.000Z' }]);
  await passTo(stage, '2027-03-08T12:00:00Z');
  expect((await postedOf(core, 'matching.before-round')).toSorted()).toEqual(people.toSorted());
  expect(await rounds()).toEqual([]);

  await passTo(stage, '2027-03-09T10:30:00Z');
  const [kept] = await rounds();
  expect(kept).toMatchObject({ number: 1, published_by: null, published_at: new Date(firstRound) });
  // Nothing that would tell, by how many pairs were possible, whether somebody asked not to meet another.
  expect(kept?.verdict).toEqual({ isSound: true, isBest: true, gap: 0 });
  expect(kept?.quality).toMatchObject({ members: 6, groups: 3, leftOut: 0 });
  const matches = await readMatches(core);
  expect(matches.flatMap((match) => match.people).toSorted()).toEqual(people.toSorted());
  expect(await postedOf(core, 'matching.introduction')).toHaveLength(6);
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '2', at: '2027-03-23T10:00:00.000Z' }]);
  expect(await agendaOf(core, 'matching.opening')).toEqual([{ subject: '2', at: '2027-03-19T10:00:00.000Z' }]);
  for (const kind of ['matching.half-way', 'matching.question'])
    expect((await agendaOf(core, kind)).map(({ subject }) => subject)).toEqual([kept?.id]);
});

test('a round that ran a week late does not push the next one', async () => {
  await planRounds(core);
  await crowd(core, 3);
  stage.clock.set(new Date('2027-03-17T12:00:00Z'));
  await doDue(core);
  expect(await rounds()).toHaveLength(1);
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '2', at: '2027-03-23T10:00:00.000Z' }]);
});

test('the opening moves with the round', async () => {
  await planRounds(core);
  await ask(core, convener, {
    kind: 'calendar.rhythm',
    zone: 'Europe/London',
    promptWeekday: '1',
    promptHour: '9',
    roundWeekday: '4',
    roundHour: '14',
    roundWeeks: '2',
  });
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '1', at: '2027-03-04T14:00:00.000Z' }]);
  expect(await agendaOf(core, 'matching.opening')).toEqual([{ subject: '1', at: '2027-03-02T14:00:00.000Z' }]);
});

test('what proves it can be read again, whole, and is sealed in the database', async () => {
  const people = await crowd(core, 7);
  await round(core, 1);
  const record = await readRound(core, 1);
  if (record === undefined) throw new Error('There is no record');
  expect(record.input.members.map(({ id }) => id).toSorted()).toEqual([convener.id, ...people].toSorted());
  const [kept] = await rounds();
  expect(verifyRound(record.input, record.certificate)).toMatchObject({ isBest: true, bound: Number(kept?.bound) });
  for (const sealed of [kept?.input, kept?.certificate]) {
    expect(sealed?.toString('latin1')).not.toContain(people[0]);
    expect(sealed?.length).toBeGreaterThan(100);
  }
  expect(await readRound(core, 2)).toBeUndefined();
});

test('a round that falls due twice, or in two processes at once, is published once', async () => {
  await planRounds(core);
  await crowd(core, 5);
  stage.clock.set(new Date(firstRound));
  const due = await core.db
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'matching.round')
    .executeTakeFirstOrThrow();
  await Promise.all([fallDue(core, due.id), fallDue(core, due.id), round(core, 1)]);
  await fallDue(core, due.id);
  await round(core, 1);
  expect(await rounds()).toHaveLength(1);
  expect(await readMatches(core)).toHaveLength(3);
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '2', at: '2027-03-23T10:00:00.000Z' }]);
});

test('by hand: nothing is published until a convener publishes the very round they looked at, once', async () => {
  await byHand();
  await passTo(stage, '2027-03-09T10:30:00Z');
  expect(await rounds()).toEqual([]);
  expect(await postedOf(core, 'matching.ready')).toEqual([convener.id]);

  const { outcome, solution } = await planRound(core, core.db);
  expect((await planRound(core, core.db)).outcome).toBe(outcome);
  stage.clock.set(new Date('2027-03-10T09:00:00Z'));
  // What changes nobody’s match does not stand in the way of a round that was looked at.
  await core.db.insertInto('experiences').values({ member_id: convener.id, experience: 'merger' }).execute();
  const reply = await publish(outcome);
  expect(textOf(reply)).toContain('We have published the round: 3 matches.');
  const groups = solution.groups.map(({ members }) => members.toSorted().join(' ')).toSorted();
  expect(pairsIn(await readMatches(core)).toSorted()).toEqual(groups);
  expect(await rounds()).toMatchObject([{ number: 1, published_by: convener.id }]);
  // Counted from the day it was due.
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '2', at: '2027-03-23T10:00:00.000Z' }]);

  expect(textOf(await publish(outcome))).toContain('No round waits to be published now.');
  await passTo(stage, '2027-03-15T12:00:00Z');
  expect(await rounds()).toHaveLength(1);
  expect(await postedOf(core, 'matching.ready')).toEqual([convener.id]);
  const audit = await core.db.selectFrom('audit').select(['action', 'actor_id']).execute();
  expect(audit).toEqual([{ action: 'round.published', actor_id: convener.id }]);
});

test('by hand: what has changed since they looked is not published unseen', async () => {
  await byHand();
  await passTo(stage, '2027-03-09T10:30:00Z');
  const { outcome } = await planRound(core, core.db);
  await crowd(core, 1);
  const shown = await publish(outcome);
  expect(await rounds()).toEqual([]);
  expect(shown.kind).toBe('page');
  const again = await planRound(core, core.db);
  expect(again.outcome).not.toBe(outcome);
  await publish(again.outcome);
  expect(await rounds()).toHaveLength(1);
});

test('by hand: two presses at once publish it once', async () => {
  await byHand();
  await passTo(stage, '2027-03-09T10:30:00Z');
  const { outcome } = await planRound(core, core.db);
  const replies = await Promise.all([publish(outcome), publish(outcome)]);
  const said = replies.map(textOf).toSorted();
  expect(said[0]).toContain('No round waits');
  expect(said[1]).toContain('We have published');
  expect(await readMatches(core)).toHaveLength(3);
});

test('by hand: a round that is not due cannot be published, and nobody else can publish one', async () => {
  await byHand();
  const { outcome } = await planRound(core, core.db);
  expect(textOf(await publish(outcome))).toContain('No round waits to be published now.');
  await passTo(stage, '2027-03-09T10:30:00Z');
  const member = await addActive(core, { council: 'Hull City Council' });
  const plan = (await planRound(core, core.db)).outcome;
  expect(textOf(await ask(core, member, { kind: 'matching.publish', plan }))).toContain('convener');
  expect(await rounds()).toEqual([]);
});

test('by hand: conveners are asked again after two working days, and after four it publishes itself', async () => {
  await byHand();
  await passTo(stage, '2027-03-11T09:59:00Z');
  expect(await postedOf(core, 'matching.ready')).toHaveLength(1);
  // Thursday, and then Monday: not on the Saturday.
  await passTo(stage, '2027-03-15T09:59:00Z');
  expect(await postedOf(core, 'matching.ready')).toHaveLength(2);
  expect(await rounds()).toEqual([]);
  await passTo(stage, '2027-03-15T10:01:00Z');
  expect(await rounds()).toMatchObject([{ number: 1, published_by: null }]);
  expect(await agendaOf(core, 'matching.round')).toEqual([{ subject: '2', at: '2027-03-23T10:00:00.000Z' }]);
  expect(await agendaOf(core, 'matching.waiting')).toEqual([]);
});

test('what was asked for a round is used up by it: wishes, what was fixed, sitting out', async () => {
  const [one = '', other = ''] = await crowd(core, 5);
  await core.db.insertInto('round_wishes').values({ member_id: one, wish: null, said_at: core.clock.now() }).execute();
  await core.db.updateTable('members').set({ skips_round: true }).where('id', '=', other).execute();
  await core.db
    .insertInto('round_wishes')
    .values({ member_id: other, wish: null, said_at: core.clock.now() })
    .execute();
  const lock = { id: crypto.randomUUID(), kind: 'together', set_by: convener.id, set_at: core.clock.now() } as const;
  await core.db.insertInto('round_locks').values(lock).execute();
  const fixed = [one, convener.id].map((id) => ({ lock_id: lock.id, member_id: id }));
  await core.db.insertInto('round_lock_members').values(fixed).execute();
  await round(core, 1);
  const matches = await readMatches(core);
  expect(matches.find(({ people }) => people.includes(one))).toMatchObject({
    origin: 'fixed',
    people: [one, convener.id].toSorted(),
  });
  expect(matches.flatMap(({ people }) => people)).not.toContain(other);
  expect(await core.db.selectFrom('round_locks').selectAll().execute()).toEqual([]);
  // Whoever sat it out may still have their wish in the next.
  const wishes = await core.db.selectFrom('round_wishes').select('member_id').execute();
  expect(wishes).toEqual([{ member_id: other }]);
  expect(await core.db.selectFrom('members').select('id').where('skips_round', '=', true).execute()).toEqual([]);
});

test('a network with nobody in it, and one council alone, have rounds that say who is left out and why', async () => {
  await core.db.updateTable('members').set({ status: 'left' }).execute();
  await round(core, 1);
  expect(await rounds()).toMatchObject([{ number: 1 }]);
  const people = await crowd(core, 3, 1);
  await round(core, 2);
  expect(await readMatches(core)).toEqual([]);
  const left = await core.db.selectFrom('left_out').select(['member_id', 'reason']).execute();
  expect(left.map((row) => row.member_id).toSorted()).toEqual(people.toSorted());
  expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set(['no-other-council']));
  expect((await postedOf(core, 'matching.left-out')).toSorted()).toEqual(people.toSorted());
});

test('a round of 1,000 people is made and published in less than a minute', async () => {
  await crowd(core, 999, 300);
  const began = performance.now();
  await round(core, 1);
  const seconds = (performance.now() - began) / 1000;
  const [kept] = await rounds();
  expect(kept?.quality).toMatchObject({ members: 1000, leftOut: 0 });
  expect(kept?.verdict).toMatchObject({ isBest: true });
  expect(seconds).toBeLessThan(60);
});
