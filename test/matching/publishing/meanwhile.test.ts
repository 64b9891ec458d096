import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fallDue } from '../../../src/agenda/fall-due.ts';
import type { Core } from '../../../src/core.ts';
import { runRound } from '../../../src/matching/publishing/service.ts';
import { importRoster, operator } from '../../../src/network/import.ts';
import type { Member } from '../../../src/network/model.ts';
import type { Transaction } from '../../../src/store/database.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { together, untilWaiting } from '../../support/lock-waiters.ts';
import { pauseUntil } from '../../support/pauses.ts';
import { addActive, ask, recordingOutbound, textOf } from '../../support/people.ts';
import { rowOf } from '../../support/rosters.ts';
import { planRounds, readMatches } from '../round-stage.ts';

/* While a round is being made something changes that decides it: it comes before the round or after it, never in between. */

let stage: TestCore;
let core: Core;
let convener: Member;
let asha: Member;
let bo: Member;

/** Asha and Bo are the only ones who take part. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  await planRounds(core);
  convener = await addActive(core, { name: 'Cleo', council: 'Hull', permission: 'convener' });
  await ask(core, convener, pauseUntil('2028-01-01'));
  asha = await addActive(core, { name: 'Asha', council: 'Leeds' });
  bo = await addActive(core, { name: 'Bo', council: 'York' });
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', recordingOutbound()]]));
}

async function waiting(): Promise<readonly string[]> {
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

async function roundsThere(): Promise<number> {
  return (await core.db.selectFrom('rounds').select('id').execute()).length;
}

async function withdraw({ councilId: council }: Member): Promise<void> {
  const row = core.db.selectFrom('councils').select(['name', 'type', 'nation', 'region']).where('id', '=', council);
  const answers = { ...(await row.executeTakeFirstOrThrow()), domains: '', consent: 'withdrawn', council };
  await ask(core, convener, { kind: 'convening.council', ...answers });
}

async function keepApart(): Promise<void> {
  const relation = { relation: 'merger', rule: 'apart' } as const;
  const councils = { council: asha.councilId, other: bo.council };
  const said = await ask(core, convener, { kind: 'convening.relation', ...councils, ...relation });
  expect(textOf(said)).toContain('apart');
}

async function moveByRoster(): Promise<void> {
  const row = rowOf({ name: asha.name, email: asha.email, council: bo.council });
  const options = { includeErased: false, importer: operator, agreed: () => true };
  await importRoster(core, [row], options, () => undefined);
}

const run = (number: number) => core.db.transaction().execute(async (tx) => await runRound(core, tx, number));
const publish = async (tx: Transaction) => await runRound(core, tx, 1);

type Fate = 'stands' | 'ended' | 'gone';

test.each<readonly [string, () => Promise<unknown>, Fate]>([
  ['pauses', () => ask(core, asha, pauseUntil('2027-03-30')), 'ended'],
  ['leaves', () => ask(core, asha, { kind: 'network.confirm-leave' }), 'ended'],
  ['is erased', () => ask(core, asha, { kind: 'network.confirm-erase' }), 'gone'],
  [
    'asks never to meet the other',
    () => ask(core, asha, { kind: 'membership.avoid', who: 'bo@york.example' }),
    'ended',
  ],
  ['is moved by the roster to the other’s council', moveByRoster, 'stands'],
  ['is of a council that is kept apart from the other’s', keepApart, 'stands'],
  ['is of a council that withdraws', () => withdraw(asha), 'ended'],
])('somebody %s while a round is being published: that comes after it, whole', async (_, change, fate) => {
  await core.db.updateTable('members').set({ email: 'bo@york.example' }).where('id', '=', bo.id).execute();
  let seen = 0;
  const after = async () => {
    await change();
    seen = await roundsThere();
  };
  expect(await together(core, publish, [after])).toMatchObject([{ status: 'fulfilled' }]);
  expect(seen).toBe(1);
  await settle();
  const matches = await readMatches(core);
  expect(matches.map(({ hasEnded }) => (hasEnded ? 'ended' : 'stands'))).toEqual(fate === 'gone' ? [] : [fate]);
});

test('two councils that are being kept apart, and one that is withdrawing, are waited for by a round', async () => {
  await keepApart();
  const [relation] = await core.db.selectFrom('council_relations').selectAll().execute();
  if (relation === undefined) throw new Error('There is no relation');
  await core.db.updateTable('council_relations').set({ rule: 'together' }).execute();
  const hold = (tx: Transaction) => tx.selectFrom('council_relations').selectAll().forUpdate().execute();
  expect(await together(core, hold, [keepApart, () => run(1)])).toMatchObject([
    { status: 'fulfilled' },
    { status: 'fulfilled' },
  ]);
  expect([await readMatches(core), await waiting()]).toEqual([[], ['Asha', 'Bo']]);
  await core.db.deleteFrom('council_relations').execute();
  const holdCouncils = (tx: Transaction) => tx.selectFrom('councils').selectAll().forUpdate().execute();
  await together(core, holdCouncils, [() => withdraw(bo), () => run(2)]);
  expect(await readMatches(core)).toEqual([]);
});

async function joining(...councils: readonly string[]): Promise<readonly Member[]> {
  const joined: Member[] = [];
  for (const council of councils) joined.push(await addActive(core, { council, name: council }));
  return joined;
}

function idsOf(members: readonly Member[]): readonly string[] {
  return members.map(({ id }) => id).toSorted();
}

async function poolMatches() {
  return (await readMatches(core)).filter(({ origin }) => origin === 'pool');
}

test.each([1, 2])(
  'who joins when round %i is made and nobody can see it yet is matched right after it',
  async (number) => {
    await joining('Ely', 'Fife');
    if (number === 2) await run(1);
    const late = await core.db.transaction().execute(async (tx) => {
      await runRound(core, tx, number);
      return await joining('Derby', 'Bath');
    });
    await settle();
    expect(await poolMatches()).toMatchObject([{ round: number, people: idsOf(late) }]);
  },
);

test('nobody who waits is matched in the last round while the next is being published', async () => {
  await joining('Ely', 'Fife');
  await run(1);
  let late: readonly Member[] = [];
  const publishWhileTheyJoin = async (tx: Transaction) => {
    await runRound(core, tx, 2);
    late = await joining('Derby', 'Bath');
  };
  const look = async () => {
    const due = core.db.selectFrom('agenda').select('id').where('kind', '=', 'matching.pool');
    const { id } = await due.where('done_at', 'is', null).executeTakeFirstOrThrow();
    await fallDue(core, id);
  };
  expect(await together(core, publishWhileTheyJoin, [look])).toMatchObject([{ status: 'fulfilled' }]);
  await settle();
  expect(await poolMatches()).toMatchObject([{ round: 2, people: idsOf(late) }]);
});

test('who joins while a round waits for somebody else is in it, and held: what they do then comes after it', async () => {
  const running: Promise<unknown>[] = [];
  let late: readonly Member[] = [];
  await core.db.transaction().execute(async (end) => {
    // Where it is kept almost to its end.
    await sql`lock table round_locks in share mode`.execute(end);
    await core.db.transaction().execute(async (begin) => {
      await begin.selectFrom('members').select('id').where('id', '=', asha.id).forUpdate().execute();
      running.push(run(1));
      await untilWaiting(core, begin, 1, Promise.all(running));
      late = await joining('Derby', 'Bath');
    });
    await untilWaiting(core, end, 1, Promise.all(running));
    const pausing = Promise.all(late.map((member) => ask(core, member, pauseUntil('2027-03-30'))));
    running.push(pausing);
    await untilWaiting(core, end, 3, pausing);
  });
  await Promise.all(running);
  const matches = await readMatches(core);
  expect(matches.flatMap(({ people, dropped }) => [...people, ...dropped]).toSorted()).toEqual(
    idsOf([asha, bo, ...late]),
  );
  const standing = matches.filter(({ hasEnded }) => !hasEnded).flatMap(({ people }) => people);
  expect(standing.filter((id) => late.some((member) => member.id === id))).toEqual([]);
});
