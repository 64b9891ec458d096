import { sql } from 'kysely';
import { isReachedOn } from '../delivery/reach.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import type { DiaryDelivery } from './model.ts';

/*
 * What is sent to people's calendars is counted for each of them. The count is part of what each is called, so that the
 * same cause posts once and a new one again; and it is added to the conversation's own count of changes, which makes the
 * number in their calendar (RFC 5546, SEQUENCE). Neither count ever goes down, so that number does not either: not where
 * somebody gives up their seat, takes another and loses that one too, with the conversation moved in between.
 */

/**
 * Sends each of these members who have a seat, or host it, an invitation as it stands now, by e-mail: the first time, or
 * again because what a calendar shows was changed. Not to who chose to have none, unless one stands in their calendar:
 * it is kept true. Called twice for one seat and one revision, it sends one. The conversation must be locked.
 */
export async function invite(
  tx: Transaction,
  now: Date,
  conversationId: string,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const posted = await tx
    .insertInto('diary_posts')
    .columns(['conversation_id', 'member_id', 'posted', 'stands', 'cause'])
    .expression(takers(tx, conversationId, memberIds))
    .onConflict((conflict) =>
      conflict
        .columns(['conversation_id', 'member_id'])
        .doUpdateSet({ posted: sql`diary_posts.posted + 1`, stands: true, cause: sql`excluded.cause` })
        .where((or) =>
          or.or([
            or('diary_posts.stands', '=', false),
            or('diary_posts.cause', 'is distinct from', sql<string>`excluded.cause`),
          ]),
        ),
    )
    .returning(['member_id', 'posted'])
    .execute();
  await postAll(tx, now, 'diary.invite', conversationId, posted);
}

/** Those of them who are to have it in their calendar, each with a first row; `cause` is new with a seat and a revision. */
function takers(tx: Transaction, conversationId: string, memberIds: readonly string[]) {
  return tx
    .selectFrom('conversations')
    .innerJoin('members', (join) => join.on('members.id', 'in', memberIds))
    .leftJoin('seats', (join) =>
      join
        .onRef('seats.conversation_id', '=', 'conversations.id')
        .onRef('seats.member_id', '=', 'members.id')
        .on('seats.state', '=', 'seated'),
    )
    .leftJoin('diary_posts as before', (join) =>
      join
        .onRef('before.conversation_id', '=', 'conversations.id')
        .onRef('before.member_id', '=', 'members.id')
        .on('before.stands', '=', true),
    )
    .select([
      'conversations.id as conversation_id',
      'members.id as member_id',
      sql<number>`1`.as('posted'),
      sql<boolean>`true`.as('stands'),
      sql<string>`coalesce(seats.place::text, 'host') || ':' || conversations.revision || ':' || conversations.sequence`.as(
        'cause',
      ),
    ])
    .where('conversations.id', '=', conversationId)
    .where('conversations.cancelled_at', 'is', null)
    .where((or) =>
      or.or([or('conversations.host_id', '=', or.ref('members.id')), or('seats.member_id', 'is not', null)]),
    )
    .where((or) => or.or([or('members.diary_invitations', '=', true), or('before.member_id', 'is not', null)]))
    .where(({ ref }) => isReachedOn(ref('members.id'), 'email'))
    .orderBy('members.id');
}

/**
 * Takes the entry out of the calendars of these members, where one was sent that was not taken out: they have no seat any
 * more, or it is cancelled. The conversation must be locked.
 */
export async function takeBack(
  tx: Transaction,
  now: Date,
  conversationId: string,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const posted = await tx
    .updateTable('diary_posts')
    .set((set) => ({
      posted: set('posted', '+', 1),
      stands: false,
      // What they had, for the words of what takes it out.
      cause: sql`case when cause like 'host:%' then 'host' else '' end`,
    }))
    .where('conversation_id', '=', conversationId)
    .where('member_id', 'in', memberIds)
    .where('stands', '=', true)
    .returning(['member_id', 'posted'])
    .execute();
  await postAll(tx, now, 'diary.call-off', conversationId, posted);
}

/**
 * Counts that these members stand otherwise to it than before, which the entries of their feeds show: with a seat, offered
 * one, waiting, or with none. The conversation must be locked.
 */
export async function countMoves(
  tx: Transaction,
  now: Date,
  conversationId: string,
  memberIds: readonly string[],
): Promise<void> {
  if (memberIds.length === 0) return;
  const first = { posted: 0, stands: false, cause: '', moved: 1, moved_at: now };
  await tx
    .insertInto('diary_posts')
    .values(memberIds.toSorted().map((member_id) => ({ conversation_id: conversationId, member_id, ...first })))
    .onConflict((conflict) =>
      conflict
        .columns(['conversation_id', 'member_id'])
        .doUpdateSet({ moved: sql`diary_posts.moved + 1`, moved_at: now }),
    )
    .execute();
}

interface Posted {
  readonly member_id: string;
  readonly posted: number;
}

async function postAll(
  tx: Transaction,
  now: Date,
  kind: DiaryDelivery,
  conversationId: string,
  rows: readonly Posted[],
): Promise<void> {
  const postings = rows
    .toSorted((a, b) => (a.member_id < b.member_id ? -1 : 1))
    .map(({ member_id: memberId, posted }) => {
      const key = `${kind}:${conversationId}:${memberId}:${posted}`;
      return { key, kind, subject: conversationId, memberId, via: 'email' } as const;
    });
  await post(tx, now, postings);
}

/** The number of one of them, as its key has it. */
export function numberOf(key: string): number {
  return Number(key.slice(key.lastIndexOf(':') + 1));
}
