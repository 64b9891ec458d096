import { sql } from 'kysely';
import { themeName } from '../conversations/themes.ts';
import type { Framework } from '../framework/model.ts';
import type { Level } from '../network/model.ts';
import type { Reader } from '../store/database.ts';
import type { Place, Planned, ProgrammeEvent } from './model.ts';

/** Conversations as this member stands to them; one query, however many there are. */
export function conversationsOf(db: Reader, memberId: string) {
  return (
    db
      .selectFrom('conversations')
      .leftJoin('people as host', 'host.id', 'conversations.host_id')
      .leftJoin('seats as own', (join) =>
        join.onRef('own.conversation_id', '=', 'conversations.id').on('own.member_id', '=', memberId),
      )
      .leftJoin('diary_posts as sent', (join) =>
        join.onRef('sent.conversation_id', '=', 'conversations.id').on('sent.member_id', '=', memberId),
      )
      .select([
        'conversations.id',
        'conversations.title',
        'conversations.theme',
        'conversations.about',
        'conversations.starts_at as startsAt',
        'conversations.minutes',
        'conversations.zone',
        'conversations.place as location',
        'conversations.cancelled_at as cancelledAt',
        'conversations.sequence',
        'host.name',
        'host.role',
        'host.council',
        'own.state',
        'sent.posted',
        'sent.moved',
      ])
      // The greatest passes over what is null.
      .select(
        sql<Date>`greatest(conversations.changed_at, conversations.cancelled_at, conversations.created_at,
        own.signed_up_at, sent.moved_at)`.as('changedAt'),
      )
      .select((select) => [
        select('conversations.host_id', '=', memberId).as('isHost'),
        select
          .selectFrom('seats as ahead')
          .select(({ fn }) => fn.countAll<string>().as('count'))
          .whereRef('ahead.conversation_id', '=', 'conversations.id')
          .where('ahead.state', '=', 'waiting')
          .whereRef('ahead.place', '<=', 'own.place')
          .as('position'),
      ])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof conversationsOf>['executeTakeFirstOrThrow']>>;

export function readPlanned(frameworks: readonly Framework[], row: Row): Planned {
  const { theme, name, role, council, state, posted, moved, isHost, position, sequence, ...same } = row;
  const place: Place = isHost === true ? 'host' : (state ?? 'none');
  return {
    ...same,
    themeName: themeName(frameworks, theme),
    host: name === null ? '' : `${name}, ${role}, ${council}`,
    sequence: sequence + (posted ?? 0) + (moved ?? 0),
    place,
    position: place === 'waiting' ? Number(position) : 0,
  };
}

/** To be added to {@link conversationsOf}: those that they host or have any place in. */
export const hasPlace = (memberId: string) =>
  sql<boolean>`(conversations.host_id = ${memberId} or own.member_id is not null)`;

/** And those that are for them. */
export const isForThem = (memberId: string, level: Level, cohortId: string | null) =>
  sql<boolean>`(${hasPlace(memberId)} or (
    (conversations.for_level is null or conversations.for_level = ${level})
    and (conversations.for_cohort_id is null or conversations.for_cohort_id = ${cohortId}::uuid)))`;

/** What the programme does besides; all of it, for everybody and for every cohort. */
export function programmeEvents(db: Reader) {
  return db
    .selectFrom('programme_events')
    .leftJoin('cohorts', 'cohorts.id', 'programme_events.cohort_id')
    .select((select) => [
      'programme_events.id',
      'programme_events.sort',
      'programme_events.title',
      'programme_events.about',
      'programme_events.place',
      'programme_events.link',
      'programme_events.starts_at as startsAt',
      'programme_events.minutes',
      'programme_events.zone',
      'programme_events.cohort_id as cohortId',
      'programme_events.sequence',
      'programme_events.changed_at as changedAt',
      'programme_events.cancelled_at as cancelledAt',
      select.fn.coalesce('cohorts.name', select.val('')).as('cohort'),
    ])
    .orderBy('programme_events.starts_at')
    .orderBy('programme_events.id')
    .$castTo<ProgrammeEvent>();
}

/** To be added to {@link programmeEvents}: those for everybody, and for this cohort. */
export const isForCohort = (cohortId: string | null) =>
  sql<boolean>`(programme_events.cohort_id is null or programme_events.cohort_id = ${cohortId}::uuid)`;
