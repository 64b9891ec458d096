import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import { readFeed } from '../../src/diary/feed.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { eventsIn, valuesOf } from '../support/calendar-text.ts';
import { addHost, propose } from '../support/conversations.ts';
import { addMember } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';
import { openSite, type WebSite } from '../support/web-site.ts';
import { type SeatState, sit } from './stage.ts';

let site: WebSite;
let host: Member;
let asha: Member;

beforeEach(async () => {
  site = await openSite();
  host = await addHost(site.core);
  asha = await addActive(site.core, { name: 'Asha', cohort: 'Autumn' });
});

afterEach(async () => {
  await site.close();
});

/** The path in an answer that shows the address of a feed. */
function pathIn(reply: Reply): string {
  const path = /http:\/\/localhost:3000(\/calendar\/[\w-]+\.ics)/.exec(JSON.stringify(reply))?.[1];
  if (path === undefined) throw new Error('No address is shown');
  return path;
}

async function newPath(member: Member): Promise<string> {
  return pathIn(await ask(site.core, member, { kind: 'diary.new-feed' }));
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(`${site.url}${path}`, { headers });
}

async function textAt(path: string): Promise<string> {
  const response = await get(path);
  expect(response.status).toBe(200);
  return await response.text();
}

async function conversation(title: string, state: SeatState | 'host', member = asha): Promise<string> {
  const id = await propose(site.core, state === 'host' ? member : host, { title });
  if (state !== 'host') await sit(site.core, id, member, state);
  return id;
}

const event = {
  sort: 'module',
  about: 'Be yourself',
  place: 'Cardiff',
  link: 'https://teach.example/room',
  starts_at: new Date('2027-04-06T09:00:00Z'),
  zone: 'Europe/London',
  minutes: 300,
  created_at: new Date('2027-03-01T09:00:00Z'),
  changed_at: new Date('2027-03-01T09:00:00Z'),
  cancelled_at: null,
} as const;

async function addEvent(title: string, cohortId: string | null, changed: Partial<Record<'cancelled_at', Date>> = {}) {
  const row = { ...event, id: randomUUID(), title, cohort_id: cohortId, ...changed };
  await site.core.db.insertInto('programme_events').values(row).execute();
  return row.id;
}

function shown(text: string): readonly string[] {
  return eventsIn(text)
    .map(({ summary, status }) => `${String(summary)} (${status ?? ''})`)
    .toSorted();
}

test('a feed holds what is theirs, as they stand to it, and what the programme has for them', async () => {
  const path = await newPath(asha);
  await conversation('A seat', 'seated');
  await conversation('A list', 'waiting');
  await conversation('An offer', 'offered');
  await conversation('Not theirs', 'seated', await addActive(site.core));
  await site.core.db.updateTable('members').set({ permission: 'host' }).where('id', '=', asha.id).execute();
  await conversation('Their own', 'host', { ...asha, permission: 'host' });
  await addEvent('For all', null);
  await addEvent('For their cohort', asha.cohortId);
  await addEvent('For others', (await addMember(site.core, { cohort: 'Spring' })).cohortId);
  const text = await textAt(path);
  expect(shown(text)).toEqual([
    'A seat (CONFIRMED)',
    'For all (CONFIRMED)',
    'For their cohort (CONFIRMED)',
    'Seat kept for you: An offer (TENTATIVE)',
    'Waiting list: A list (TENTATIVE)',
    'You host: Their own (CONFIRMED)',
  ]);
  expect(text).not.toMatch(/meet\.example|teach\.example|ATTENDEE|ORGANIZER|@council\.example/);
  expect(valuesOf(text, 'X-PUBLISHED-TTL')).toEqual([':PT1H']);
});

test('what is cancelled shows so for a month, and what has passed stays for three', async () => {
  const path = await newPath(asha);
  const id = await conversation('Making room', 'seated');
  await addEvent('Design day', null, { cancelled_at: new Date('2027-03-02T12:00:00Z') });
  await site.core.db
    .updateTable('conversations')
    .set({ cancelled_at: new Date('2027-03-02T12:00:00Z') })
    .where('id', '=', id)
    .execute();
  const other = await conversation('Kept', 'seated');
  expect(shown(await textAt(path))).toEqual([
    'Cancelled: Design day (CANCELLED)',
    'Cancelled: Making room (CANCELLED)',
    'Kept (CONFIRMED)',
  ]);
  site.clock.set(new Date('2027-04-02T12:00:01Z'));
  expect(shown(await textAt(path))).toEqual(['Kept (CONFIRMED)']);
  site.clock.set(new Date('2027-06-16T09:00:00Z'));
  expect(eventsIn(await textAt(path)).map(({ uid }) => uid)).toEqual([`${other}@localhost`]);
  site.clock.set(new Date('2027-06-16T11:00:00Z'));
  expect(shown(await textAt(path))).toEqual([]);
});

test('a calendar program that has it already is told so, and nothing in between keeps it', async () => {
  const path = await newPath(asha);
  const id = await conversation('Making room', 'seated');
  const first = await get(path);
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'cache-control': 'private, no-store',
  });
  const tag = first.headers.get('etag') ?? '';
  // Node’s fetch asks no cache for what has such a header, unless told otherwise.
  const again = { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' };
  site.clock.set(new Date('2027-03-03T12:00:00Z'));
  expect((await get(path, again)).status).toBe(304);
  await site.core.db.updateTable('conversations').set({ title: 'Moved', sequence: 1 }).where('id', '=', id).execute();
  expect((await get(path, again)).status).toBe(200);
});

test('a change of how they stand to it, and a cancellation, is a change of the entry', async () => {
  const { core, clock } = site;
  const path = await newPath(asha);
  await core.db.updateTable('members').set({ diary_invitations: false }).execute();
  const id = await propose(core, host);
  const people = await Promise.all([1, 2, 3].map((number) => addActive(core, { council: `Council ${number}` })));
  for (const member of [...people, asha]) await ask(core, member, { kind: 'conversations.sign-up', conversation: id });
  const [first] = people;
  if (first === undefined) throw new Error('Nobody came');
  const entry = async () => {
    const [found] = eventsIn(await textAt(path));
    return { status: found?.status, sequence: Number(found?.sequence), at: found?.lastmodified };
  };
  const seen = [await entry()];
  const steps = [
    async () => await ask(core, first, { kind: 'conversations.withdraw', conversation: id }),
    async () => await ask(core, asha, { kind: 'conversations.accept-seat', conversation: id }),
    async () => await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' }),
  ];
  for (const step of steps) {
    clock.set(new Date(core.clock.now().getTime() + 3_600_000));
    await step();
    seen.push(await entry());
    const [before, after] = seen.slice(-2);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Number.NaN);
    expect(new Date(String(after?.at)).getTime()).toBeGreaterThan(new Date(String(before?.at)).getTime());
  }
  expect(seen.map(({ status }) => status)).toEqual(['TENTATIVE', 'TENTATIVE', 'CONFIRMED', 'CANCELLED']);
});

test('an address that is wrong, old, stopped or of nobody here is one that is not there', async () => {
  const path = await newPath(asha);
  expect((await get(path)).status).toBe(200);
  const missing = await get('/calendar/nothing.ics');
  const answer = [missing.status, await missing.text(), missing.headers.get('content-type')];
  expect(answer).toEqual([404, 'Not found\n', 'text/plain; charset=utf-8']);
  async function expectMissing(wrong: string): Promise<void> {
    const response = await get(wrong);
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual(answer);
  }
  const token = path.slice('/calendar/'.length, -'.ics'.length);
  for (const at of [0, 21, 22, 40, 63]) {
    const other = token[at] === 'A' ? 'B' : 'A';
    await expectMissing(`/calendar/${token.slice(0, at)}${other}${token.slice(at + 1)}.ics`);
  }
  await expectMissing(`/calendar/${token}`);
  await expectMissing(`/calendar/${token}.ics.ics`);
  const next = await newPath(asha);
  await expectMissing(path);
  expect((await get(next)).status).toBe(200);
  await ask(site.core, asha, { kind: 'diary.stop-feed' });
  await expectMissing(next);
  const last = await newPath(asha);
  for (const status of ['left', 'guest', 'invited'] as const) {
    await site.core.db.updateTable('members').set({ status }).where('id', '=', asha.id).execute();
    await expectMissing(last);
  }
  await site.core.db.updateTable('members').set({ status: 'active' }).where('id', '=', asha.id).execute();
  await ask(site.core, asha, { kind: 'network.confirm-erase' });
  await expectMissing(last);
});

test('the address is the same each time it is shown, and one member’s key opens no other’s feed', async () => {
  const path = await newPath(asha);
  expect(pathIn(await ask(site.core, asha, { kind: 'diary.show' }))).toBe(path);
  const other = await addActive(site.core, { name: 'Bo' });
  await newPath(other);
  const both = await site.core.db
    .selectFrom('members')
    .select('diary_key')
    .where('id', '=', asha.id)
    .executeTakeFirst();
  await site.core.db
    .updateTable('members')
    .set({ diary_key: both?.diary_key ?? null })
    .where('id', '=', other.id)
    .execute();
  const own = pathIn(await ask(site.core, other, { kind: 'diary.show' }));
  expect(own.slice(-30)).not.toBe(path.slice(-30));
});

function counting(core: Core): { readonly core: Core; readonly count: () => number } {
  let queries = 0;
  const db = core.db.withPlugin({
    transformQuery: ({ node }) => {
      queries += 1;
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { core: { ...core, db }, count: () => queries };
}

test('with 200 entries it takes five queries, and no time to speak of', async () => {
  const path = await newPath(asha);
  const { core } = site;
  const moments = { created_at: core.clock.now(), cancelled_at: null };
  const rows = Array.from({ length: 150 }, (_, index) => ({
    ...moments,
    id: randomUUID(),
    host_id: host.id,
    theme: 'collective-leadership/inclusive-leadership',
    title: `Conversation ${index}`,
    about: 'Who is not in the room?',
    starts_at: new Date(Date.UTC(2027, 2, 3 + index, 10)),
    zone: 'Europe/London',
    minutes: 60,
    capacity: 8,
    link: 'https://meet.example/room',
    for_level: null,
    for_cohort_id: null,
    per_council: null,
    follows_id: null,
    summary_at: null,
  }));
  await core.db.insertInto('conversations').values(rows).execute();
  for (const { id } of rows) await sit(core, id, asha, 'seated');
  for (let index = 0; index < 50; index += 1) await addEvent(`Event ${index}`, null);
  const counted = counting(core);
  const text = await readFeed(counted.core, path.slice('/calendar/'.length, -'.ics'.length));
  expect(counted.count()).toBe(5);
  expect(eventsIn(text ?? '')).toHaveLength(200);
});
