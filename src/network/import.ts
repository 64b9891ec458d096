import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '../store/database.ts';
import { readSettings } from './roster.ts';
import type { RosterRow } from './roster-file.ts';

export interface Imported {
  readonly added: number;
  readonly updated: number;
}

/**
 * Puts people on the roster, all of them or none. Someone already there (by e-mail address) gets the file's name,
 * council, role, level, cohort and permission; whether they joined, and the zone they chose, stay. Nobody is written to.
 *
 * @param onProgress told how many of the rows are done
 */
export async function importRoster(
  db: Database,
  rows: readonly RosterRow[],
  now: Date,
  onProgress: (done: number) => void,
): Promise<Imported> {
  return await db.transaction().execute(async (tx) => {
    const { zone: networkZone } = await readSettings(tx);
    let added = 0;
    for (const [index, row] of rows.entries()) {
      const councilId = await putCouncil(tx, row);
      const isNew = await putMember(tx, row, councilId, row.zone === '' ? networkZone : row.zone, now);
      if (isNew) added += 1;
      onProgress(index + 1);
    }
    return { added, updated: rows.length - added };
  });
}

async function putCouncil(tx: Transaction, row: RosterRow): Promise<string> {
  const council = await tx
    .insertInto('councils')
    .values({ id: randomUUID(), name: row.council, type: row.council_type, nation: row.nation })
    .onConflict((conflict) =>
      // An empty column of a later file does not wipe out what an earlier one said.
      conflict.column('name').doUpdateSet((excluded) => ({
        type: row.council_type === '' ? excluded.ref('councils.type') : row.council_type,
        nation: row.nation === '' ? excluded.ref('councils.nation') : row.nation,
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return council.id;
}

async function putMember(
  tx: Transaction,
  row: RosterRow,
  councilId: string,
  zone: string,
  now: Date,
): Promise<boolean> {
  const { name, role, level, cohort, permission, email } = row;
  const described = { name, role, level, cohort, permission, council_id: councilId };
  const known = await tx
    .updateTable('members')
    .set(described)
    .where('email', '=', email)
    .returning('id')
    .executeTakeFirst();
  if (known !== undefined) return false;
  const id = randomUUID();
  await tx
    .insertInto('members')
    .values({ id, email, zone, status: 'invited', ...described })
    .execute();
  const account = { member_id: id, space: '', address: '{}', seen_at: now };
  await tx
    .insertInto('accounts')
    .values([
      { ...account, id: randomUUID(), platform: 'email', platform_user: email },
      { ...account, id: randomUUID(), platform: 'web', platform_user: id },
    ])
    .execute();
  return true;
}
