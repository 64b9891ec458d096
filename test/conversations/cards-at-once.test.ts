import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { refreshCards, updateCards } from '../../src/conversations/cards.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { refreshDelayMs } from '../../src/store/outbox.ts';
import { type Chats, cardsOn, chats, giveAccount, press } from '../support/chats.ts';
import { addPeople, type ConversationStage, factOf, openConversations, propose } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { untilWaiting } from '../support/lock-waiters.ts';
import { ask } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let slack: Chats;
let teams: Chats;
let people: readonly Member[];

const outbounds = () => new Map([slack, teams].map((outbound) => [outbound.platform, outbound] as const));
const chatOf = (who: number) => (who % 2 === 0 ? slack : teams);

function later(ms: number): void {
  stage.clock.set(new Date(core.clock.now().getTime() + ms));
}

async function settle(): Promise<void> {
  await settleAll(core, outbounds());
  later(60_000);
  await settleAll(core, outbounds());
}

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host } = stage);
  slack = chats('slack');
  teams = chats('teams');
  people = await addPeople(core, 5);
  for (const [who, member] of people.entries()) await giveAccount(core, member, chatOf(who).platform);
});
afterEach(() => stage.close());

async function appointment(): Promise<{ readonly id: string; readonly done_at: Date | null }> {
  const row = core.db.selectFrom('agenda').select(['id', 'done_at']).where('kind', '=', 'conversations.cards');
  return await row.executeTakeFirstOrThrow();
}

async function updates(): Promise<number> {
  const rows = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'conversations.card-update');
  return (await rows.execute()).length;
}

const refresh = (id: string) => core.db.transaction().execute((tx) => refreshCards(tx, core.clock.now(), id));

test.each([
  ['stands on the agenda already', false],
  ['was done just before', true],
])('a change that is slow to commit is shown, where its turn %s and comes meanwhile', async (_, isDone) => {
  const id = await propose(core, host);
  await settle();
  await refresh(id);
  later(refreshDelayMs);
  const { id: due } = await appointment();
  if (isDone) await fallDue(core, due);
  const posted = await updates();
  await core.db.transaction().execute(async (tx) => {
    await tx.updateTable('conversations').set({ capacity: 4 }).where('id', '=', id).execute();
    await refreshCards(tx, core.clock.now(), id);
    later(refreshDelayMs);
    // Another connection, as a worker's: the change is not to be seen yet, so its turn must not be used up.
    expect(await fallDue(core, due)).toBe(false);
    expect(await updates()).toBe(posted);
  });
  expect(await fallDue(core, due)).toBe(true);
  await settle();
  expect(
    people.map((member, who) => factOf(cardsOn(chatOf(who), member.id, 'Making room')[0] ?? card, 'Seats')),
  ).toEqual(people.map(() => '4 of 4 left'));
});

const card = { summary: '', heading: '', body: [], buttons: [] };

test('a change that comes while the updates are being posted waits for that, and has another turn', async () => {
  const id = await propose(core, host);
  await settle();
  await refresh(id);
  const { id: due } = await appointment();
  let change: Promise<unknown> = Promise.resolve();
  // As in fallDue, which marks it done before it does it.
  await core.db.transaction().execute(async (tx) => {
    await tx.selectFrom('agenda').select('id').where('id', '=', due).forUpdate().execute();
    await tx.updateTable('agenda').set({ done_at: core.clock.now() }).where('id', '=', due).execute();
    await updateCards(tx, core.clock.now(), id);
    change = refresh(id);
    await untilWaiting(core, tx, 1, change);
  });
  await change;
  expect(await appointment()).toEqual({ id: due, done_at: null });
});

test('while one waits, another change writes nothing; there is one row, however often it is done', async () => {
  const id = await propose(core, host);
  await settle();
  const rows = () => core.db.selectFrom('agenda').selectAll().where('kind', '=', 'conversations.cards').execute();
  await refresh(id);
  const first = await rows();
  later(1_000);
  await refresh(id);
  expect(await rows()).toEqual(first);
  later(refreshDelayMs);
  await settle();
  await refresh(id);
  expect(await rows()).toMatchObject([{ id: first[0]?.id, done_at: null }]);
});

test('where an update waits for a member no other is posted, and it will show both changes', async () => {
  const id = await propose(core, host);
  await settle();
  for (let change = 1; change <= 3; change += 1) {
    await refresh(id);
    later(refreshDelayMs);
    expect(await fallDue(core, (await appointment()).id)).toBe(true);
    expect(await updates()).toBe(5);
  }
  // One that is being sent may have been composed before.
  await core.db
    .updateTable('deliveries')
    .set({ status: 'sending' })
    .where('kind', '=', 'conversations.card-update')
    .where('member_id', '=', people[0]?.id ?? '')
    .execute();
  await refresh(id);
  later(refreshDelayMs);
  await fallDue(core, (await appointment()).id);
  expect(await updates()).toBe(6);
});

test('somebody who is erased while the updates are being posted is erased, and the others’ are posted', async () => {
  const id = await propose(core, host);
  await settle();
  await refresh(id);
  later(refreshDelayMs);
  const { id: due } = await appointment();
  let doing: Promise<unknown> = Promise.resolve();
  await core.db.transaction().execute(async (tx) => {
    await tx
      .deleteFrom('members')
      .where('id', '=', people[2]?.id ?? '')
      .execute();
    doing = fallDue(core, due);
    await untilWaiting(core, tx, 1, doing);
  });
  expect(await doing).toBe(true);
  expect(await updates()).toBe(4);
});

type Step =
  | { readonly does: 'sign-up' | 'withdraw'; readonly who: number }
  | { readonly does: 'settle' | 'wait' | 'cancel' | 'begin' | 'throttle' | 'cut' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('sign-up' as const, 'withdraw'), who: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('settle' as const, 'wait', 'throttle', 'cut') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('cancel' as const, 'begin') }) },
);

test('whatever happens at the same time, what stands in each chat in the end is the truth', async () => {
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 6 }), async (bursts) => {
      round += 1;
      const start = new Date(core.clock.now().getTime() + 86_400_000);
      const at = { date: start.toISOString().slice(0, 10), time: '10:00' };
      const id = await propose(core, host, { ...at, title: `Round ${round}.` });
      for (const burst of bursts) await Promise.all(burst.map((each) => take(each, id)));
      for (const { outcomes } of [slack, teams]) outcomes.length = 0;
      for (let more = 0; more < 3; more += 1) await settle();
      for (const who of people.keys()) await expectTruth(id, who, `Round ${round}.`);
    }),
    {
      numRuns: 25,
      // A seat that is given up while somebody waits.
      examples: [
        [
          [
            [{ does: 'sign-up', who: 0 }],
            [1, 2, 3].map((who) => ({ does: 'sign-up' as const, who })),
            [{ does: 'withdraw', who: 0 }],
          ],
        ],
      ],
    },
  );
});

async function take(each: Step, conversation: string): Promise<unknown> {
  switch (each.does) {
    case 'sign-up':
    case 'withdraw':
      return await press(core, chatOf(each.who), people[each.who] ?? host, {
        kind: `conversations.${each.does}`,
        conversation,
      });
    case 'settle':
      return await settleAll(core, outbounds());
    case 'wait':
      return later(2_500);
    case 'throttle':
      return slack.outcomes.push({ kind: 'throttled', afterMs: 1000, reason: 'too many' });
    case 'cut':
      return teams.outcomes.push({ kind: 'later', afterMs: 1000, reason: 'cut' });
    case 'cancel':
      return await ask(core, host, { kind: 'conversations.cancel', conversation, reason: 'I am ill.' });
    case 'begin': {
      const row = core.db.selectFrom('conversations').select('starts_at').where('id', '=', conversation);
      return stage.clock.set((await row.executeTakeFirstOrThrow()).starts_at);
    }
  }
}

const ways = {
  seated: ['Add to your calendar', 'Give up my seat'],
  offered: ['Take the seat', 'Let it go'],
  waiting: ['Leave the waiting list'],
} as const;

async function expectTruth(id: string, who: number, title: string): Promise<void> {
  const [announced] = cardsOn(chatOf(who), people[who]?.id ?? '', title);
  const { starts_at: startsAt, cancelled_at: cancelledAt } = await core.db
    .selectFrom('conversations')
    .select(['starts_at', 'cancelled_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const isOpen = cancelledAt === null && startsAt > core.clock.now();
  if (announced === undefined) return expect(isOpen).toBe(false);
  if (cancelledAt !== null) return expect(announced.heading).toMatch(/^Cancelled: /);
  if (!isOpen) return expect(announced.summary).toContain('it has');
  const taken = await core.db.selectFrom('seats').selectAll().where('conversation_id', '=', id).execute();
  // A seat that is kept for somebody is taken, too.
  const held = taken.filter(({ state }) => state !== 'waiting').length;
  const full = taken.length === 3 ? 'Full' : `Full, with ${taken.length - 3} waiting`;
  expect(factOf(announced, 'Seats')).toBe(held === 3 ? full : `${3 - held} of 3 left`);
  const own = taken.find(({ member_id }) => member_id === people[who]?.id);
  const open = held === 3 ? 'Join the waiting list' : 'Sign up';
  expect(announced.buttons.map(({ label }) => label)).toEqual(own === undefined ? [open] : ways[own.state]);
}
