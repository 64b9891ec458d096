import type { Audience } from '../proposals/model.ts';
import type { Reader } from '../store/database.ts';
import { levelWords } from './offer-messages.ts';

/** Whom a conversation is for, in words: '' for everybody. */
export async function audienceName(db: Reader, audience: Audience): Promise<string> {
  if (audience.kind === 'all') return '';
  if (audience.kind === 'level') return levelWords[audience.level];
  const row = db.selectFrom('cohorts').select('name').where('id', '=', audience.cohortId);
  return (await row.executeTakeFirst())?.name ?? '';
}
