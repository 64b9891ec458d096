import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { Member } from '../../src/network/model.ts';
import { addChannel, type Channels } from '../support/channel.ts';
import { addPeople, type ConversationStage, factOf, openConversations, propose } from '../support/conversations.ts';
import { settleAll } from '../support/core.ts';
import { ask } from '../support/people.ts';

let stage: ConversationStage;
let core: Core;
let host: Member;
let slack: Channels;

beforeEach(async () => {
  stage = await openConversations();
  ({ core, host, slack } = stage);
});
afterEach(() => stage.close());

function later(ms: number): void {
  stage.clock.set(new Date(core.clock.now().getTime() + ms));
}

type Step =
  | { readonly does: 'sign-up' | 'withdraw'; readonly who: number }
  | { readonly does: 'settle' | 'wait' | 'cancel' | 'begin' | 'throttle' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('sign-up' as const, 'withdraw'), who: fc.nat(4) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('settle' as const, 'wait', 'throttle') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('cancel' as const, 'begin') }) },
);

test('whatever happens at the same time, what stands in the channel in the end is the truth', async () => {
  await addChannel(core, 'T1', 'C1');
  const people = await addPeople(core, 5);
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 6 }), async (bursts) => {
      round += 1;
      const start = new Date(core.clock.now().getTime() + 86_400_000);
      const at = { date: start.toISOString().slice(0, 10), time: '10:00' };
      const id = await propose(core, host, { ...at, title: `Round ${round}.` });
      for (const burst of bursts) await Promise.all(burst.map((each) => take(each, id, people)));
      slack.outcomes.length = 0;
      await stage.settle();
      await stage.settle();
      await expectTruth(id, `Round ${round}.`);
    }),
    { numRuns: 25 },
  );
});

async function take(each: Step, conversation: string, people: readonly Member[]): Promise<unknown> {
  const row = () => core.db.selectFrom('conversations').select('starts_at').where('id', '=', conversation);
  switch (each.does) {
    case 'sign-up':
    case 'withdraw':
      return await ask(core, people[each.who] ?? host, { kind: `conversations.${each.does}`, conversation });
    case 'settle':
      return await settleAll(core, stage.outbounds);
    case 'wait':
      return later(2_500);
    case 'throttle':
      return slack.outcomes.push({ kind: 'later', afterMs: 1000, reason: 'try again' });
    case 'cancel':
      return await ask(core, host, { kind: 'conversations.cancel', conversation, reason: 'I am ill.' });
    case 'begin':
      return stage.clock.set((await row().executeTakeFirstOrThrow()).starts_at);
  }
}

async function expectTruth(id: string, title: string): Promise<void> {
  const rows = await core.db.selectFrom('seats').select('state').where('conversation_id', '=', id).execute();
  const seated = rows.filter(({ state }) => state === 'seated').length;
  const full = rows.length === 3 ? 'Full' : `Full, with ${rows.length - 3} waiting`;
  const { starts_at: startsAt, cancelled_at: cancelledAt } = await core.db
    .selectFrom('conversations')
    .select(['starts_at', 'cancelled_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const cards = [...(slack.cards.get('C1')?.values() ?? [])];
  const stands = cards.filter(({ heading }) => heading.endsWith(title));
  expect(stands.length).toBeLessThanOrEqual(1);
  for (const card of stands) {
    if (cancelledAt !== null) expect(card.heading).toMatch(/^Cancelled: /);
    else if (startsAt <= core.clock.now()) expect(card.summary).toContain('it has');
    else expect(factOf(card, 'Seats')).toBe(seated === 3 ? full : `${3 - seated} of 3 left`);
  }
  // Nothing stands there only where it could never have been joined by the time the card's turn came.
  if (stands.length === 0) expect(cancelledAt !== null || startsAt <= core.clock.now()).toBe(true);
}
