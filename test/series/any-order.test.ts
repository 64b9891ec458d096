import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fallDue } from '../../src/agenda/fall-due.ts';
import type { Core } from '../../src/core.ts';
import { eraseMember } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { leave } from '../../src/network/service.ts';
import { findDue } from '../../src/store/agenda.ts';
import { openTestCore } from '../support/core.ts';
import { addActive, ask } from '../support/people.ts';
import { fortnightly, setSeries, slotsOf } from '../support/series.ts';

const theme = 'collective-leadership/inclusive-leadership';
const dayMs = 24 * 3_600_000;

/** What somebody does, or time; numbers are read as far as there are so many. */
const acts = [
  'suggest',
  'vote',
  'withdraw',
  'yes',
  'yes',
  'no',
  'no',
  'cancel',
  'day',
  'day',
  'week',
  'change',
] as const;
const ends = ['leave', 'erase', 'end'] as const;
const act = fc.record({
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...acts) },
    { weight: 1, arbitrary: fc.constantFrom(...ends) },
  ),
  who: fc.nat(5),
  which: fc.nat(3),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Two at a time are done at once. */
const story = fc.array(fc.tuple(act, act), { minLength: 12, maxLength: 25 });

test('whatever is done, in any order and two things at once: nothing dangles, and nobody waits for ever', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(story, async (given) => {
      const stage = await openTestCore();
      try {
        const { core } = stage;
        const convener = await addActive(core, { name: 'Carol', permission: 'convener' });
        const others = await Promise.all(
          [1, 2, 3, 4, 5].map((index) => addActive(core, { permission: index < 4 ? 'host' : 'member' })),
        );
        const people = [convener, ...others];
        await setSeries(core, convener, { everyWeeks: '1' });
        for (const pair of given) {
          await Promise.all(pair.map((one) => perform(core, stage.clock, people, one)));
          await fallAll(core);
          await checkAll(core);
        }
      } finally {
        await stage.close();
      }
    }),
    { numRuns: 8 },
  );
});

async function perform(
  core: Core,
  clock: { set(now: Date): void },
  people: readonly Member[],
  { kind, who, which }: Act,
): Promise<void> {
  const member = people[who];
  const [convener] = people;
  if (member === undefined || convener === undefined) return;
  const topics = await core.db.selectFrom('topics').selectAll().orderBy('suggested_at').orderBy('id').execute();
  const topic = topics.at(-1 - which)?.id;
  const slot = (await slotsOf(core)).filter(({ state }) => state !== 'open')[which]?.id;
  if (kind === 'suggest') {
    await ask(core, member, { kind: 'series.suggest-topic', title: `Topic ${topics.length}`, about: 'Why', theme });
  }
  if (kind === 'vote' && topic !== undefined) await ask(core, member, { kind: 'series.vote', topic });
  if (kind === 'withdraw' && topic !== undefined) await ask(core, member, { kind: 'series.withdraw-topic', topic });
  if (kind === 'yes' && slot !== undefined) await ask(core, member, { kind: 'series.say-yes', slot, theme });
  if (kind === 'no' && slot !== undefined) await ask(core, member, { kind: 'series.say-no', slot });
  if (kind === 'cancel') await cancelSome(core, convener, which);
  if (kind === 'day' || kind === 'week') {
    clock.set(new Date(core.clock.now().getTime() + (kind === 'day' ? 1 : 7) * dayMs));
    await fallAll(core);
  }
  if (kind === 'leave' && who > 0) await leave(core, member);
  if (kind === 'erase' && who > 0) {
    await core.db.transaction().execute((tx) => eraseMember(core, tx, member.id, 'asked'));
  }
  if (kind === 'change' || kind === 'end') await changeSome(core, convener, kind, which);
}

async function cancelSome(core: Core, convener: Member, which: number): Promise<void> {
  const rows = await core.db
    .selectFrom('conversations')
    .select('id')
    .where('cancelled_at', 'is', null)
    .orderBy('starts_at')
    .execute();
  const conversation = rows[which]?.id;
  if (conversation !== undefined) await ask(core, convener, { kind: 'conversations.cancel', conversation, reason: '' });
}

async function changeSome(core: Core, convener: Member, kind: 'change' | 'end', which: number): Promise<void> {
  const [series] = await core.db.selectFrom('series').select('id').where('ended_at', 'is', null).execute();
  if (series === undefined) return;
  if (kind === 'end') return void (await ask(core, convener, { kind: 'series.end-series', series: series.id }));
  await ask(core, convener, { ...fortnightly, series: series.id, everyWeeks: '1', weekday: String(which + 1) });
}

async function fallAll(core: Core): Promise<void> {
  for (;;) {
    const due = await findDue(core.db, core.clock.now(), 1000);
    if (due.length === 0) return;
    for (const id of due) await fallDue(core, id);
    // Somebody else does it at this moment.
    if ((await findDue(core.db, core.clock.now(), 1000)).some((id) => due.includes(id))) return;
  }
}

async function checkAll(core: Core): Promise<void> {
  const slots = await slotsOf(core);
  const asks = await core.db.selectFrom('host_asks').selectAll().where('answer', 'is', null).execute();
  const live = new Set(
    (await core.db.selectFrom('conversations').select('id').where('cancelled_at', 'is', null).execute()).map(
      ({ id }) => id,
    ),
  );
  const active = new Set(
    (await core.db.selectFrom('members').select('id').where('status', '=', 'active').execute()).map(({ id }) => id),
  );
  for (const slot of slots) {
    const asked = asks.filter(({ slot_id: id }) => id === slot.id);
    expect(asked).toHaveLength(slot.state === 'asking' ? 1 : 0);
    if (slot.state === 'asking') expect(slot.topic).not.toBeNull();
    if (slot.state === 'hosted') expect(live.has(slot.conversation ?? '')).toBe(true);
    else expect(slot.conversation).toBeNull();
    if (slot.state === 'open') expect(slot.topic).toBeNull();
  }
  for (const { member_id: id, until } of asks) expect(active.has(id) && until > core.clock.now()).toBe(true);
  const taken = slots
    .filter(({ state }) => state === 'asking' || state === 'hosted')
    .flatMap(({ topic }) => topic ?? []);
  expect(new Set(taken).size).toBe(taken.length);
  const due = await core.db
    .selectFrom('agenda')
    .select('subject')
    .where('kind', '=', 'series.ask-ends')
    .where('done_at', 'is', null)
    .execute();
  const pending = new Set(due.map(({ subject }) => subject));
  for (const { slot_id: id } of asks) expect(pending.has(id)).toBe(true);
}
