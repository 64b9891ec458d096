import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { readRound } from '../../../src/matching/planning/record.ts';
import { dropOut, waitForMatch } from '../../../src/matching/pool/service.ts';
import { verifyRound } from '../../../src/matching/solving/verify-round.ts';
import { eraseMember } from '../../../src/network/erase.ts';
import { openTestCore } from '../../support/core.ts';
import { crowd, doDue, pairsIn, readMatches, round } from '../round-stage.ts';

/** So few that the rules leave them little choice. */
const count = 6;
const who = fc.nat(count - 1);
/** What may happen between two rounds. */
const event = fc.oneof(
  fc.record({ does: fc.constant('drop-out' as const), who }),
  fc.record({ does: fc.constant('ask-again' as const), who }),
  fc.record({ does: fc.constant('sit-out' as const), who }),
  fc.record({ does: fc.constant('erase' as const), who }),
  fc.record({ does: fc.constant('avoid' as const), who, other: who }),
  fc.record({ does: fc.constant('answer' as const), who, outcome: fc.constantFrom('useful', 'not-met', 'no-show') }),
);
type Event = typeof event extends fc.Arbitrary<infer One> ? One : never;

const network = fc.record({
  councils: fc.integer({ min: 1, max: count }),
  size: fc.constantFrom(2 as const, 2 as const, 3 as const, 4 as const),
  coolDown: fc.integer({ min: 0, max: 3 }),
  between: fc.array(fc.array(event, { maxLength: 4 }), { minLength: 3, maxLength: 5 }),
});

test('every rule holds in every round, whatever has happened, and a round published twice is one round', async () => {
  const stage = await openTestCore();
  const { core } = stage;
  await fc.assert(
    fc.asyncProperty(network, async ({ councils, size, coolDown, between }) => {
      await core.db.deleteFrom('rounds').execute();
      for (const table of ['members', 'councils', 'agenda', 'deliveries', 'past_matches'] as const)
        await core.db.deleteFrom(table).execute();
      const rules = { group_size: size, match_weights: JSON.stringify({ coolDownRounds: coolDown }) };
      await core.db.updateTable('network').set(rules).execute();
      const people = await crowd(core, count, councils);
      for (const [index, events] of between.entries()) {
        const out = new Set(events.flatMap((one) => (one.does === 'sit-out' ? [people[one.who]] : [])));
        for (const one of events) await happen(core, people, one);
        await doDue(core);
        const number = index + 1;
        await expectRules(core, coolDown);
        await Promise.all([round(core, number), round(core, number)]);
        await expectRound(core, number, out, size);
        stage.clock.set(new Date(core.clock.now().getTime() + 7 * 86_400_000));
      }
    }),
    {
      numRuns: 12,
      examples: [
        // Three have three to meet, and begin again as soon as they may.
        [{ councils: 2, size: 2, coolDown: 3, between: [[], [], [], [], []] }],
        [
          {
            councils: 2,
            size: 2,
            coolDown: 0,
            between: [
              [
                { does: 'avoid', who: 0, other: 1 },
                { does: 'avoid', who: 0, other: 3 },
              ],
              [],
              [],
            ],
          },
        ],
      ],
    },
  );
  await stage.close();
});

async function happen(core: Core, people: readonly string[], one: Event): Promise<void> {
  const id = people[one.who] ?? '';
  const there = await core.db.selectFrom('members').select('id').where('id', '=', id).executeTakeFirst();
  if (there === undefined) return;
  await core.db.transaction().execute(async (tx) => {
    switch (one.does) {
      case 'drop-out':
        return await dropOut(core, tx, id);
      case 'ask-again':
        return await waitForMatch(core, tx, id, 'rematch');
      case 'sit-out':
        await tx.updateTable('members').set({ skips_round: true }).where('id', '=', id).execute();
        return;
      case 'erase':
        await eraseMember(core, tx, id, 'asked');
        return;
      case 'answer':
        await tx.updateTable('match_members').set({ outcome: one.outcome }).where('member_id', '=', id).execute();
        return;
      case 'avoid': {
        const other = await tx
          .selectFrom('members')
          .select('id')
          .where('id', '=', people[one.other] ?? '')
          .executeTakeFirst();
        if (other === undefined || other.id === id) return;
        const said = { said: core.cipher.seal('x', 'x'), said_at: core.clock.now(), token: null };
        await tx
          .insertInto('do_not_match')
          .values({ id: crypto.randomUUID(), member_id: id, other_id: other.id, ...said })
          .execute();
      }
    }
  });
}

/** Of all matches there are: by council, and by how lately the same two were matched before. */
async function expectRules(core: Core, coolDown: number): Promise<void> {
  const matches = await readMatches(core);
  const members = await core.db.selectFrom('members').select(['id', 'council_id']).execute();
  const council = new Map(members.map((row) => [row.id, row.council_id]));
  const last = new Map<string, number>();
  for (const match of matches) {
    const all = [...match.people, ...match.dropped];
    expect(new Set(all.map((id) => council.get(id))).size).toBe(all.length);
    for (const pair of pairsIn([match])) {
      const before = last.get(pair);
      // Never the same two together in one round, however short the cool-down is.
      if (before !== undefined) expect(match.round - before).toBeGreaterThan(coolDown);
      if (before !== undefined) expect(match.round).toBeGreaterThan(before);
      last.set(pair, match.round);
    }
  }
}

async function expectRound(
  core: Core,
  number: number,
  out: ReadonlySet<string | undefined>,
  size: number,
): Promise<void> {
  const record = await readRound(core, number);
  if (record === undefined) throw new Error('The round is not kept');
  expect(verifyRound(record.input, record.certificate)).toMatchObject({
    isSound: true,
    ...(size === 2 ? { isBest: true } : {}),
  });
  const matches = (await readMatches(core)).filter((match) => match.round === number && match.origin !== 'pool');
  const matched = matches.flatMap(({ people }) => people);
  const rows = await core.db
    .selectFrom('left_out')
    .innerJoin('rounds', 'rounds.id', 'round_id')
    .select('member_id')
    .where('number', '=', number)
    .execute();
  const left = rows.map((row) => row.member_id);
  expect([...matched, ...left].toSorted()).toEqual(record.input.members.map(({ id }) => id).toSorted());
  for (const id of out) expect([...matched, ...left]).not.toContain(id);
  const avoided = await core.db.selectFrom('do_not_match').select(['member_id', 'other_id']).execute();
  const never = new Set(avoided.map((row) => [row.member_id, row.other_id].toSorted().join(' ')));
  for (const pair of pairsIn(matches)) expect(never.has(pair)).toBe(false);
  const waiting = await core.db.selectFrom('standing_pool').select('member_id').execute();
  expect(waiting.map((row) => row.member_id).toSorted()).toEqual(left.toSorted());
}
