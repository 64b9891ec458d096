import type { Core } from '../core.ts';

/** How one member has what is coming in their own calendar. The address of their feed is a secret, and not told. */
export interface HeldDiary {
  readonly diary: { readonly invitations: boolean; readonly hasFeed: boolean };
  readonly diaryPosts: readonly HeldDiaryPost[];
}

/** What we sent to their calendar of one conversation. */
export interface HeldDiaryPost {
  /** '' once its host was erased. */
  readonly title: string;
  readonly startsAt: Date;
  /** How many times; 0 where only how they stand to it was counted. */
  readonly posted: number;
  /** False once we took it out again. */
  readonly stands: boolean;
}

export async function heldDiary({ db }: Core, memberId: string): Promise<HeldDiary> {
  const row = await db
    .selectFrom('members')
    .select(['diary_invitations as invitations', 'diary_key as key'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  const diaryPosts = await db
    .selectFrom('diary_posts')
    .innerJoin('conversations', 'conversations.id', 'diary_posts.conversation_id')
    .select(['conversations.title', 'conversations.starts_at as startsAt', 'diary_posts.posted', 'diary_posts.stands'])
    .where('diary_posts.member_id', '=', memberId)
    .orderBy('conversations.starts_at')
    .execute();
  return { diary: { invitations: row.invitations, hasFeed: row.key !== null }, diaryPosts };
}
