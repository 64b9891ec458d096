import { randomUUID } from 'node:crypto';
import { addMinutes } from 'date-fns/addMinutes';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { changeHost } from '../../src/conversations/hand-over.ts';
import { offerSeats } from '../../src/conversations/seating.ts';
import { findConversation, lockConversation, readSeats } from '../../src/conversations/seats.ts';
import type { Core } from '../../src/core.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import type { Transaction } from '../../src/store/database.ts';
import { localParts } from '../../src/time/local.ts';
import { type ConversationStage, openConversations } from '../support/conversations.ts';
import { addActive, ask, mustFind } from '../support/people.ts';
import {
  endWhatIsOver,
  expectNobodyPassed,
  expectSound,
  handOut,
  keepFor,
  letTimePass,
  noLimit,
  openRoom,
  type Room,
  seen,
  seenInBook,
  someoneIn,
} from './seat-model.ts';
import { press } from './seats-stage.ts';

/*
 * The life of conversations in the database, by buttons, edits and passing time, beside the model of what it should be:
 * what is posted to whom is read from the outbox after each step.
 */

let stage: ConversationStage;
let core: Core;
let people: Member[];

beforeEach(async () => {
  stage = await openConversations();
  core = stage.core;
  // No hour comes twice: the runs go through months.
  await core.db.updateTable('members').set({ zone: 'UTC' }).execute();
  people = [];
});
afterEach(() => stage.close());

type EditIntent = Extract<Intent, { kind: 'conversations.edit' }>;

/** One conversation. Members are known by their number: who is erased comes back to the next one as somebody new. */
interface Life {
  readonly id: string;
  readonly epoch: number;
  readonly posted: Set<string>;
  cancelled: boolean;
  hostId: string;
}

const crowd = 9;

async function populate(): Promise<void> {
  for (let number = 0; number < crowd; number += 1) {
    const member = people[number];
    const row = core.db
      .selectFrom('members')
      .select('status')
      .where('id', '=', member?.id ?? randomUUID());
    if ((await row.executeTakeFirst())?.status === 'active') continue;
    people[number] = await addSomebody(number);
  }
}

function addSomebody(number: number): Promise<Member> {
  return addActive(core, {
    name: `Person ${number}`,
    council: `Council ${number % 3}`,
    permission: 'host',
    zone: 'UTC',
  });
}

async function begin(capacity: number, limit: number): Promise<Life> {
  await populate();
  await core.db.deleteFrom('agenda').execute();
  const id = randomUUID();
  const now = core.clock.now();
  await core.db
    .insertInto('conversations')
    .values({
      ...{ id, host_id: stage.host.id, theme: 'collective-leadership/inclusive-leadership', title: id, about: 'A' },
      ...{ zone: 'Europe/London', minutes: 60, capacity, link: 'https://meet.example/room', created_at: now },
      ...{ starts_at: new Date(now.getTime() + 7 * 86_400_000), per_council: limit === noLimit ? null : limit },
    })
    .execute();
  return { id, epoch: now.getTime(), posted: new Set(), cancelled: false, hostId: stage.host.id };
}

const kinds = [
  'conversations.seat-freed',
  'conversations.seat-offered',
  'conversations.offer-ended',
  'conversations.cancelled',
  'conversations.moved',
  'conversations.new-host',
] as const;
const news: Readonly<Record<string, string>> = {
  'conversations.seat-freed': 'seated',
  'conversations.seat-offered': 'offered',
  'conversations.offer-ended': 'offer-ended',
  'conversations.cancelled': 'cancelled',
  'conversations.moved': 'moved',
  'conversations.new-host': 'new-host',
};

/** What was posted since this was last asked, such as 'p3 offered'. */
async function newlyPosted({ id, posted }: Life): Promise<readonly string[]> {
  const rows = await core.db
    .selectFrom('deliveries')
    .select(['id', 'kind', 'member_id'])
    .where('subject', '=', id)
    .where('kind', 'in', kinds)
    .execute();
  const fresh = rows.filter((row) => !posted.has(row.id));
  for (const row of fresh) posted.add(row.id);
  await core.db.updateTable('deliveries').set({ status: 'sent' }).where('subject', '=', id).execute();
  return fresh.map((row) => `${nameOf(row.member_id)} ${news[row.kind]}`).toSorted();
}

function nameOf(memberId: string | null): string {
  if (memberId === stage.host.id) return 'the host';
  const number = people.findIndex(({ id }) => id === memberId);
  return number < 0 ? 'a stranger' : `p${number}`;
}

function memberOf(number: number): Member {
  return people[number] ?? stage.host;
}

interface Step {
  readonly name: string;
  /** Only while it is to take place: the services that do it refuse otherwise. */
  readonly ofHost?: true;
  /** What should come of it. Not asked once it is cancelled: then nothing should. */
  should(room: Room, life: Life): void;
  does(life: Life): Promise<unknown>;
}

const anyone = fc.nat({ max: crowd - 1 });
const forget = (room: Room, number: number) => {
  room.heard = room.heard.filter((words) => !words.startsWith(`p${number} `));
};

const presses = (what: 'sign-up' | 'withdraw' | 'accept-seat' | 'decline-seat') =>
  anyone.map(
    (number): Step => ({
      name: `p${number} presses ${what}`,
      should(room, life) {
        if (room.now >= room.startsAt || memberOf(number).id === life.hostId) return;
        const own = someoneIn(room, number);
        if (what === 'decline-seat' && own?.has !== 'offer') return;
        endWhatIsOver(room);
        if (what === 'withdraw' || what === 'decline-seat')
          room.line = room.line.filter(({ id }) => id !== `p${number}`);
        const still = someoneIn(room, number);
        if (what === 'accept-seat' && still?.has === 'offer') still.has = 'seat';
        if (what === 'sign-up' && still === undefined) {
          room.line.push({ id: `p${number}`, council: String(number % 3), has: 'nothing', until: 0 });
        }
        handOut(room, ({ id }) => what === 'sign-up' && id === `p${number}`);
        forget(room, number);
      },
      does: (life) => press(core, memberOf(number), life.id, what),
    }),
  );

const timePasses = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 90, max: 2_500 })).map(
  (minutes): Step => ({
    name: `${minutes} minutes pass`,
    should(room) {
      if (room.line.some(({ has, until }) => has === 'offer' && until <= room.now)) letTimePass(room);
    },
    async does({ id }) {
      const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'conversations.offer-ends');
      const rows = await due.where('subject', '=', id).where('due_at', '<=', core.clock.now()).execute();
      // Twice, as a queue may do it.
      for (const row of [...rows, ...rows]) await fallDue(core, row.id);
    },
  }),
);
const passing = timePasses.map((step) => ({ ...step, minutes: Number.parseInt(step.name, 10) }));

const resizes = fc.tuple(fc.integer({ min: 3, max: 6 }), fc.constantFrom(1, 2, noLimit)).map(
  ([capacity, limit]): Step => ({
    name: `${capacity} seats, ${limit} a council`,
    ofHost: true,
    should(room) {
      const held = room.line.filter(({ has }) => has !== 'nothing');
      const most = Math.max(0, ...['0', '1', '2'].map((of) => held.filter(({ council }) => council === of).length));
      if (held.length > capacity || most > limit) return;
      Object.assign(room, { capacity, perCouncil: limit });
      endWhatIsOver(room);
      handOut(room, () => true);
    },
    does: (life) => edit(life, { capacity: String(capacity), perCouncil: limit === noLimit ? 'none' : String(limit) }),
  }),
);

const moves = fc.oneof(fc.integer({ min: 10, max: 200 }), fc.integer({ min: 200, max: 15_000 })).map(
  (ahead): Step => ({
    name: `it is moved to ${ahead} minutes from now`,
    ofHost: true,
    should(room) {
      if (room.startsAt === room.now + ahead) return;
      const told = room.line.map(({ id }) => `${id} moved`);
      room.startsAt = room.now + ahead;
      endWhatIsOver(room);
      handOut(room, () => true);
      room.heard.push(...told);
    },
    does(life) {
      const [date = '', time = ''] = localParts(addMinutes(core.clock.now(), ahead), 'UTC').split(' ');
      return edit(life, { date, time });
    },
  }),
);

/** As its host does it, by the form. */
async function edit({ id, hostId }: Life, changed: Partial<EditIntent>): Promise<void> {
  const host = await mustFind(core, hostId);
  const conversation = await findConversation(core.db, id);
  if (conversation === undefined) throw new Error('It is gone');
  const { title, about, link, place, minutes, capacity, perCouncil, revision, startsAt } = conversation;
  const [date = '', time = ''] = localParts(startsAt, host.zone).split(' ');
  const answers = { title, about, link, place, date, time, clock: '', revision: String(revision) };
  const sizes = { minutes: String(minutes), capacity: String(capacity), perCouncil: String(perCouncil ?? 'none') };
  await ask(core, host, { kind: 'conversations.edit', conversation: id, ...answers, ...sizes, ...changed });
}

const keepsSeats = fc.uniqueArray(anyone, { minLength: 1, maxLength: 4 }).map(
  (numbers): Step => ({
    name: `seats are kept for ${numbers.map((number) => `p${number}`).join(', ')}`,
    ofHost: true,
    should(room, life) {
      const others = numbers.filter((one) => memberOf(one).id !== life.hostId);
      keepFor(
        room,
        others.map((number) => ({ id: `p${number}`, council: String(number % 3) })),
      );
    },
    does: ({ id }) =>
      locked(id, async (tx) => {
        const conversation = await lockConversation(tx, id);
        if (conversation === undefined) return;
        await offerSeats(
          core,
          tx,
          conversation,
          numbers.map((number) => memberOf(number).id),
        );
      }),
  }),
);

/** The new host had a seat, it may be. */
const handsOver = anyone.map(
  (number): Step => ({
    name: `p${number} takes it over`,
    ofHost: true,
    should(room, life) {
      life.hostId = memberOf(number).id;
      endWhatIsOver(room);
      room.line = room.line.filter(({ id }) => id !== `p${number}`);
      handOut(room, () => false);
      forget(room, number);
      room.heard.push(...room.line.map(({ id }) => `${id} new-host`));
    },
    does: ({ id }) =>
      locked(id, async (tx) => {
        const conversation = await lockConversation(tx, id);
        if (conversation !== undefined) await changeHost(core, tx, conversation, memberOf(number));
      }),
  }),
);

const cancels: fc.Arbitrary<Step> = fc.constant({
  name: 'it is cancelled',
  should(room, life) {
    if (room.now >= room.startsAt) return;
    life.cancelled = true;
    room.heard = room.line.map(({ id }) => `${id} cancelled`);
    // A convener cancels it: its host is told too.
    room.heard.push(`${nameOf(life.hostId)} cancelled`);
  },
  async does({ id }) {
    const convener = await addActive(core, { name: 'Con', permission: 'convener' });
    await ask(core, convener, { kind: 'conversations.cancel', conversation: id, reason: '' });
  },
});

const goesForGood = (how: 'network.confirm-leave' | 'network.confirm-erase') =>
  anyone.map(
    (number): Step => ({
      name: `p${number}: ${how}`,
      should(room, life) {
        if (memberOf(number).id === life.hostId || room.now >= room.startsAt) return;
        if (someoneIn(room, number) === undefined) return;
        endWhatIsOver(room);
        room.line = room.line.filter(({ id }) => id !== `p${number}`);
        handOut(room, () => false);
        forget(room, number);
      },
      async does(life) {
        // Whoever hosts it cancels it by going: that has tests of its own.
        if (memberOf(number).id === life.hostId) return;
        await ask(core, memberOf(number), { kind: how });
        people[number] = await addSomebody(number);
      },
    }),
  );

function locked(id: string, act: (tx: Transaction) => Promise<void>): Promise<void> {
  return core.db.transaction().execute(async (tx) => {
    await lockConversation(tx, id);
    await act(tx);
  });
}

async function bookOf({ id }: Life) {
  const row = core.db.selectFrom('conversations').select(['capacity', 'per_council as perCouncil', 'starts_at']);
  const sizes = await row.where('id', '=', id).executeTakeFirstOrThrow();
  const entries = await readSeats(core.db, id);
  return { ...sizes, entries: entries.map((entry) => ({ ...entry, memberId: nameOf(entry.memberId) })) };
}

function asCommand(step: Step & { readonly minutes?: number }): fc.AsyncCommand<Room, Life> {
  return {
    // A conversation that is over or cancelled has no further edits, nor anybody who takes it over.
    check: (room) => room.now < room.startsAt,
    toString: () => step.name,
    async run(room, life) {
      room.heard = [];
      if (step.minutes !== undefined) {
        room.now += step.minutes;
        stage.clock.set(new Date(life.epoch + room.now * 60_000));
      }
      if (life.cancelled && step.ofHost) return;
      if (!life.cancelled) step.should(room, life);
      await step.does(life);
      const book = await bookOf(life);
      expect(await newlyPosted(life)).toEqual(room.heard.toSorted());
      if (life.cancelled) return;
      expect(seenInBook(book, life.epoch)).toEqual(seen(room));
      expectSound(book);
      if (room.now < room.startsAt) expectNobodyPassed(book);
    },
  };
}

test('whatever people do, in whatever order: what is kept and what is told is what the model says', {
  timeout: 120_000,
}, async () => {
  const steps = [
    ...[presses('sign-up'), presses('sign-up'), presses('sign-up'), presses('withdraw'), presses('accept-seat')],
    ...[presses('decline-seat'), passing, resizes, moves, keepsSeats, handsOver, cancels],
    ...[goesForGood('network.confirm-leave'), goesForGood('network.confirm-erase')],
  ].map((kind: fc.Arbitrary<Step>) => kind.map(asCommand));
  await fc.assert(
    fc.asyncProperty(
      fc.commands(steps, { maxCommands: 60, size: 'max' }),
      fc.integer({ min: 3, max: 5 }),
      fc.constantFrom(1, 2, noLimit),
      async (commands, capacity, limit) => {
        const life = await begin(capacity, limit);
        await fc.asyncModelRun(() => ({ model: openRoom(capacity, limit, 24), real: life }), commands);
      },
    ),
    { numRuns: 10, endOnFailure: true },
  );
});
