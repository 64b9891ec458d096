import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Core } from '../../src/core.ts';
import type { ReceivedEmail } from './smtp.ts';

/** Everything the database holds, as one text by which two moments are compared. */
async function contentsOf({ db }: Core): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ readonly name: string }>`
    select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const contents = tables.rows.map(async ({ name }) => {
    const rows = await sql<{ readonly digest: string }>`
      select coalesce(md5(string_agg(row, ',' order by row)), '') as digest
        from (select to_jsonb(t)::text as row from ${sql.table(name)} t) as all_rows`.execute(db);
    return [name, rows.rows[0]?.digest ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

/** The addresses on our own pages that stand in an e-mail. */
export function linksIn({ publicUrl }: Core, { text }: Pick<ReceivedEmail, 'text'>): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith(`${publicUrl}/`));
}

/**
 * Does what mail scanners do: asks for every link of these e-mails before anybody reads them, by HEAD and by GET, as a
 * browser without scripts. Says that each was answered, and that nothing was changed.
 *
 * @returns how many links it followed
 */
export async function scan(core: Core, url: string, emails: readonly Pick<ReceivedEmail, 'text'>[]): Promise<number> {
  const before = await contentsOf(core);
  const links = emails.flatMap((email) => linksIn(core, email));
  for (const link of links) {
    const here = `${url}${link.slice(core.publicUrl.length)}`;
    for (const method of ['HEAD', 'GET']) {
      const { status } = await fetch(here, { method, redirect: 'manual' });
      expect(status, `${method} ${link.slice(0, 60)}`).toBe(200);
    }
  }
  expect(await contentsOf(core)).toEqual(before);
  return links.length;
}
