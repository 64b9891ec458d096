import { sql } from 'kysely';
import type { Reader } from '../store/database.ts';
import type { OpenTopic } from './model.ts';
import { byVotes, type Suggested, wornOffBefore } from './order.ts';

/** A topic that no conversation has taken up, as one of those who read it stands to it. */
export interface ReadTopic extends Suggested {
  readonly isOwn: boolean;
  readonly hasVoted: boolean;
  /** Nobody wanted it for so long that only whoever suggested it still sees it. */
  readonly isWornOff: boolean;
  /** The date for which a host is looked for, or has been found; `undefined` for none. */
  readonly slot: TakenSlot | undefined;
}

export interface TakenSlot {
  readonly id: string;
  readonly startsAt: Date;
  readonly state: 'asking' | 'hosted';
}

/**
 * Every open topic, those of most votes first. Only members who are in the network now count.
 *
 * @param memberId who reads; '' for nobody in particular
 */
export async function readTopics(db: Reader, now: Date, memberId: string): Promise<readonly ReadTopic[]> {
  const { rows } = await sql<TopicRow>`
    select t.id, t.title, t.about, t.theme, t.suggested_at as "suggestedAt",
           coalesce(t.wanted_at, t.suggested_at) as "wantedAt",
           t.member_id::text = ${memberId} as "isOwn",
           exists (select from topic_votes v where v.topic_id = t.id and v.member_id::text = ${memberId}) as "hasVoted",
           (select count(*) from members m where m.id = t.member_id and m.status = 'active')
           + (select count(*) from topic_votes v join members m on m.id = v.member_id
               where v.topic_id = t.id and v.member_id <> t.member_id and m.status = 'active') as votes,
           s.id as "slotId", s.starts_at as "startsAt", s.state
      from topics t
      left join series_slots s on s.topic_id = t.id and s.state in ('asking', 'hosted') and s.starts_at > ${now}
     where t.conversation_id is null
     order by t.suggested_at, t.id`.execute(db);
  const before = wornOffBefore(now);
  return byVotes(
    rows.map(({ slotId, startsAt, state, wantedAt, votes, ...row }) => ({
      ...row,
      votes: Number(votes),
      slot: slotId === null || startsAt === null || state === null ? undefined : { id: slotId, startsAt, state },
      isWornOff: slotId === null && wantedAt <= before,
    })),
  );
}

interface TopicRow {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly theme: string;
  readonly suggestedAt: Date;
  readonly wantedAt: Date;
  readonly isOwn: boolean;
  readonly hasVoted: boolean;
  /** A bigint, which pg reads as text. */
  readonly votes: string;
  readonly slotId: string | null;
  readonly startsAt: Date | null;
  readonly state: 'asking' | 'hosted' | null;
}

/** What a host may take up now, without who suggested it: ten at most, those of most votes first. */
export async function openTopics(db: Reader, now: Date): Promise<readonly OpenTopic[]> {
  const open = (await readTopics(db, now, '')).filter(({ slot, isWornOff }) => slot === undefined && !isWornOff);
  return open.slice(0, 10).map(({ id, title, about, theme, votes }) => ({ id, title, about, theme, votes }));
}

/**
 * The topic for a date of a series: the one with most votes, of those that no host is about to announce.
 *
 * @returns `undefined` when there is none
 */
export async function chooseTopic(db: Reader, now: Date): Promise<ReadTopic | undefined> {
  const planned = await db
    .selectFrom('proposals')
    .select('topic_id')
    .where('topic_id', 'is not', null)
    .where('state', 'in', ['polling', 'awaiting'])
    .execute();
  const taken = new Set(planned.map((row) => row.topic_id));
  const topics = await readTopics(db, now, '');
  return topics.find(({ id, slot, isWornOff }) => slot === undefined && !isWornOff && !taken.has(id));
}
