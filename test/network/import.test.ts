import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFile } from '../../src/commands/import.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { mustFind, recordingOutbound } from '../support/people.ts';

let stage: TestCore;
let folder: string;
let printed: string[];

beforeEach(async () => {
  stage = await openTestCore();
  folder = await mkdtemp(join(tmpdir(), 'roster-'));
  printed = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

interface Flags {
  readonly apply: boolean;
  readonly allowPartial: boolean;
  readonly includeErased: boolean;
}

async function importText(csv: string, flags: Partial<Flags> = {}): Promise<void> {
  const file = join(folder, 'roster.csv');
  await writeFile(file, csv);
  const options = { apply: true, allowPartial: false, includeErased: false, ...flags };
  await importFile(stage.core, { file, ...options }, (line) => printed.push(line));
}

const members = () =>
  stage.core.db.selectFrom('members').select(['name', 'email', 'status', 'role', 'zone']).orderBy('email').execute();
const header = 'name,email,council,role,level';
const good = 'Asha,asha@leeds.example,Leeds City Council,Director,director';

const audited = () => stage.core.db.selectFrom('audit').select(['by', 'action', 'detail']).orderBy('id').execute();

test('without --apply it is only said what would change, and how to carry it out', async () => {
  await importText(`${header}\n${good}`, { apply: false });
  expect(await members()).toEqual([]);
  expect(await audited()).toEqual([]);
  expect(printed.join('\n')).toMatch(/People added:\n {2}Asha: asha@leeds\.example.*Leeds City Council.*--apply/s);
});

test('importing writes to nobody: people join by themselves', async () => {
  await importText(`${header}\n${good}`);
  const web = recordingOutbound();
  await settleAll(stage.core, new Map([['web', web]]));
  expect(await members()).toMatchObject([{ name: 'Asha', status: 'invited', zone: 'Europe/London' }]);
  expect(web.letters).toEqual([]);
  expect(printed.join()).toContain('1 added, 0 changed');
  expect(await audited()).toEqual([
    { by: 'operator', action: 'roster.imported', detail: { added: '1', changed: '0' } },
  ]);
});

test('importing again updates and never duplicates; who joined stays joined, and what they chose stays', async () => {
  await importText(`${header},zone\n${good},Europe/Paris`);
  const { id } = await stage.core.db.selectFrom('members').select('id').executeTakeFirstOrThrow();
  await stage.core.db
    .updateTable('members')
    .set({ status: 'active', chosen_name: 'Ash', chosen_zone: 'Europe/Rome' })
    .execute();
  const changed = 'Asha R,ASHA@leeds.example,leeds city council,Chief Executive,chief executive,Europe/London';
  await importText(`${header},zone\n${changed}`);
  expect(await mustFind(stage.core, id)).toMatchObject({
    name: 'Ash',
    zone: 'Europe/Rome',
    council: 'Leeds City Council',
    role: 'Chief Executive',
    status: 'active',
  });
  expect(printed.join()).toContain('0 added, 1 changed');
  expect(printed.join()).toContain('role: Director → Chief Executive');
  await importText(`${header},zone\n${changed}`);
  expect(printed.join()).toContain('0 added, 0 changed, 1 unchanged');
  expect(await members()).toHaveLength(1);
});

test('everything of a file is carried out: councils, domains, cohorts, learning sets, permissions', async () => {
  const columns = `${header},council_type,nation,region,domains,cohort,programme,year,learning_set,permission`;
  const row = `${good},city,England,Yorkshire,leeds.example,Top 2026,Top,2026,Set 1,host`;
  await importText(`${columns}\n${row}`);
  const stored = stage.core.db
    .selectFrom('members')
    .innerJoin('councils', 'councils.id', 'council_id')
    .innerJoin('council_domains', 'council_domains.council_id', 'councils.id')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_id')
    .innerJoin('learning_sets', 'learning_sets.id', 'learning_set_id')
    .select(['councils.type', 'nation', 'region', 'domain', 'cohorts.name as cohort', 'programme', 'year'])
    .select(['learning_sets.name as set', 'permission']);
  const put = { type: 'city', nation: 'England', region: 'Yorkshire', domain: 'leeds.example', set: 'Set 1' };
  expect(await stored.execute()).toEqual([
    { ...put, cohort: 'Top 2026', programme: 'Top', year: 2026, permission: 'host' },
  ]);
  // To another cohort, and out of the learning set with that.
  await importText(`${header},cohort\n${good},Next 2027`);
  const moved = stage.core.db.selectFrom('members').select(['learning_set_id', 'permission']);
  expect(await moved.execute()).toEqual([{ learning_set_id: null, permission: 'host' }]);
  await importText(`${columns}\n${row}`, { apply: false });
  expect(printed.join()).toContain('cohort: Next 2027 → Top 2026; learning set: nothing → Set 1');
});

test('an address that changed keeps its person: their account at the old one is at the new', async () => {
  await importText(`${header}\n${good}`);
  const moved = 'Asha,asha@new.example,Leeds City Council,Director,director';
  await importText(`${header}\n${moved}`);
  expect(await members()).toMatchObject([{ email: 'asha@leeds.example' }]);
  await importText(`${header},old_email\n${moved},asha@leeds.example`);
  expect(await members()).toMatchObject([{ email: 'asha@new.example' }]);
  const accounts = stage.core.db.selectFrom('accounts').select('platform_user').where('platform', '=', 'email');
  expect(await accounts.execute()).toEqual([{ platform_user: 'asha@new.example' }]);
});

test('whoever asked to be erased does not come back unasked', async () => {
  const { db, cipher } = stage.core;
  const token = cipher.token('asha@leeds.example');
  await db
    .insertInto('erased_people')
    .values({ token, erased_at: new Date('2027-01-05T12:00:00Z') })
    .execute();
  await importText(`${header}\n${good}`);
  expect(await members()).toEqual([]);
  expect(printed.join()).toContain('asked to be erased on 5 January 2027; not added');
  await importText(`${header}\n${good}`, { includeErased: true });
  expect(await members()).toHaveLength(1);
  expect(await db.selectFrom('erased_people').selectAll().execute()).toEqual([]);
});

test('two imports of one file at once add everybody once', async () => {
  await Promise.all([importText(`${header}\n${good}`), importText(`${header}\n${good}`)]);
  expect(await members()).toHaveLength(1);
  expect(await audited()).toHaveLength(1);
});

test('a file with a bad row imports nothing, and names the row', async () => {
  const text = `${header}\n${good}\nBo,,York,Head,manager`;
  await expect(importText(text)).rejects.toThrow(/Nothing was imported\.\n {2}line 3: the email address/);
  await expect(importText(text, { apply: false })).rejects.toThrow(/line 3: the email address/);
  expect(await members()).toEqual([]);
});

test('--allow-partial imports the good rows and names the others', async () => {
  await importText(`${header}\n${good}\nBo,,York,Head,manager`, { allowPartial: true });
  expect(await members()).toHaveLength(1);
  expect(printed.join()).toContain('line 3');
});
