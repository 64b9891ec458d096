import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { schedulePath } from '../../src/joining/due.ts';
import type { Member } from '../../src/network/model.ts';
import { findDue } from '../../src/store/agenda.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { addActive, ask, recordingOutbound, saidTo, textOf } from '../support/people.ts';

let stage: TestCore;
const outbound = recordingOutbound('web');
const outbounds = new Map([['web', outbound] as const]);

beforeEach(async () => {
  // A Tuesday: the steps fall on Wednesdays, and the last on a Monday.
  stage = await openTestCore(new Date('2027-03-02T12:00:00Z'));
  outbound.parcels.length = 0;
  outbound.letters.length = 0;
});
afterEach(async () => await stage.close());

/** Somebody new to their role, who joined just now. */
async function addNewcomer(given: Parameters<typeof addActive>[1] = {}): Promise<Member> {
  const member = await addActive(stage.core, { name: 'Nia New', council: 'Fife Council', ...given });
  await stage.core.db.updateTable('members').set({ newly_appointed: true }).where('id', '=', member.id).execute();
  await stage.core.db.transaction().execute(async (tx) => await schedulePath(tx, member.id, stage.clock.now()));
  return member;
}

/** Lives through the steps until then: one that was missed while nothing ran is not made up. */
async function until(moment: string): Promise<void> {
  const steps = ['2027-03-03', '2027-03-10', '2027-03-17', '2027-03-24', '2027-04-12'];
  const noons = steps.map((day) => `${day}T12:00:00Z`).filter((noon) => noon < moment);
  for (const at of [...noons, moment]) {
    stage.clock.set(new Date(at));
    await settleAll(stage.core, outbounds);
  }
}

function stepsTo(member: Member): readonly string[] {
  return outbound.letters
    .filter(({ account, message }) => account.user === member.id && message.heading.startsWith('Your first weeks'))
    .map(({ message }) => message.heading);
}

test('five steps in six weeks, each once, at the hour of prompts; and the other of the pair is told', async () => {
  const buddy = await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  await until('2027-03-03T08:59:00Z');
  expect(stepsTo(member)).toEqual([]);
  await until('2027-03-03T09:00:00Z');
  expect(stepsTo(member)).toEqual(['Your first weeks: who is who']);
  for (const day of ['2027-03-10', '2027-03-17', '2027-03-24', '2027-04-12', '2027-05-12'])
    await until(`${day}T12:00:00Z`);
  expect(stepsTo(member)).toEqual([
    'Your first weeks: who is who',
    'Your first weeks: reflecting',
    'Your first weeks: meet Bea Buddy',
    'Your first weeks: a conversation',
    'Your first weeks are over',
  ]);
  expect(stepsTo(buddy)).toEqual([]);
  expect(
    saidTo(outbound, buddy).filter((said) => said.includes('Nia New, Director of Place at Fife Council, is new.')),
  ).toHaveLength(1);
});

test('nothing for somebody who is not new to their role, or who left', async () => {
  const other = await addActive(stage.core, { name: 'Otto Old' });
  const gone = await addNewcomer({ name: 'Gwen Gone', council: 'Kent County Council' });
  await ask(stage.core, gone, { kind: 'network.confirm-leave' });
  await until('2027-05-12T12:00:00Z');
  expect(stepsTo(other)).toEqual([]);
  expect(stepsTo(gone)).toEqual([]);
});

test('nobody of their own council, and nobody who wants never to meet them, is asked to look out for them', async () => {
  await addActive(stage.core, { name: 'Sam Same', council: 'Fife Council' });
  const averse = await addActive(stage.core, { name: 'Ava Averse' });
  const member = await addNewcomer();
  await ask(stage.core, averse, { kind: 'membership.avoid', who: member.email });
  await until('2027-03-20T12:00:00Z');
  expect(stepsTo(member)).toEqual(['Your first weeks: who is who', 'Your first weeks: reflecting']);
  expect(await stage.core.db.selectFrom('buddies').selectAll().execute()).toEqual([]);
});

test('whoever was introduced is named until the six weeks are over, whatever the other says of them', async () => {
  const buddy = await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  await until('2027-03-20T12:00:00Z');
  const whoIsWho = async () => textOf(await ask(stage.core, member, { kind: 'joining.who-is-who' }));
  expect(await whoIsWho()).toContain('Bea Buddy');
  await ask(stage.core, buddy, { kind: 'membership.avoid', who: member.email });
  expect(await whoIsWho()).toContain('Bea Buddy');
  await until('2027-05-12T12:00:00Z');
  expect(await whoIsWho()).not.toContain('Bea Buddy');
});

test('whoever found nobody in their third week is looked for again with the next step', async () => {
  const member = await addNewcomer();
  await until('2027-03-20T12:00:00Z');
  await addActive(stage.core, { name: 'Bea Buddy' });
  await until('2027-03-25T12:00:00Z');
  expect(stepsTo(member)).toEqual([
    'Your first weeks: who is who',
    'Your first weeks: reflecting',
    'Your first weeks: meet Bea Buddy',
    'Your first weeks: a conversation',
  ]);
});

test('what keeps them apart is looked at once more when they are introduced', async () => {
  const buddy = await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  await until('2027-03-16T12:00:00Z');
  stage.clock.set(new Date('2027-03-17T12:00:00Z'));
  for (const id of await findDue(stage.core.db, stage.clock.now(), 100)) await fallDue(stage.core, id);
  expect(await stage.core.db.selectFrom('buddies').selectAll().execute()).toHaveLength(1);
  await ask(stage.core, buddy, { kind: 'membership.avoid', who: member.email });
  await settleAll(stage.core, outbounds);
  expect(JSON.stringify(outbound.letters)).not.toContain('Look out for');
  expect(JSON.stringify(outbound.letters)).not.toContain('meet Bea Buddy');
  expect(textOf(await ask(stage.core, member, { kind: 'joining.who-is-who' }))).not.toContain('Bea Buddy');
});

test('after six weeks one may look out for another, and after a year whoever was new may too', async () => {
  const buddy = await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  const row = { member_id: member.id, buddy_id: buddy.id, introduced_at: new Date('2026-03-01T00:00:00Z') };
  await stage.core.db.insertInto('buddies').values(row).execute();
  await stage.core.db
    .updateTable('members')
    .set({ joined_at: row.introduced_at })
    .where('id', '=', member.id)
    .execute();
  const second = await addNewcomer({ name: 'Sven Second', council: 'Kent County Council' });
  const third = await addNewcomer({ name: 'Tess Third', council: 'Dorset Council' });
  await until('2027-03-20T12:00:00Z');
  const rows = await stage.core.db.selectFrom('buddies').select(['member_id', 'buddy_id']).execute();
  const of = (id: string) => rows.find((one) => one.member_id === id)?.buddy_id;
  expect([buddy.id, member.id]).toContain(of(second.id));
  expect(new Set([of(second.id), of(third.id)])).toEqual(new Set([buddy.id, member.id]));
});

test('who is who shows conveners, and of the others only those who agreed to be found', async () => {
  await addActive(stage.core, { name: 'Cora Convener', permission: 'convener' });
  const open = await addActive(stage.core, { name: 'Olga Open' });
  await addActive(stage.core, { name: 'Cleo Closed' });
  await ask(stage.core, open, { kind: 'joining.agreements', prompts: 'yes', matching: 'yes', findable: 'yes' });
  const member = await addNewcomer();
  const page = textOf(await ask(stage.core, member, { kind: 'joining.who-is-who' }));
  expect(page).toContain('Cora Convener');
  expect(page).toContain('Olga Open');
  expect(page).not.toContain('Cleo Closed');
});

test('a step rests while what it is about is paused', async () => {
  await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  const pause = { kind: 'network.pause', programmes: 'matching', until: '2027-06-01' } as const;
  await ask(stage.core, member, pause);
  await until('2027-03-25T12:00:00Z');
  expect(stepsTo(member)).toEqual([
    'Your first weeks: who is who',
    'Your first weeks: reflecting',
    'Your first weeks: a conversation',
  ]);
});

test('whoever is new to another role later begins again, once, with somebody who looks out for them', async () => {
  const buddy = await addActive(stage.core, { name: 'Bea Buddy' });
  const member = await addNewcomer();
  await until('2027-05-12T12:00:00Z');
  expect(stepsTo(member)).toHaveLength(5);
  const settings = await ask(stage.core, member, { kind: 'network.settings' });
  expect(JSON.stringify(settings)).toContain('joining.open-about');
  const work = { kind: 'joining.about', council: 'Fife Council', level: member.level } as const;
  // Still in their first year: what they change is no new role.
  await ask(stage.core, member, { ...work, role: 'Head of Works', newly: 'yes' });
  await ask(stage.core, member, { ...work, role: 'Head of Works', newly: 'no' });
  stage.clock.set(new Date('2029-03-06T12:00:00Z'));
  await settleAll(stage.core, outbounds);
  expect(stepsTo(member)).toHaveLength(5);
  outbound.letters.length = 0;
  for (const role of ['Director of Works', 'Director of Public Works']) {
    await ask(stage.core, member, { ...work, role, newly: 'yes' });
  }
  expect(textOf(await ask(stage.core, member, { kind: 'joining.who-is-who' }))).not.toContain('Bea Buddy');
  for (const day of ['2029-03-07', '2029-03-14', '2029-03-21', '2029-03-28', '2029-04-16', '2029-05-16']) {
    stage.clock.set(new Date(`${day}T12:00:00Z`));
    await settleAll(stage.core, outbounds);
  }
  expect(stepsTo(member)).toHaveLength(5);
  expect(stepsTo(member)).toContain('Your first weeks: meet Bea Buddy');
  const told = outbound.letters.filter(({ account }) => account.user === buddy.id);
  expect(told.filter(({ message }) => message.summary.includes('Nia New'))).toHaveLength(1);
});
