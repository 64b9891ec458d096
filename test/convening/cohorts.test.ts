import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAudit } from '../../src/convening/audit.ts';
import type { Intent } from '../../src/intents.ts';
import type { Page } from '../../src/messages/message.ts';
import { erase } from '../../src/network/erase.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember, openTestCore, type TestCore } from '../support/core.ts';
import { addActive, ask, mustFind, textOf } from '../support/people.ts';

let stage: TestCore;
let convener: Member;

beforeEach(async () => {
  stage = await openTestCore();
  convener = await addActive(stage.core, { permission: 'convener', name: 'Cleo', cohort: '' });
});
afterEach(() => stage.close());

async function page(intent: Intent): Promise<Page> {
  const reply = await ask(stage.core, convener, intent);
  if (reply.kind !== 'page') throw new Error(`This is no page: ${textOf(reply)}`);
  return reply.page;
}

function intentOf({ cards }: Page, label: string): Intent {
  const buttons = cards.flatMap((card) => card.buttons);
  const found = buttons.find((button) => button.kind === 'does' && button.label === label);
  if (found?.kind !== 'does') throw new Error(`There is no button ${label}`);
  return found.intent;
}

const sets = async () => {
  const rows = await stage.core.db
    .selectFrom('learning_sets')
    .leftJoin('members', 'members.learning_set_id', 'learning_sets.id')
    .select(['learning_sets.name', ({ fn }) => fn.count<string>('members.id').as('people')])
    .groupBy('learning_sets.name')
    .orderBy('learning_sets.name')
    .execute();
  return rows.map(({ name, people }) => `${name}: ${people}`);
};

const cohortId = async (name: string) =>
  (await stage.core.db.selectFrom('cohorts').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;

test('a cohort is added and changed; its name is its own; its people stay when it graduates', async () => {
  const said = { kind: 'convening.cohort', name: 'Top 2026', programme: 'Top', year: '2026' } as const;
  await ask(stage.core, convener, { ...said, cohort: 'new' });
  const id = await cohortId('Top 2026');
  const again = await ask(stage.core, convener, { ...said, cohort: 'new', name: 'TOP  2026', year: '26' });
  expect(again).toMatchObject({ kind: 'invalid', problems: [{ field: 'name' }, { field: 'year' }] });
  await ask(stage.core, convener, { ...said, cohort: id, programme: 'Leading' });
  const member = await addActive(stage.core, { cohort: 'Top 2026' });
  await ask(stage.core, convener, { kind: 'convening.graduate', cohort: id });
  await ask(stage.core, convener, { kind: 'convening.graduate', cohort: id });
  expect(textOf(await ask(stage.core, convener, { kind: 'convening.cohorts' }))).toContain('2 March 2027');
  expect(await mustFind(stage.core, member.id)).toMatchObject({ status: 'active', cohort: 'Top 2026' });
  const { cards } = await page({ kind: 'convening.audit', before: '' });
  expect(cards).toHaveLength(1);
  expect(textOf(await ask(stage.core, convener, { kind: 'convening.audit', before: '' }))).toMatch(
    /midday on 2 March 2027: Cleo marked Top 2026 as graduated.*Cleo changed the cohort Top 2026 \(programme\).*Cleo added the cohort Top 2026/,
  );
});

test('a cohort is divided as it was shown, and only once that is confirmed', async () => {
  const councils = Array.from({ length: 25 }, (_, index) => `Council ${index % 15}`);
  for (const council of councils) await addMember(stage.core, { council, cohort: 'Top' });
  await addMember(stage.core, { cohort: 'Top', status: 'left' });
  const cohort = await cohortId('Top');
  const listed = await page({ kind: 'convening.learning-sets', cohort });
  const proposed = await page(intentOf(listed, 'Propose learning sets'));
  expect(JSON.stringify(proposed)).toContain('2 learning sets of 25 people');
  expect(await sets()).toEqual([]);
  const others = await page(intentOf(proposed, 'Propose others'));
  expect(others.cards.slice(1)).not.toEqual(proposed.cards.slice(1));
  await ask(stage.core, convener, intentOf(proposed, 'Use these'));
  expect(await sets()).toEqual(['Learning set 1: 13', 'Learning set 2: 12']);
  const stored = await page({ kind: 'convening.learning-sets', cohort });
  expect(stored.cards.slice(1)).toEqual(proposed.cards.slice(1));

  // Somebody comes: what was shown before is not what it would be now.
  await addMember(stage.core, { cohort: 'Top', council: 'Late' });
  const late = await ask(stage.core, convener, intentOf(others, 'Use these'));
  expect(textOf(late)).toContain('Nothing was changed');
  expect(await sets()).toEqual(['Learning set 1: 13', 'Learning set 2: 12']);
  const anew = await page(intentOf(stored, 'Propose learning sets'));
  expect(JSON.stringify(anew)).toContain('The 2 learning sets of this cohort will be replaced.');
  await ask(stage.core, convener, intentOf(anew, 'Use these'));
  expect(await sets()).toEqual(['Learning set 1: 13', 'Learning set 2: 13']);
});

test('a number that cannot be divided into 12 to 15 is said to be one', async () => {
  for (let index = 0; index < 17; index += 1) await addMember(stage.core, { cohort: 'Top' });
  const proposed = await page({ kind: 'convening.open-divide', cohort: await cohortId('Top'), seed: '1' });
  expect(JSON.stringify(proposed)).toContain('17 people cannot be divided into sets of 12 to 15.');
});

test('the record tells who did what, the newest first and fifty at a time, and forgets who was erased', async () => {
  const other = await addActive(stage.core, { permission: 'convener', name: 'Olu Gone' });
  await stage.core.db.transaction().execute(async (tx) => {
    const act = { action: 'rhythm.changed', subject: '', detail: {} } as const;
    for (let index = 0; index < 60; index += 1) {
      await writeAudit(tx, { by: 'operator', actorId: null, ...act }, stage.clock.now());
    }
    await writeAudit(tx, { by: 'convener', actorId: other.id, ...act }, stage.clock.now());
    await writeAudit(
      tx,
      { by: 'convener', actorId: convener.id, ...act, action: 'joining.approved', subject: other.id },
      stage.clock.now(),
    );
  });
  const newest = await page({ kind: 'convening.audit', before: '' });
  const lines = ({ body }: Page) => body.flatMap((block) => (block.kind === 'list' ? block.items : []));
  expect(lines(newest)).toHaveLength(50);
  expect(lines(newest)[0]).toContain('Cleo let Olu Gone join');
  const older = await page(intentOf(newest, 'See older'));
  expect(lines(older)).toHaveLength(12);
  expect(JSON.stringify(older)).not.toContain('See older');
  await erase(stage.core, other);
  const after = JSON.stringify(await page({ kind: 'convening.audit', before: '' }));
  expect(after).toContain('Someone who was erased changed when prompts and rounds come');
  expect(after).not.toContain('Olu');
});
