import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { importRoster, operator } from '../../../src/network/import.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { addActive, ask, mustFind, recordingOutbound } from '../../support/people.ts';
import { rowOf } from '../../support/rosters.ts';
import { passTo, planRounds, postedOf, readMatches, round } from '../round-stage.ts';

/* Between two rounds somebody comes to be of another council: by the roster, or by their own word. */

let stage: TestCore;
let core: Core;
let asha: Member;
let bo: Member;
let outsider: Member;

/** Asha and Bo are matched, and one is of a council that takes no part. */
beforeEach(async () => {
  stage = await openTestCore();
  core = stage.core;
  await planRounds(core);
  asha = await addActive(core, { name: 'Asha', council: 'Leeds' });
  bo = await addActive(core, { name: 'Bo', council: 'York' });
  await addMember(core, { council: 'Hull' });
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('name', '=', 'Hull').execute();
  outsider = await addActive(core, { name: 'Odo', council: 'Hull' });
  await passTo(stage, '2027-03-09T10:30:00Z');
});
afterEach(() => stage.close());

async function settle(): Promise<void> {
  await settleAll(core, new Map([['web', recordingOutbound()]]));
}

async function waiting(): Promise<readonly string[]> {
  const rows = core.db.selectFrom('standing_pool').innerJoin('people', 'people.id', 'member_id').select('people.name');
  return (await rows.orderBy('people.name').execute()).map(({ name }) => name);
}

async function byRoster({ name, email }: Member, council: string): Promise<void> {
  const options = { includeErased: false, importer: operator, agreed: () => true };
  await importRoster(core, [rowOf({ name, email, council })], options, () => undefined);
  await settle();
}

async function byThemselves(member: Member, council: string): Promise<void> {
  const said = { role: 'Director of Place', level: 'director', newly: 'no' } as const;
  await ask(core, await mustFind(core, member.id), { kind: 'joining.about', council, ...said });
  await settle();
}

const ways = [
  ['by the roster', byRoster],
  ['by their own word', byThemselves],
] as const;

test.each(ways)('whoever comes %s to a council that takes part waits for a match from then on', async (_, move) => {
  expect(await waiting()).toEqual([]);
  await move(outsider, 'York');
  expect(await mustFind(core, outsider.id)).toMatchObject({ council: 'York' });
  expect(await waiting()).toEqual(['Odo']);
});

test('whoever goes by the roster to a council that takes no part is out of their match, and of the pool', async () => {
  await byRoster(asha, 'Hull');
  expect(await readMatches(core)).toMatchObject([{ hasEnded: true, dropped: [asha.id] }]);
  expect(await postedOf(core, 'matching.partner-gone')).toEqual([bo.id]);
  expect(await waiting()).toEqual(['Bo']);
  await byRoster(bo, 'Hull');
  expect(await waiting()).toEqual([]);
});

test('a roster that moves nobody to another council, or between two that take part, makes nobody wait', async () => {
  await core.db.updateTable('matches').set({ ended_at: core.clock.now() }).execute();
  await byRoster(asha, 'Bath');
  await byRoster(bo, 'York');
  await byRoster(outsider, 'Hull');
  expect(await waiting()).toEqual([]);
});

test.each(ways)(
  'a match stands though one of it comes %s to the other’s council; the next is with somebody else',
  async (_, move) => {
    const agreed = { suggested_at: new Date('2027-03-12T10:00:00Z'), is_agreed: true };
    await core.db.updateTable('matches').set(agreed).execute();
    await move(asha, 'York');
    expect(await readMatches(core)).toMatchObject([{ hasEnded: false, people: [asha.id, bo.id].toSorted() }]);
    expect(await postedOf(core, 'matching.partner-gone')).toEqual([]);
    expect(await core.db.selectFrom('matches').select('is_agreed').execute()).toEqual([{ is_agreed: true }]);
    await core.db
      .updateTable('network')
      .set({ match_weights: JSON.stringify({ coolDownRounds: 0 }) })
      .execute();
    await round(core, 2);
    expect((await readMatches(core)).filter(({ round: number }) => number === 2)).toEqual([]);
  },
);
