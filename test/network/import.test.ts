import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importFile } from '../../src/commands/import.ts';
import { openTestCore, settleAll, type TestCore } from '../support/core.ts';
import { ask, mustFind, recordingOutbound } from '../support/people.ts';

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

async function importText(csv: string, allowPartial = false): Promise<void> {
  const file = join(folder, 'roster.csv');
  await writeFile(file, csv);
  await importFile(stage.core, { file, allowPartial }, (line) => printed.push(line));
}

const members = () =>
  stage.core.db.selectFrom('members').select(['name', 'email', 'status', 'role', 'zone']).orderBy('email').execute();
const header = 'name,email,council,role,level';
const good = 'Asha,asha@leeds.example,Leeds City Council,Director,director';

test('importing writes to nobody: people join by themselves', async () => {
  await importText(`${header}\n${good}`);
  const web = recordingOutbound();
  await settleAll(stage.core, new Map([['web', web]]));
  expect(await members()).toMatchObject([{ name: 'Asha', status: 'invited', zone: 'Europe/London' }]);
  expect(web.letters).toEqual([]);
  expect(printed.join()).toContain('1 added, 0 updated');
});

test('importing again updates and never duplicates; who joined stays joined, in the zone they chose', async () => {
  await importText(`${header},zone\n${good},Europe/Paris`);
  const { id } = await stage.core.db.selectFrom('members').select('id').executeTakeFirstOrThrow();
  await ask(stage.core, await mustFind(stage.core, id), { kind: 'network.join' });
  await importText(
    `${header},zone\nAsha,ASHA@leeds.example,Leeds City Council,Chief Executive,chief executive,Europe/London`,
  );
  expect(await members()).toEqual([
    { name: 'Asha', email: 'asha@leeds.example', status: 'active', role: 'Chief Executive', zone: 'Europe/Paris' },
  ]);
  expect(printed.join()).toContain('0 added, 1 updated');
});

test('a file with a bad row imports nothing, and names the row', async () => {
  await expect(importText(`${header}\n${good}\nBo,,York,Head,manager`)).rejects.toThrow(
    /Nothing was imported\.\n {2}line 3: the email address/,
  );
  expect(await members()).toEqual([]);
});

test('--allow-partial imports the good rows and names the others', async () => {
  await importText(`${header}\n${good}\nBo,,York,Head,manager`, true);
  expect(await members()).toHaveLength(1);
  expect(printed.join()).toContain('line 3');
});
