import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import { endOffers, offerSeats } from '../../src/conversations/seating.ts';
import { lockConversation } from '../../src/conversations/seats.ts';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import {
  addPeople,
  type ConversationStage,
  factOf,
  openConversations,
  propose,
  signUp,
} from '../support/conversations.ts';
import { addActive, ask, textOf } from '../support/people.ts';
import {
  cardIn,
  change,
  labels,
  lastLetter,
  line,
  openFull,
  paragraphs,
  press,
  settleNow,
  told,
} from './seats-stage.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let people: readonly Member[];
let a: Member, b: Member, c: Member, d: Member, e: Member;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host } = stage);
  people = await addPeople(core, 6);
  [a = host, b = host, c = host, d = host, e = host] = people;
});
afterEach(() => stage.close());

const five = () => [a, b, c, d, e];
const offered = 'A seat came free: “Making room”. We keep it for you until midday on Wednesday 3 March.';
const ended = 'The seat we kept for you has gone to others: “Making room”.';

test('a freed seat is offered to whoever is next, until tomorrow, and nobody else is told; it counts as taken', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  expect(told(stage, people)).toEqual([`Person 3: ${offered}`]);
  expect(labels(lastLetter(stage, d))).toEqual(['Take the seat', 'Let it go']);
  expect(paragraphs(lastLetter(stage, d))).toContain('A seat is kept for you until midday on Wednesday 3 March.');
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 3 offered', 'Person 4 waiting']);

  const [, , , , , newcomer = host] = people;
  const card = cardIn(await signUp(core, newcomer, id));
  expect(factOf(card, 'Seats')).toBe('Full, with 2 waiting');
  expect(paragraphs(card)).toContain('You are number 2 on the waiting list. We will tell you if a seat comes free.');
});

test('they take it, and pressing again changes nothing', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  for (const _ of [1, 2]) {
    const card = cardIn(await press(core, d, id, 'accept-seat'));
    expect(card.summary).toMatch(/^You have a seat: /);
    expect(labels(card)).toEqual(['Add to your calendar', 'Give up my seat']);
  }
  // Their older card may still say so; it takes no seat away.
  expect(cardIn(await press(core, d, id, 'decline-seat')).summary).toMatch(/^You have a seat: /);
  stage.clock.set(new Date('2027-03-05T12:00:00Z'));
  await settleNow(stage);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 3 seated', 'Person 4 waiting']);
  expect(told(stage, people)).toEqual([]);
});

test('they let it go: the next is asked, and they are told nothing more; pressing again is answered kindly', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  const card = cardIn(await press(core, d, id, 'decline-seat'));
  expect(card.summary).toBe('You have let the seat go: “Making room”.');
  await settleNow(stage);
  expect(told(stage, people)).toEqual([`Person 4: ${offered}`]);
  for (const again of ['decline-seat', 'accept-seat'] as const) {
    const late = cardIn(await press(core, d, id, again));
    expect(paragraphs(late)[0]).toBe('That offer has ended. If you still want to come you can join again.');
    expect(labels(late)).toEqual(['Join the waiting list']);
  }
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 4 offered']);
});

test('time passes: they are off the list and told once, with a button to join again, and the next is asked', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  stage.web.letters.length = 0;
  stage.clock.set(new Date('2027-03-03T11:59:59Z'));
  await settleNow(stage);
  expect(told(stage, people)).toEqual([]);

  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'conversations.offer-ends');
  const { id: job } = await due.where('done_at', 'is', null).executeTakeFirstOrThrow();
  expect([await fallDue(core, job), await fallDue(core, job)]).toEqual([true, false]);
  await core.db.updateTable('agenda').set({ done_at: null }).where('id', '=', job).execute();
  expect(await fallDue(core, job)).toBe(true);
  await settleNow(stage);

  expect(told(stage, people)).toEqual([
    `Person 3: ${ended}`,
    'Person 4: A seat came free: “Making room”. We keep it for you until midday on Thursday 4 March.',
  ]);
  expect(labels(lastLetter(stage, d))).toEqual(['Join the waiting list']);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 4 offered']);

  expect(paragraphs(cardIn(await press(core, d, id, 'accept-seat')))[0]).toMatch(/^That offer has ended\./);
  await signUp(core, d, id);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 4 offered', 'Person 3 waiting']);
  const again = cardIn(await press(core, d, id, 'accept-seat'));
  expect(paragraphs(again)[0]).toBe('That offer has ended.');
  expect(again.body).toContainEqual(expect.objectContaining({ text: expect.stringContaining('You are number 1') }));
});

test('whoever answers late, before we noticed, is told so by the answer alone, and the next has the offer', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  stage.web.letters.length = 0;
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  expect(paragraphs(cardIn(await press(core, d, id, 'accept-seat')))[0]).toMatch(/^That offer has ended\./);
  await settleNow(stage);
  expect(told(stage, people).map((words) => words.slice(0, 24))).toEqual(['Person 4: A seat came fr']);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 4 offered']);
});

test('who let it pass and signs up again in the same breath stands last, and can be asked again', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  stage.web.letters.length = 0;
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await signUp(core, d, id);
  await press(core, e, id, 'decline-seat');
  await settleNow(stage);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 3 offered']);
  expect(told(stage, people).filter((words) => words.startsWith('Person 3: A seat came free'))).toHaveLength(1);
});

test('who is back on the list before we could say that the offer has ended is not told so any more', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  stage.web.letters.length = 0;
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await press(core, b, id, 'withdraw');
  await signUp(core, d, id);
  await settleNow(stage);
  expect(told(stage, [d]).filter((words) => words.startsWith('Person 3'))).toEqual([]);
});

test('an offer that ends at the moment it is cancelled ends for nobody: they are told that it is cancelled', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' });
  stage.clock.set(new Date('2027-03-03T12:00:00Z'));
  await core.db.transaction().execute((tx) => endOffers(core, tx, id));
  const rows = core.db.selectFrom('deliveries').select('id').where('kind', '=', 'conversations.offer-ended');
  expect(await rows.execute()).toEqual([]);
  expect(await line(core, id)).toContain('Person 3 offered');
});

test('where nobody waits, a seat is free for all', async () => {
  const id = await openFull(stage, [a, b, c, d]);
  await press(core, a, id, 'withdraw');
  await press(core, d, id, 'decline-seat');
  expect(cardIn(await signUp(core, e, id)).summary).toMatch(/^You have a seat: /);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 4 seated']);
});

test('within the hour before it begins a freed seat is given outright', async () => {
  const id = await openFull(stage, five());
  stage.clock.set(new Date('2027-03-16T09:00:00Z'));
  await settleNow(stage);
  stage.web.letters.length = 0;
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  expect(told(stage, people)).toEqual(['Person 3: A seat came free and it is yours: “Making room”.']);
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 3 seated', 'Person 4 waiting']);
});

test('more seats go outright to those who wait, in order; what was offered stays offered', async () => {
  const id = await openFull(stage, people);
  await press(core, a, id, 'withdraw');
  await settleNow(stage);
  stage.web.letters.length = 0;
  await change(core, id, { capacity: 4 });
  await settleNow(stage);
  expect(told(stage, people)).toEqual(['Person 4: A seat came free and it is yours: “Making room”.']);
  expect(await line(core, id)).toEqual([
    'Person 1 seated',
    'Person 2 seated',
    'Person 3 offered',
    'Person 4 seated',
    'Person 5 waiting',
  ]);
});

test('moved to sooner, an offer ends sooner, and ends by itself; moved to within the hour, it becomes a seat', async () => {
  const id = await openFull(stage, five());
  await press(core, a, id, 'withdraw');
  await change(core, id, { starts_at: new Date('2027-03-02T15:00:00Z') });
  expect(await offers(id)).toEqual([new Date('2027-03-02T14:00:00Z')]);
  const due = core.db.selectFrom('agenda').select('due_at').where('kind', '=', 'conversations.offer-ends');
  expect(await due.execute()).toContainEqual({ due_at: new Date('2027-03-02T14:00:00Z') });
  await change(core, id, { starts_at: new Date('2027-03-02T12:40:00Z') });
  expect(await line(core, id)).toEqual(['Person 1 seated', 'Person 2 seated', 'Person 3 seated', 'Person 4 waiting']);
});

async function offers(id: string): Promise<readonly (Date | null)[]> {
  const rows = core.db.selectFrom('seats').select('offered_until').where('conversation_id', '=', id);
  return (await rows.where('state', '=', 'offered').execute()).map((row) => row.offered_until);
}

test('a council that has its seats: its people keep their place, and others pass by right', async () => {
  const council = 'Kirklees Council';
  const [one, two, three] = [
    await addActive(core, { name: 'Kay One', council }),
    await addActive(core, { name: 'Kay Two', council }),
    await addActive(core, { name: 'Kay Three', council }),
  ];
  const id = await openFull(stage, [one, two], { per_council: 2 });
  const listed = textOf(await ask(core, three, { kind: 'conversations.list' }));
  expect(listed).toContain('Your council has 2 seats already. You can join the waiting list.');
  expect(listed).toContain('Join the waiting list');
  const card = cardIn(await signUp(core, three, id));
  expect(paragraphs(card).at(-1)).toBe(
    'Your council has 2 seats already. You are number 1 on the waiting list. We will tell you if a seat comes free.',
  );
  expect([factOf(card, 'Each council'), factOf(card, 'Seats')]).toEqual([
    'Up to 2 seats',
    '1 of 3 left, with 1 waiting',
  ]);
  expect(cardIn(await signUp(core, a, id)).summary).toMatch(/^You have a seat: /);
  expect(paragraphs(cardIn(await signUp(core, b, id))).at(-1)).toMatch(/^You are number 2 on the waiting list/);

  // A seat of others goes past Kay Three to Person 1; one of Kirklees goes to Kay Three.
  await press(core, a, id, 'withdraw');
  expect(await line(core, id)).toEqual(['Kay One seated', 'Kay Two seated', 'Kay Three waiting', 'Person 1 offered']);
  await press(core, one, id, 'withdraw');
  expect(await line(core, id)).toEqual(['Kay Two seated', 'Kay Three offered', 'Person 1 offered']);
});

test('a greater limit for each council lets those in who waited for it', async () => {
  const council = 'Kirklees Council';
  const [one, two] = [
    await addActive(core, { name: 'Kay One', council }),
    await addActive(core, { name: 'Kay Two', council }),
  ];
  const id = await openFull(stage, [one, two, a], { per_council: 1 });
  expect(await line(core, id)).toEqual(['Kay One seated', 'Kay Two waiting', 'Person 0 seated']);
  await change(core, id, { per_council: null });
  await settleNow(stage);
  expect(await line(core, id)).toEqual(['Kay One seated', 'Kay Two seated', 'Person 0 seated']);
  expect(told(stage, [two])).toEqual(['Kay Two: A seat came free and it is yours: “Making room”.']);
});

test('one that is for others says whom it is for, on the card and to who presses all the same', async () => {
  const chief = await addActive(core, { name: 'Chi', level: 'chief executive', council: 'Kirklees Council' });
  const id = await propose(core, host);
  const only = { for_level: 'chief executive', chatham_house: true, link: '', place: 'Town Hall' } as const;
  await core.db.updateTable('conversations').set(only).where('id', '=', id).execute();
  expect(textOf(await signUp(core, a, id))).toContain('That conversation is for others: Chief executives.');
  const convener = await addActive(core, { name: 'Con', permission: 'convener', council: 'Kirklees Council' });
  const listed = textOf(await ask(core, convener, { kind: 'conversations.list' }));
  expect(listed).toContain('This conversation is for others: Chief executives.');
  expect(listed).not.toContain('Sign up');
  const card = cardIn(await signUp(core, chief, id));
  expect(['For', 'Place', 'Chatham House Rule'].map((label) => factOf(card, label))).toEqual([
    'Chief executives',
    'Town Hall',
    'You may use what you hear, but not say who said it',
  ]);
  const cohort = core.db.selectFrom('cohorts').select('id').where('name', '=', 'Programme 2026');
  const { id: cohortId } = await cohort.executeTakeFirstOrThrow();
  const forCohort = { for_level: null, for_cohort_id: cohortId } as const;
  await core.db.updateTable('conversations').set(forCohort).where('id', '=', id).execute();
  const outside = await addActive(core, { name: 'Out', cohort: 'Programme 2027', council: 'Kirklees Council' });
  expect(textOf(await signUp(core, outside, id))).toContain('That conversation is for others: Programme 2026.');
  expect(factOf(cardIn(await signUp(core, a, id)), 'For')).toBe('Programme 2026');
  // Whoever is in stays in, and hears so, whatever they are by now.
  await core.db.updateTable('conversations').set(only).where('id', '=', id).execute();
  expect(cardIn(await signUp(core, a, id)).summary).toMatch(/^You have a seat: /);
});

test('who is paused may sign up; who hosts it has a place already; one that was cancelled or has begun says so', async () => {
  const id = await propose(core, host);
  const until = new Date('2027-04-01T00:00:00Z');
  await core.db.updateTable('members').set({ conversations_paused_until: until }).where('id', '=', a.id).execute();
  expect(cardIn(await signUp(core, a, id)).summary).toMatch(/^You have a seat: /);
  expect(textOf(await signUp(core, host, id))).toContain('You are hosting this conversation');
  await ask(core, host, { kind: 'conversations.cancel', conversation: id, reason: '' });
  for (const what of ['sign-up', 'accept-seat', 'decline-seat', 'withdraw'] as const) {
    expect(textOf(await press(core, a, id, what))).toContain('That conversation has been cancelled.');
  }
});

test('seats kept for people who waited elsewhere: in order, as far as they go, and not for the host or who has left', async () => {
  const id = await propose(core, host);
  await ask(core, b, { kind: 'network.confirm-leave' });
  await signUp(core, e, id);
  await settleNow(stage);
  stage.web.letters.length = 0;
  await core.db.transaction().execute(async (tx) => {
    const conversation = await lockConversation(tx, id);
    if (conversation === undefined) throw new Error('It is gone');
    await offerSeats(
      core,
      tx,
      conversation,
      [d, host, b, a, c].map((member) => member.id),
    );
  });
  await settleNow(stage);
  const second =
    'There is a second conversation on “Making room”, 10am to 11am on Tuesday 16 March. We keep a seat for you';
  const until = `${second} until midday on Wednesday 3 March.`;
  expect(told(stage, people)).toEqual([`Person 0: ${until}`, `Person 3: ${until}`]);
  expect(await line(core, id)).toEqual(['Person 4 seated', 'Person 3 offered', 'Person 0 offered']);
});

test('homes of those whose position changes are drawn anew, and of nobody else', async () => {
  const id = await openFull(stage, people);
  await core.db
    .updateTable('accounts')
    .set({ address: JSON.stringify({ home: true }) })
    .execute();
  await core.db.deleteFrom('deliveries').where('kind', '=', 'network.home').execute();
  await press(core, d, id, 'withdraw');
  const rows = await core.db.selectFrom('deliveries').select('member_id').where('kind', '=', 'network.home').execute();
  const changed = new Set(rows.map((row) => people.find((member) => member.id === row.member_id)?.name));
  expect([...changed].toSorted()).toEqual(['Person 3', 'Person 4', 'Person 5']);
});

test('seats from before there were offers go on: who has one keeps it, and who waits is asked in order', async () => {
  const id = await propose(core, host);
  for (const [index, member] of [a, b, c, d].entries()) {
    const state = index < 3 ? 'seated' : 'waiting';
    const row = { conversation_id: id, member_id: member.id, state, signed_up_at: core.clock.now() } as const;
    await core.db.insertInto('seats').values(row).execute();
  }
  await press(core, b, id, 'withdraw');
  expect(await line(core, id)).toEqual(['Person 0 seated', 'Person 2 seated', 'Person 3 offered']);
});
