import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { endOfPeriod, kinds } from '../../src/retention/kinds.ts';
import { openTestCore, type TestCore } from '../support/core.ts';
import { addActive } from '../support/people.ts';

/* What stands beside conversations goes by its own period; a conversation stays for what somebody took away from it. */

let stage: TestCore;
let core: Core;
let member: Member;
let other: Member;
const ago = (days: number) => new Date(core.clock.now().getTime() - days * 86_400_000);

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
  other = await addActive(core, { council: 'York' });
});
afterEach(() => stage.close());

/** Every kind once, in its order. */
async function night(): Promise<void> {
  for (const kind of kinds) {
    await core.db.transaction().execute(async (tx) => {
      await kind.end(core, tx, endOfPeriod(kind, core.retention, core.clock.now()));
    });
  }
}

async function olderOf(name: string): Promise<number> {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`There is no kind ${name}`);
  return await kind.count(core.db, endOfPeriod(kind, core.retention, core.clock.now()));
}

async function conversation(startsAt: Date, people: readonly Member[]): Promise<string> {
  const id = randomUUID();
  const words = { theme: 'x/y', title: 't', about: 'a', zone: 'Europe/London', link: 'l', minutes: 60, capacity: 5 };
  await core.db
    .insertInto('conversations')
    .values({ id, host_id: member.id, starts_at: startsAt, created_at: startsAt, ...words })
    .execute();
  for (const { id: memberId } of people) {
    const seat = { conversation_id: id, member_id: memberId, state: 'seated', signed_up_at: startsAt } as const;
    await core.db.insertInto('seats').values(seat).execute();
  }
  return id;
}

async function takeaway(conversationId: string, writtenAt: Date): Promise<void> {
  const row = { conversation_id: conversationId, member_id: member.id, text: Buffer.from('x'), shared: false };
  await core.db
    .insertInto('takeaways')
    .values({ ...row, written_at: writtenAt })
    .execute();
}

test('a takeaway is kept as a reflection is, and its conversation with it, but nobody’s place', async () => {
  const [kept, gone, bare] = [
    await conversation(ago(740), [member, other]),
    await conversation(ago(740), [member]),
    await conversation(ago(366), [other]),
  ];
  await takeaway(kept, ago(729));
  await takeaway(gone, ago(731));
  expect(await olderOf('Conversations')).toBe(3);
  await night();
  const left = await core.db.selectFrom('conversations').select('id').execute();
  expect(left).toEqual([{ id: kept }]);
  expect([gone, bare]).not.toContain(left[0]?.id);
  expect(await core.db.selectFrom('seats').selectAll().execute()).toEqual([]);
  expect(await core.db.selectFrom('takeaways').select('conversation_id').execute()).toEqual([
    { conversation_id: kept },
  ]);
  // It is looked at no more until the takeaway goes.
  expect(await olderOf('Conversations')).toBe(0);
  stage.clock.set(new Date(core.clock.now().getTime() + 2 * 86_400_000));
  await night();
  expect(await core.db.selectFrom('conversations').select('id').execute()).toEqual([]);
});

test('what was never announced goes 90 days after it was last touched, with when people could come', async () => {
  const proposal = async (changedAt: Date) => {
    const id = randomUUID();
    const words = { theme: 'x/y', title: 't', about: 'a', chatham_house: false, zone: 'Europe/London' };
    await core.db
      .insertInto('proposals')
      .values({ id, host_id: member.id, state: 'polling', ...words, created_at: ago(200), changed_at: changedAt })
      .execute();
    const answer = { proposal_id: id, member_id: other.id, answered_at: changedAt };
    await core.db.insertInto('time_answers').values(answer).execute();
    for (const kind of ['proposals.which-time', 'conversations.announcement'] as const) {
      const delivery = { id: randomUUID(), key: `${kind}:${id}`, kind, subject: id, member_id: other.id, stream: null };
      await core.db
        .insertInto('deliveries')
        .values({ ...delivery, not_before: ago(0), created_at: ago(1), settled_at: ago(1), status: 'sent' })
        .execute();
    }
    return id;
  };
  const [old, young] = [await proposal(ago(91)), await proposal(ago(89))];
  await night();
  expect(await core.db.selectFrom('proposals').select('id').execute()).toEqual([{ id: young }]);
  expect(await core.db.selectFrom('time_answers').select('proposal_id').execute()).toEqual([{ proposal_id: young }]);
  const said = await core.db
    .selectFrom('deliveries')
    .select(['kind', 'subject'])
    .where('subject', 'in', [old, young])
    .where('kind', '=', 'proposals.which-time')
    .execute();
  expect(said.map(({ subject }) => subject)).toEqual([young]);
  // It may have been announced under the same id.
  const announced = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'conversations.announcement');
  expect(await announced.where('subject', '=', old).execute()).toHaveLength(1);
});

test('dates of series go with who was asked for them, and programme events, after a year', async () => {
  const series = randomUUID();
  const room = { minutes: 60, capacity: 5, per_council: null, link: '', place: '', ended_at: null };
  const rhythm = { weekday: 1, at: '10:00', zone: 'Europe/London', every_weeks: 2, first_day: '2026-01-05' };
  await core.db
    .insertInto('series')
    .values({ id: series, name: 'Yours', created_at: ago(500), ...rhythm, ...room })
    .execute();
  for (const startsAt of [ago(366), ago(360)]) {
    const slot = { id: randomUUID(), series_id: series, starts_at: startsAt, state: 'empty' } as const;
    await core.db
      .insertInto('series_slots')
      .values({ ...slot, topic_id: null, conversation_id: null })
      .execute();
    const asked = { id: randomUUID(), slot_id: slot.id, member_id: other.id, asked_at: startsAt, until: startsAt };
    await core.db
      .insertInto('host_asks')
      .values({ ...asked, answer: 'no' })
      .execute();
    const event = { id: randomUUID(), title: 'Module', about: '', place: '', link: '', zone: 'Europe/London' };
    const when = { starts_at: startsAt, minutes: 60, created_at: startsAt, changed_at: startsAt };
    const rest = { cancelled_at: null, cohort_id: null };
    await core.db
      .insertInto('programme_events')
      .values({ sort: 'module', ...event, ...when, ...rest })
      .execute();
  }
  await night();
  expect(await core.db.selectFrom('host_asks').select('asked_at').execute()).toEqual([{ asked_at: ago(360) }]);
  expect(await core.db.selectFrom('series_slots').select('starts_at').execute()).toHaveLength(1);
  expect(await core.db.selectFrom('programme_events').select('starts_at').execute()).toEqual([{ starts_at: ago(360) }]);
});
