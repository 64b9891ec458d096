import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Outbounds } from '../../src/delivery/route.ts';
import { handle } from '../../src/handle.ts';
import { everything } from '../../src/network/everything.ts';
import { findMember } from '../../src/network/roster.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { alsoKnownAs, alsoWrote, columnsOfMembers, leaveEveryTrace } from '../support/every-trace.ts';
import { type FullLife, liveFully, slackUser, wrote } from '../support/full-life.ts';
import { ask, textOf } from '../support/people.ts';
import { databasePlaces, hunt } from '../support/private-hunt.ts';

let stage: TestCore;
let core: Core;
let outbounds: Outbounds;
let life: FullLife;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  outbounds = new Map([['web', openOutbound(core)]]);
  life = await liveFully(stage, outbounds);
  await leaveEveryTrace(core, life);
});
afterEach(() => stage.close());

async function erase(): Promise<void> {
  expect((await ask(core, life.member, { kind: 'network.confirm-erase' })).kind).toBe('replace');
  // What empties their home, and draws those of others anew, waits for a moment.
  stage.clock.set(new Date(core.clock.now().getTime() + 10_000));
  await settleAll(core, outbounds);
}

const columns = async () =>
  await Promise.all(
    (await columnsOfMembers(core)).map(async ({ table, column }) => {
      const counted = await sql<{ rows: string }>`
        select count(*) as rows from ${sql.table(table)} where ${sql.ref(column)} = ${life.member.id}`.execute(core.db);
      return { table, column, rows: Number(counted.rows[0]?.rows) };
    }),
  );

test('every table that can hold somebody holds them before, and none after', async () => {
  for (const { table, column, rows } of await columns()) {
    expect(rows, `${table}.${column}`).toBeGreaterThan(0);
  }
  await erase();
  for (const { table, column, rows } of await columns()) expect(rows, `${table}.${column}`).toBe(0);
});

test('in every text, number and byte of the database, in whatever dress, nothing tells of them', async () => {
  const { id, email, name } = life.member;
  const prompts = await core.db.selectFrom('prompts').select('id').where('member_id', '=', id).execute();
  const accounts = await core.db.selectFrom('accounts').select('id').where('member_id', '=', id).execute();
  const { action, followUp, avoids, takeaway } = alsoWrote;
  const sealed: readonly string[] = [wrote.answer, action, followUp, avoids, takeaway];
  const open = [id, email, name, slackUser, 'D0FULLLIFE', ...Object.values(wrote), ...Object.values(alsoWrote)]
    .concat(
      alsoKnownAs,
      [...prompts, ...accounts].map((row) => row.id),
    )
    .filter((word) => !sealed.includes(word) && word !== 'C0CHOSEN');
  const before = await databasePlaces(stage.connection);
  for (const word of open) expect(hunt(before, word), word).not.toEqual([]);
  for (const word of sealed) expect(hunt(before, word), word).toEqual([]);
  await erase();
  const after = await databasePlaces(stage.connection);
  for (const word of [...open, ...sealed]) expect(hunt(after, word), word).toEqual([]);
  expect(hunt(after, life.match.id)).not.toEqual([]);
});

test('what they shared is gone from the digest and from their match; the counts that were told stay', async () => {
  await erase();
  expect(await core.db.selectFrom('digest_reflections').selectAll().execute()).toEqual([]);
  const told = await core.db.selectFrom('digest_themes').select(['people', 'councils']).execute();
  expect(told).toEqual([{ people: 5, councils: 3 }]);
});

test('who shared something with them shares it with nobody', async () => {
  const { id } = life.match;
  const prompt = await core.db.selectFrom('prompts').select('id').where('member_id', '=', id).executeTakeFirstOrThrow();
  const match = await core.db.selectFrom('match_members').select('match_id').where('member_id', '=', id).execute();
  const shared = { shared_with: 'match', shared_at: core.clock.now(), shared_match_id: match[0]?.match_id ?? null };
  await core.db
    .insertInto('reflections')
    .values({ prompt_id: prompt.id, member_id: id, answer: Buffer.from('x'), written_at: core.clock.now() })
    .execute();
  await core.db
    .updateTable('reflections')
    .set({ ...shared, shared_with: 'match' })
    .where('prompt_id', '=', prompt.id)
    .execute();
  await erase();
  const rows = await core.db.selectFrom('reflections').select(['shared_with', 'shared_at']).execute();
  expect(rows).toEqual([{ shared_with: 'nobody', shared_at: null }]);
});

test('of a match stays when it was, and a token: the other has no dangling record, and is told as much', async () => {
  const token = core.cipher.token(life.member.email);
  await erase();
  const kept = await core.db.selectFrom('past_matches').selectAll().execute();
  expect(kept).toEqual([{ member_id: life.match.id, token, matched_at: new Date('2027-03-09T12:00:00Z') }]);
  expect(await core.db.selectFrom('erased_people').select('token').execute()).toEqual([{ token }]);
  const held = await everything(core, life.match.id, 'theirs');
  const gone = { at: new Date('2027-03-09T12:00:00Z'), people: [], isErased: true };
  expect(held?.matches).toContainEqual(expect.objectContaining(gone));
  expect(textOf(await ask(core, life.match, { kind: 'network.export' }))).toContain(
    'Someone who has since been erased',
  );
});

test('who never wanted to meet them need not when they come back, and what they typed of them is gone', async () => {
  const token = core.cipher.token(life.member.email);
  await erase();
  const rows = await core.db.selectFrom('do_not_match').selectAll().orderBy('member_id').execute();
  expect(rows.map((row) => row.member_id).toSorted()).toEqual([life.waiting.id, life.host.id].toSorted());
  for (const { id, other_id: other, token: kept, said } of rows) {
    expect([other, kept]).toEqual([null, token]);
    expect(core.cipher.open(said, `do-not-match:${id}`)).toBe('Someone who has since been erased');
  }
});

test('what was fixed for them and one other is fixed for nobody', async () => {
  expect(await core.db.selectFrom('round_locks').select('kind').execute()).toEqual([{ kind: 'apart' }]);
  await erase();
  expect(await core.db.selectFrom('round_locks').select('kind').execute()).toEqual([]);
});

test('what was done stays in the record, and no longer to whom', async () => {
  await erase();
  const rows = await core.db
    .selectFrom('audit')
    .select(['action', 'actor_id', 'subject', 'detail'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { action: 'joining.approved', actor_id: life.match.id, subject: '', detail: {} },
    { action: 'joining.approved', actor_id: null, subject: life.match.id, detail: {} },
  ]);
});

function fromSlack(email: string): Sender {
  return {
    account: { platform: 'slack', space: 'T1', user: 'U0LISTED' },
    address: { channel: 'D1' },
    profile: () => Promise.resolve({ name: 'Lou', email, zone: '', locale: '' }),
  };
}

test('somebody on the roster who never joined is asked, then erased, and a later roster leaves them out', async () => {
  const listed = await addMember(core, { email: 'lou@listed.example', name: 'Lou Listed' });
  const asked = await handle(core, fromSlack(listed.email), { kind: 'network.erase' });
  expect(textOf(asked)).toContain('Take me off the list');
  expect(await findMember(core.db, listed.id)).toBeDefined();
  const done = await handle(core, fromSlack(listed.email), { kind: 'network.confirm-erase' });
  expect(textOf(done)).toContain('We have erased everything we held about you.');
  expect(await findMember(core.db, listed.id)).toBeUndefined();
  expect(hunt(await databasePlaces(stage.connection), 'lou@listed.example')).toEqual([]);
  const tokens = await core.db.selectFrom('erased_people').select('token').execute();
  expect(tokens).toEqual([{ token: core.cipher.token(listed.email) }]);
});

test('by the address of somebody who joined, nothing is erased from an account that is not theirs', async () => {
  const reply = await handle(core, fromSlack(life.match.email), { kind: 'network.confirm-erase' });
  expect(textOf(reply)).toContain('You have not joined');
  expect(await findMember(core.db, life.match.id)).toBeDefined();
});
