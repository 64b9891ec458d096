import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Core } from '../../../src/core.ts';
import { importRoster, operator } from '../../../src/network/import.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember } from '../../support/core.ts';
import { ask, mustFind } from '../../support/people.ts';
import { rowOf } from '../../support/rosters.ts';
import { type MatchStage, openMatchStage } from '../match-stage.ts';
import { passTo, planRounds, postedOf, readMatches, round } from '../round-stage.ts';

/* Between two rounds somebody comes to be of another council: by the roster, or by their own word. */

interface Council extends MatchStage {
  readonly asha: Member;
  readonly bo: Member;
  readonly outsider: Member;
}

let stage: Council;

/** Asha and Bo are matched, and one is of a council that takes no part. */
beforeEach(async () => {
  const opened = await openMatchStage();
  const { core, joins } = opened;
  await planRounds(core);
  const asha = await joins('Asha', { council: 'Leeds' });
  const bo = await joins('Bo', { council: 'York' });
  await addMember(core, { council: 'Hull' });
  await core.db.updateTable('councils').set({ consent: 'withdrawn' }).where('name', '=', 'Hull').execute();
  const outsider = await joins('Odo', { council: 'Hull' });
  stage = { ...opened, asha, bo, outsider };
  await passTo(stage, '2027-03-09T10:30:00Z');
});
afterEach(() => stage.close());

async function byRoster(core: Core, { name, email }: Member, council: string): Promise<void> {
  const options = { includeErased: false, importer: operator, agreed: () => true };
  await importRoster(core, [rowOf({ name, email, council })], options, () => undefined);
}

async function byThemselves(core: Core, member: Member, council: string): Promise<void> {
  const said = { role: 'Director of Place', level: 'director', newly: 'no' } as const;
  await ask(core, await mustFind(core, member.id), { kind: 'joining.about', council, ...said });
}

const ways = [
  ['by the roster', byRoster],
  ['by their own word', byThemselves],
] as const;

test.each(ways)('whoever comes %s to a council that takes part waits for a match from then on', async (_, move) => {
  const { core, outsider } = stage;
  expect(await stage.waiting()).toEqual([]);
  await move(core, outsider, 'York');
  await stage.settle();
  expect(await mustFind(core, outsider.id)).toMatchObject({ council: 'York' });
  expect(await stage.waiting()).toEqual(['Odo']);
});

test('whoever goes by the roster to a council that takes no part is out of their match, and of the pool', async () => {
  const { core, asha, bo } = stage;
  await byRoster(core, asha, 'Hull');
  await stage.settle();
  expect(await readMatches(core)).toMatchObject([{ hasEnded: true, dropped: [asha.id] }]);
  expect(await postedOf(core, 'matching.partner-gone')).toEqual([bo.id]);
  expect(await stage.waiting()).toEqual(['Bo']);
  await byRoster(core, bo, 'Hull');
  await stage.settle();
  expect(await stage.waiting()).toEqual([]);
});

test('a roster that moves nobody to another council, or between two that take part, makes nobody wait', async () => {
  const { core, asha, bo, outsider } = stage;
  await core.db.updateTable('matches').set({ ended_at: core.clock.now() }).execute();
  await byRoster(core, asha, 'Bath');
  await stage.settle();
  await byRoster(core, bo, 'York');
  await stage.settle();
  await byRoster(core, outsider, 'Hull');
  await stage.settle();
  expect(await stage.waiting()).toEqual([]);
});

test.each(ways)(
  'a match stands though one of it comes %s to the other’s council; the next is with somebody else',
  async (_, move) => {
    const { core, asha, bo } = stage;
    const agreed = { agreed_at: new Date('2027-03-12T10:00:00Z') };
    await core.db.updateTable('matches').set(agreed).execute();
    await move(core, asha, 'York');
    await stage.settle();
    expect(await readMatches(core)).toMatchObject([{ hasEnded: false, people: [asha.id, bo.id].toSorted() }]);
    expect(await postedOf(core, 'matching.partner-gone')).toEqual([]);
    expect(await core.db.selectFrom('matches').select('agreed_at').execute()).toEqual([agreed]);
    await core.db
      .updateTable('network')
      .set({ match_weights: JSON.stringify({ coolDownRounds: 0 }) })
      .execute();
    await round(core, 2);
    expect((await readMatches(core)).filter(({ round: number }) => number === 2)).toEqual([]);
  },
);
