import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { type FullLife, liveFully, slackUser, wrote } from '../support/full-life.ts';
import { pauseUntil } from '../support/pauses.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';

let stage: TestCore;
let core: Core;
let outbounds: Outbounds;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  outbounds = new Map([['web', openOutbound(core)]]);
});
afterEach(() => stage.close());

/** Every row of every table as PostgreSQL writes it, with the table's name before it. */
async function everyRow(): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(core.db);
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const found = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(core.db);
    rows.push(...found.rows.map(({ row }) => `${name}: ${row}`));
  }
  return rows;
}

function traces(rows: readonly string[], words: readonly string[]): readonly string[] {
  return rows.filter((row) => words.some((word) => row.toLowerCase().includes(word.toLowerCase())));
}

/** What would tell that this member was ever here. */
function tellTales({ id, email, name }: Member): readonly string[] {
  return [id, email, name, slackUser, 'D0FULLLIFE', ...Object.values(wrote)];
}

async function inboxOf(member: Member): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('web_inbox')
    .select('message')
    .where('member_id', '=', member.id)
    .orderBy('sent_at')
    .execute();
  return rows.map(({ message }) => JSON.stringify(message));
}

async function eraseAndSettle(life: FullLife): Promise<void> {
  const reply = await ask(core, life.member, { kind: 'network.confirm-erase' });
  expect(reply.kind).toBe('replace');
  expect(textOf(reply)).toContain('We have erased everything we held about you.');
  await settleAll(core, outbounds);
  // What empties their home waits for a moment.
  stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
  await settleAll(core, outbounds);
}

test('before, the member is asked, told what goes, and offered everything first', async () => {
  const { member } = await liveFully(stage, outbounds);
  const asked = await ask(core, member, { kind: 'network.erase' });
  expect(asked.kind === 'message' && asked.message.buttons).toMatchObject([
    { style: 'warning', intent: { kind: 'network.confirm-erase' } },
    { intent: { kind: 'network.export' } },
  ]);
  expect(textOf(asked)).toContain('This cannot be undone');
  expect((await mustFind(core, member.id)).status).toBe('active');
});

test('after, no row of any table holds a trace of them', async () => {
  const life = await liveFully(stage, outbounds);
  const words = tellTales(life.member);
  const before = await everyRow();
  // The answer is sealed; all the rest is there to be found, and stands with others too.
  for (const word of words.filter((each) => each !== wrote.answer)) expect(traces(before, [word])).not.toEqual([]);
  expect(before.some((row) => row.startsWith('public.reflections:'))).toBe(true);
  await eraseAndSettle(life);
  const after = await everyRow();
  expect(traces(after, words)).toEqual([]);
  expect(after.some((row) => row.startsWith('public.reflections:'))).toBe(false);
  // The look itself can see: others are still there.
  expect(traces(after, [life.match.name])).not.toEqual([]);
  stage.clock.set(new Date('2027-04-14T12:00:00Z'));
  await settleAll(core, outbounds);
  expect(traces(await everyRow(), words)).toEqual([]);
});

test('those who had a place in what they hosted are told, by nothing that names them', async () => {
  const life = await liveFully(stage, outbounds);
  await eraseAndSettle(life);
  const [row] = await core.db.selectFrom('conversations').selectAll().where('id', '=', life.hosted).execute();
  expect(row).toMatchObject({ host_id: null, cancelled_at: expect.any(Date) });
  const told = (await inboxOf(life.attendee)).filter((message) => message.includes('cancelled'));
  expect(told).toHaveLength(1);
  expect(told.join()).not.toContain(life.member.name);
  expect((await ask(core, life.attendee, { kind: 'conversations.list' })).kind).toBe('page');
});

test('their seat is offered to whoever waited, who is told', async () => {
  const life = await liveFully(stage, outbounds);
  await eraseAndSettle(life);
  const seats = await core.db
    .selectFrom('seats')
    .select(['member_id', 'state'])
    .where('conversation_id', '=', life.attended)
    .execute();
  expect(seats).toContainEqual({ member_id: life.waiting.id, state: 'offered' });
  expect(seats).toHaveLength(3);
  expect((await inboxOf(life.waiting)).some((message) => message.includes('A seat came free'))).toBe(true);
});

test('the other of a match is told that it has ended, and has somebody else soon', async () => {
  const life = await liveFully(stage, outbounds);
  const shown = textOf(await ask(core, life.match, { kind: 'matching.current' }));
  expect(shown).toContain(life.member.name);
  const [before] = await core.db.selectFrom('matches').select('id').execute();
  await eraseAndSettle(life);
  const current = textOf(await ask(core, life.match, { kind: 'matching.current' }));
  expect(current).not.toContain(life.member.name);
  expect(textOf(await ask(core, life.match, { kind: 'network.home' }))).not.toContain(life.member.name);
  const inbox = await inboxOf(life.match);
  expect(inbox.join()).not.toContain(life.member.name);
  expect(inbox.join()).toContain('Your match has ended');
  const left = await core.db.selectFrom('matches').select('id').execute();
  expect(left.map(({ id }) => id)).not.toContain(before?.id);
  // Whoever suits them well enough is in the pool by chance; everybody is in the next round.
  stage.clock.set(new Date('2027-03-23T12:00:00Z'));
  await settleAll(core, outbounds);
  expect(textOf(await ask(core, life.match, { kind: 'matching.current' }))).toContain('Meet ');
});

test('a home that still shows them is drawn again', async () => {
  const life = await liveFully(stage, outbounds);
  const home = { address: JSON.stringify({ home: 'open' }) };
  await core.db.updateTable('accounts').set(home).where('member_id', '=', life.match.id).execute();
  await ask(core, life.member, { kind: 'network.confirm-erase' });
  const waiting = core.db.selectFrom('deliveries').select('member_id').where('kind', '=', 'network.home');
  const stale = await waiting.where('status', '=', 'pending').execute();
  expect(stale.map((row) => row.member_id)).toContain(life.match.id);
});

test('pressing twice, at once or later, erases once, and a stranger has nothing to erase', async () => {
  const member = await addActive(core);
  const replies = await Promise.all([1, 2].map(() => ask(core, member, { kind: 'network.confirm-erase' })));
  expect(replies.map((reply) => reply.kind)).toContain('replace');
  expect(textOf(await ask(core, member, { kind: 'network.confirm-erase' }))).toContain('You have not joined');
  expect(await findMember(core.db, member.id)).toBeUndefined();
});

test('those who left can be erased; what was due for them is gone too', async () => {
  const life = await liveFully(stage, outbounds);
  await ask(core, life.member, pauseUntil('2027-04-27'));
  await ask(core, life.member, { kind: 'network.confirm-leave' });
  await eraseAndSettle(life);
  expect(traces(await everyRow(), tellTales(life.member))).toEqual([]);
});

test('leaving cancels what they were to host, and tells those who had a place', async () => {
  const life = await liveFully(stage, outbounds);
  await ask(core, life.member, { kind: 'network.confirm-leave' });
  await settleAll(core, outbounds);
  const row = await core.db
    .selectFrom('conversations')
    .select('cancelled_at')
    .where('id', '=', life.hosted)
    .executeTakeFirst();
  expect(row?.cancelled_at).not.toBeNull();
  expect((await inboxOf(life.attendee)).filter((message) => message.includes('cancelled'))).toHaveLength(1);
});
