import type { Reader } from '../store/database.ts';

/** What a host wrote of a conversation once it was over; '' for nothing. */
export async function summaryOf(db: Reader, conversationId: string): Promise<string> {
  const row = db.selectFrom('conversations').select('summary').where('id', '=', conversationId);
  return (await row.executeTakeFirst())?.summary ?? '';
}
