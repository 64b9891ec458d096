import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutbound } from '../../adapters/web/outbound.ts';
import { prepareAgenda } from '../../src/agenda/prepare.ts';
import { examineRetention } from '../../src/commands/doctor-retention.ts';
import type { Core } from '../../src/core.ts';
import { holdWithAgenda } from '../../src/network/hold.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { nextNight } from '../../src/retention/due.ts';
import { endOfPeriod, kinds } from '../../src/retention/kinds.ts';
import { standardPeriods } from '../../src/retention/periods.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { addActive } from '../support/people.ts';

/* What is older than its period goes at night; what is younger stays, and so does what still matters. */

let stage: TestCore;
let core: Core;
let member: Member;
const dayMs = 86_400_000;

beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  member = await addActive(core);
});
afterEach(() => stage.close());

/** The moment so many days before now. */
const ago = (days: number) => new Date(core.clock.now().getTime() - days * dayMs);

async function night(): Promise<void> {
  await core.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('agenda').where('kind', '!=', 'retention.night').execute();
  });
  await prepareAgenda(core);
  const { at } = nextNight(core.clock.now(), 'Europe/London');
  stage.clock.set(at);
  await settleAll(core, new Map([['web', openOutbound(core)]]));
}

async function prompt(sentAt: Date, week: string): Promise<string> {
  const id = randomUUID();
  const words = { framework: 'f', framework_version: 1, theme: 't', stage: 's', prompt: 'p', wording: 'w', why: 'y' };
  await core.db
    .insertInto('prompts')
    .values({ id, member_id: member.id, week, sent_at: sentAt, ...words })
    .execute();
  return id;
}

async function reflect(promptId: string, writtenAt: Date): Promise<void> {
  const row = { prompt_id: promptId, member_id: member.id, answer: Buffer.from('x'), written_at: writtenAt };
  await core.db.insertInto('reflections').values(row).execute();
}

test('reflections go by when they were written, and a prompt stays while its answer does', async () => {
  const answered = await prompt(ago(800), 'a');
  await reflect(answered, ago(732));
  const rewritten = await prompt(ago(800), 'b');
  await reflect(rewritten, ago(700));
  await prompt(ago(732), 'c');
  const young = await prompt(ago(700), 'd');
  await night();
  const prompts = await core.db.selectFrom('prompts').select('id').execute();
  expect(prompts.map(({ id }) => id).toSorted()).toEqual([rewritten, young].toSorted());
  expect(await core.db.selectFrom('reflections').select('prompt_id').execute()).toEqual([{ prompt_id: rewritten }]);
});

async function conversation(startsAt: Date): Promise<string> {
  const id = randomUUID();
  const words = { theme: 'x/y', title: 't', about: 'a', zone: 'Europe/London', link: 'l' };
  await core.db
    .insertInto('conversations')
    .values({ id, host_id: member.id, starts_at: startsAt, created_at: ago(500), minutes: 60, capacity: 5, ...words })
    .execute();
  return id;
}

async function delivery(
  kind:
    | 'conversations.announcement'
    | 'reflections.prompt'
    | 'reflections.rhythm-offer'
    | 'matching.introduction'
    | 'matching.invite',
  subject: string,
  settledAt: Date | null,
  status: 'sent' | 'failed' | 'pending' = 'sent',
): Promise<string> {
  const id = randomUUID();
  const times = { not_before: ago(0), created_at: ago(200), settled_at: settledAt };
  // What waits is for another time, so that nothing sends it here.
  const later = status === 'pending' ? { not_before: new Date('2030-01-01') } : {};
  await core.db
    .insertInto('deliveries')
    .values({ id, key: id, kind, subject, member_id: member.id, stream: null, status, ...times, ...later })
    .execute();
  return id;
}

const ids = async (table: 'conversations' | 'topics' | 'deliveries' | 'rounds' | 'matches' | 'join_requests') =>
  (await core.db.selectFrom(table).select('id').execute()).map(({ id }) => id);

test('conversations go with their places, their cards and the topic that became them', async () => {
  const [old, young] = [await conversation(ago(366)), await conversation(ago(360))];
  const seat = { member_id: member.id, state: 'seated', signed_up_at: ago(400) } as const;
  for (const id of [old, young])
    await core.db
      .insertInto('seats')
      .values({ conversation_id: id, ...seat })
      .execute();
  const topic = (id: string | null, suggestedAt: Date) => ({
    id: randomUUID(),
    member_id: member.id,
    title: 't',
    about: 'a',
    suggested_at: suggestedAt,
    conversation_id: id,
  });
  const [taken, kept, forgotten, open] = [
    topic(old, ago(300)),
    topic(young, ago(400)),
    topic(null, ago(366)),
    topic(null, ago(300)),
  ];
  await core.db.insertInto('topics').values([taken, kept, forgotten, open]).execute();
  const card = await delivery('conversations.announcement', old, ago(10));
  await night();
  expect(await ids('conversations')).toEqual([young]);
  expect(await core.db.selectFrom('seats').select('conversation_id').execute()).toEqual([{ conversation_id: young }]);
  expect((await ids('topics')).toSorted()).toEqual([kept.id, open.id].toSorted());
  expect(await ids('deliveries')).not.toContain(card);
});

test('messages go once settled for long; those of a conversation that is to come, and what waits, stay', async () => {
  const coming = await conversation(new Date(core.clock.now().getTime() + 10 * dayMs));
  const over = await conversation(ago(95));
  const gone = [
    await delivery('reflections.prompt', randomUUID(), ago(91)),
    await delivery('reflections.prompt', randomUUID(), ago(91), 'failed'),
    await delivery('conversations.announcement', over, ago(100)),
  ];
  const stay = [
    await delivery('reflections.prompt', randomUUID(), ago(89)),
    await delivery('reflections.prompt', randomUUID(), null, 'pending'),
    await delivery('conversations.announcement', coming, ago(100)),
    // It tells whom the member was shown: it goes with its match.
    await delivery('matching.introduction', randomUUID(), ago(100)),
    // It is asked once in a silence, however long that lasts.
    await delivery('reflections.rhythm-offer', member.id, ago(100)),
  ];
  await night();
  const left = await ids('deliveries');
  expect(left).toEqual(expect.arrayContaining(stay));
  for (const id of gone) expect(left).not.toContain(id);
});

async function round(number: number, publishedAt: Date, other: Member): Promise<string> {
  const [roundId, matchId] = [randomUUID(), randomUUID()];
  await core.db.insertInto('rounds').values({ id: roundId, number, published_at: publishedAt }).execute();
  await core.db.insertInto('matches').values({ id: matchId, round_id: roundId, made_at: publishedAt }).execute();
  const pair = [member.id, other.id].map((id) => ({ match_id: matchId, member_id: id }));
  await core.db.insertInto('match_members').values(pair).execute();
  await core.db
    .insertInto('left_out')
    .values({ round_id: roundId, member_id: member.id, reason: 'odd-number' })
    .execute();
  return matchId;
}

test('an invitation stays while those of a match are to meet: it is what takes the meeting out of a calendar', async () => {
  const other = await addMember(core, { status: 'active' });
  const match = await round(1, ago(100), other);
  const invite = await delivery('matching.invite', match, ago(99));
  const meetAt = async (at: Date) =>
    await core.db.updateTable('matches').set({ agreed_at: at }).where('id', '=', match).execute();
  await meetAt(new Date(core.clock.now().getTime() + dayMs));
  await night();
  expect(await ids('deliveries')).toContain(invite);
  await meetAt(ago(91));
  await night();
  expect(await ids('deliveries')).not.toContain(invite);
});

test('matches go, but for the newest round, which the next one counts from', async () => {
  const other = await addActive(core);
  const old = await round(1, ago(900), other);
  const said = await delivery('matching.introduction', old, ago(900));
  const newest = await round(2, ago(800), other);
  const token = (text: string, at: Date) => ({ member_id: member.id, token: core.cipher.token(text), matched_at: at });
  await core.db
    .insertInto('past_matches')
    .values([token('a', ago(731)), token('b', ago(700))])
    .execute();
  await night();
  expect(await ids('matches')).toEqual([newest]);
  expect(await ids('rounds')).toHaveLength(1);
  expect(await core.db.selectFrom('left_out').select('round_id').execute()).toHaveLength(1);
  expect(await ids('deliveries')).not.toContain(said);
  const kept = await core.db.selectFrom('past_matches').select('token').execute();
  expect(kept).toEqual([{ token: core.cipher.token('b') }]);
});

test('the record, requests to join, and what has ended go', async () => {
  const act = (at: Date) => ({ at, by: 'operator', action: 'roster.imported' }) as const;
  await core.db
    .insertInto('audit')
    .values([
      { ...act(ago(731)), detail: '{}' },
      { ...act(ago(700)), detail: '{}' },
    ])
    .execute();
  const request = (user: string, requestedAt: Date, decidedAt: Date | null) => ({
    id: randomUUID(),
    platform: 'slack' as const,
    space: 'T1',
    platform_user: user,
    address: '{}',
    name: 'n',
    email: 'e@e.example',
    email_verified: false,
    council: 'c',
    role: 'r',
    level: 'director' as const,
    note: '',
    zone: 'Europe/London',
    requested_at: requestedAt,
    decided_at: decidedAt,
    decision: decidedAt === null ? null : ('refused' as const),
    decided_by: null,
  });
  const requests = [
    request('1', ago(200), ago(91)),
    request('2', ago(91), null),
    request('3', ago(200), ago(80)),
    request('4', ago(80), null),
  ];
  await core.db.insertInto('join_requests').values(requests).execute();
  const session = (at: Date) => ({
    token_hash: Buffer.from(randomUUID()),
    member_id: member.id,
    link_id: null,
    expires_at: at,
  });
  await core.db
    .insertInto('web_sessions')
    .values([session(ago(3)), session(ago(-5))])
    .execute();
  await core.db
    .insertInto('link_codes')
    .values({ fingerprint: Buffer.from('f'), member_id: member.id, expires_at: ago(3) })
    .execute();
  await core.db
    .insertInto('wrong_codes')
    .values({ platform: 'slack', space: 'T', platform_user: 'U', count: 1, since: ago(3) })
    .execute();
  const counted = { platform: 'slack', count: 1 } as const;
  await core.db
    .insertInto('join_request_counts')
    .values([
      { ...counted, space: 'T', since: ago(2) },
      { ...counted, space: 'T2', since: ago(0) },
    ])
    .execute();
  const asked = (user: string, at: Date) => ({
    id: randomUUID(),
    member_id: member.id,
    platform: 'slack' as const,
    space: 'T',
    platform_user: user,
    address: '{}',
    requested_at: at,
  });
  await core.db
    .insertInto('account_requests')
    .values([asked('1', ago(2)), asked('2', ago(-1))])
    .execute();
  const done = (at: Date) => ({
    id: randomUUID(),
    key: randomUUID(),
    kind: 'matching.round' as const,
    subject: '1',
    due_at: at,
    done_at: at,
  });
  await night();
  expect(await core.db.selectFrom('audit').select('at').execute()).toHaveLength(1);
  expect((await ids('join_requests')).toSorted()).toEqual([requests[2]?.id, requests[3]?.id].toSorted());
  expect(await core.db.selectFrom('web_sessions').select('expires_at').execute()).toHaveLength(1);
  expect(await core.db.selectFrom('link_codes').selectAll().execute()).toEqual([]);
  expect(await core.db.selectFrom('wrong_codes').selectAll().execute()).toEqual([]);
  expect(await core.db.selectFrom('join_request_counts').select('space').execute()).toEqual([{ space: 'T2' }]);
  expect(await core.db.selectFrom('account_requests').select('platform_user').execute()).toEqual([
    { platform_user: '2' },
  ]);
  await core.db
    .insertInto('agenda')
    .values([done(ago(91)), done(ago(80))])
    .execute();
  await core.db.deleteFrom('agenda').where('kind', '=', 'retention.night').where('done_at', 'is', null).execute();
  await prepareAgenda(core);
  stage.clock.set(nextNight(core.clock.now(), 'Europe/London').at);
  await settleAll(core, new Map([['web', openOutbound(core)]]));
  const rounds = core.db
    .selectFrom('agenda')
    .select('id')
    .where('kind', '=', 'matching.round')
    .where('done_at', 'is not', null);
  expect(await rounds.execute()).toHaveLength(1);
});

test('who never joined, or left long ago, is erased as if they had asked, but may be listed again', async () => {
  const set = async (who: Member, row: { listed_at?: Date; left_at?: Date; status?: 'left' }) =>
    await core.db.updateTable('members').set(row).where('id', '=', who.id).execute();
  const [never, lately, left, leftLately] = [
    await addMember(core),
    await addMember(core),
    await addActive(core),
    await addActive(core),
  ];
  await set(never, { listed_at: ago(731) });
  await set(lately, { listed_at: ago(700) });
  await set(left, { listed_at: ago(900), left_at: ago(731), status: 'left' });
  await set(leftLately, { listed_at: ago(900), left_at: ago(700), status: 'left' });
  await set(member, { listed_at: ago(2000) });
  await night();
  const people = await core.db.selectFrom('members').select('id').execute();
  expect(people.map(({ id }) => id).toSorted()).toEqual([member.id, lately.id, leftLately.id].toSorted());
  expect(await core.db.selectFrom('erased_people').selectAll().execute()).toEqual([]);
});

test.each([
  ['joins', { status: 'active' }],
  ['is listed again', { listed_at: new Date('2027-03-02T12:00:00Z') }],
] as const)('who %s at that moment stays', async (_, row) => {
  const old = await addMember(core);
  await core.db
    .updateTable('members')
    .set({ listed_at: ago(731) })
    .where('id', '=', old.id)
    .execute();
  const people = kinds.find(({ name }) => name.startsWith('People who never joined'));
  if (people === undefined) throw new Error('There is no such kind');
  let ending: Promise<unknown> = Promise.resolve();
  await core.db.transaction().execute(async (tx) => {
    await holdWithAgenda(tx, old.id);
    ending = core.db.transaction().execute((other) => people.end(core, other, ago(730)));
    await untilWaiting(core, tx, 1, ending);
    await tx.updateTable('members').set(row).where('id', '=', old.id).execute();
  });
  await ending;
  expect(await findMember(core.db, old.id)).toMatchObject({ id: old.id });
});

test('doctor shows each kind with its period and what is older, when it last ran, and when it does not run', async () => {
  await core.db
    .insertInto('audit')
    .values({ at: ago(800), by: 'operator', action: 'roster.imported', detail: '{}' })
    .execute();
  await prepareAgenda(core);
  const before = await examineRetention(core);
  expect(before).toHaveLength(kinds.length + 1);
  expect(before.map(({ found }) => found)).toContain('Record of what was done: 730 days, 1 older');
  expect(before[0]).toMatchObject({ what: 'Deletion each night', mend: '' });
  await night();
  expect((await examineRetention(core)).map(({ found }) => found)).toContain(
    'Record of what was done: 730 days, 0 older',
  );
  stage.clock.set(new Date(core.clock.now().getTime() + 3 * dayMs));
  expect((await examineRetention(core))[0]).toMatchObject({ mend: expect.stringContaining('ROLE=worker') });
});

test('of more than goes at once, all goes in one night, and the next is for tomorrow', async () => {
  const rows = Array.from({ length: 4_500 }, () => ({
    at: ago(800),
    by: 'operator' as const,
    action: 'roster.imported' as const,
    detail: '{}',
  }));
  await core.db.insertInto('audit').values(rows).execute();
  await night();
  expect(await core.db.selectFrom('audit').select('id').execute()).toEqual([]);
  const next = core.db
    .selectFrom('agenda')
    .select('due_at')
    .where('kind', '=', 'retention.night')
    .where('done_at', 'is', null);
  expect(await next.execute()).toEqual([{ due_at: new Date('2027-03-04T03:00:00Z') }]);
});

test('a night comes once a day on the clocks of every zone, at three or as soon as there is such a time', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const moment = fc.date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, (zone, now) => {
      const first = nextNight(now, zone);
      const second = nextNight(first.at, zone);
      expect(first.at > now).toBe(true);
      expect(second.at > first.at).toBe(true);
      expect(second.day > first.day).toBe(true);
      // A day left out at the date line, or a clock change, at most.
      expect(second.at.getTime() - first.at.getTime()).toBeLessThanOrEqual(50 * 3_600_000);
    }),
  );
});

test('each period counts back from now', () => {
  const now = new Date('2027-03-02T12:00:00Z');
  for (const kind of kinds) {
    const days = typeof kind.period === 'number' ? kind.period : standardPeriods[kind.period];
    expect(now.getTime() - endOfPeriod(kind, standardPeriods, now).getTime()).toBe(days * dayMs);
  }
});
