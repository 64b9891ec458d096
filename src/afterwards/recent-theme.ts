import { sql } from 'kysely';
import type { Reader } from '../store/database.ts';

/** A conversation that somebody came to. */
export interface RecentTheme {
  readonly conversationId: string;
  /** `<framework>/<theme>`. */
  readonly theme: string;
  /** '' once its host was erased. */
  readonly title: string;
  readonly endedAt: Date;
  readonly chathamHouse: boolean;
}

/** For how long a conversation is a recent one, in days. */
const recentDays = 42;

/**
 * The last conversation that this member came to in the last six weeks: as its host said; or, where the host said
 * nothing, because they wrote down what they take away from it. To have had a seat is not enough to say that they came.
 */
export async function recentTheme(db: Reader, memberId: string, now: Date): Promise<RecentTheme | undefined> {
  return (await recentThemes(db, memberId, now))[0];
}

/** All of them, the last first. */
export async function recentThemes(db: Reader, memberId: string, now: Date): Promise<readonly RecentTheme[]> {
  return await recentRows(db, now).where('seats.member_id', '=', memberId).execute();
}

/** The same of everybody, by member. */
export async function everyRecentTheme(db: Reader, now: Date): Promise<ReadonlyMap<string, readonly RecentTheme[]>> {
  const rows = await recentRows(db, now).select('seats.member_id as memberId').execute();
  return Map.groupBy(rows, ({ memberId }) => memberId);
}

function recentRows(db: Reader, now: Date) {
  const endedAt = sql<Date>`conversations.starts_at + conversations.minutes * interval '1 minute'`;
  return db
    .selectFrom('seats')
    .innerJoin('conversations', 'conversations.id', 'seats.conversation_id')
    .leftJoin('takeaways', (join) =>
      join
        .onRef('takeaways.conversation_id', '=', 'seats.conversation_id')
        .onRef('takeaways.member_id', '=', 'seats.member_id'),
    )
    .select(['conversations.id as conversationId', 'conversations.theme', 'conversations.title', endedAt.as('endedAt')])
    .select('conversations.chatham_house as chathamHouse')
    .where('seats.state', '=', 'seated')
    .where('conversations.cancelled_at', 'is', null)
    .where(endedAt, '<=', now)
    .where(endedAt, '>', new Date(now.getTime() - recentDays * 86_400_000))
    .where((or) =>
      or.or([
        or('seats.came', '=', true),
        or.and([or('seats.came', 'is', null), or('takeaways.member_id', 'is not', null)]),
      ]),
    )
    .orderBy('conversations.starts_at', 'desc')
    .orderBy('conversations.id');
}
