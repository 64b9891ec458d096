import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addToRoster, createTeamsPerson, installed, type TeamsPerson, typed } from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** The tables in which anything of this person stands. */
async function traces({ objectId, userId, conversationId }: TeamsPerson): Promise<readonly string[]> {
  const { db } = stage.core;
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  const found = tables.rows.map(async ({ name }) => {
    const ids = [objectId, userId, conversationId].map((id) => sql`t::text like ${`%${id}%`}`);
    const { rows } = await sql`select 1 from ${sql.table(name)} as t where ${sql.join(ids, sql` or `)}`.execute(db);
    return rows.length === 0 ? [] : [name];
  });
  return (await Promise.all(found)).flat().toSorted();
}

test('a stranger who was greeted and types “erase” hears what we kept and that it is gone, and no row is left of them', async () => {
  const person = createTeamsPerson('stranger@else.example');
  addToRoster(stage.rig.stub, person);
  await stage.post(person, { ...installed(), timestamp: stage.clock.now().toISOString() });
  await stage.settle();
  expect(await traces(person)).toEqual(['deliveries', 'rooms']);
  const said = async () => (await openTeamsMember(stage.rig, person).messages()).at(-1);
  await stage.post(person, typed('erase'));
  expect(await said()).toContain('We have erased what we held about you here.');
  expect(await said()).toContain('where to write to you');
  expect(await traces(person)).toEqual([]);
  await stage.post(person, typed('erase'));
  expect(await said()).toContain('We hold nothing about you here.');
  await stage.settle();
  expect(await traces(person)).toEqual([]);
});
