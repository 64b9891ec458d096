import { readSettings } from '../network/roster.ts';
import type { Reader } from '../store/database.ts';
import { councilMayTakePart } from './rules.ts';

/** The councils whose people take no part now: they are sent nothing new, and are matched with nobody. */
export async function councilsOutside(db: Reader): Promise<ReadonlySet<string>> {
  const { councilsMustAgree } = await readSettings(db);
  const councils = await db.selectFrom('councils').select(['id', 'consent']).execute();
  return new Set(councils.filter(({ consent }) => !councilMayTakePart(consent, councilsMustAgree)).map(({ id }) => id));
}

/** Whether the people of this council take part now. */
export async function takesPart(db: Reader, councilId: string): Promise<boolean> {
  const { councilsMustAgree } = await readSettings(db);
  const row = db.selectFrom('councils').select('consent').where('id', '=', councilId);
  const { consent } = await row.executeTakeFirstOrThrow();
  return councilMayTakePart(consent, councilsMustAgree);
}
