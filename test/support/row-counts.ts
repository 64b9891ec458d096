import { sql } from 'kysely';
import { z } from 'zod';
import type { Core } from '../../src/core.ts';

const Row = z.object({ name: z.string(), rows: z.string() });

/** How many rows each table holds, in a text that two moments can be compared by. */
export async function countRows({ db }: Core): Promise<string> {
  const counted = await sql`
    select table_name as name,
      (xpath('/row/count/text()', query_to_xml(format('select count(*) from %I', table_name), false, true, '')))[1]::text
        as rows
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  return z
    .array(Row)
    .min(10)
    .parse(counted.rows)
    .map(({ name, rows }) => `${name} ${rows}`)
    .join('\n');
}
