import { sql } from 'kysely';
import { newestNumber } from '../matching/history.ts';
import type { Reader } from '../store/database.ts';
import { settledKinds } from './settled-kinds.ts';

/*
 * What is older than its period, by kind: the ids of the rows. What still matters is never among them.
 */

/** By the day on which it was written, or written anew. */
export function oldReflections(db: Reader, before: Date) {
  return db.selectFrom('reflections').select('prompt_id as id').where('written_at', '<', before);
}

/** What was written about one stays for as long as that may. */
export function oldPrompts(db: Reader, before: Date) {
  return db
    .selectFrom('prompts')
    .select('prompts.id')
    .where('sent_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('reflections')
            .select('reflections.prompt_id')
            .whereRef('reflections.prompt_id', '=', 'prompts.id'),
        ),
      ),
    );
}

/** Those of which everything may go, and those that are kept for a takeaway but still have places. */
export function oldConversations(db: Reader, before: Date) {
  return db
    .selectFrom('conversations')
    .select('conversations.id')
    .where('starts_at', '<', before)
    .where(({ or, not, exists, selectFrom }) => {
      const of = 'conversation_id';
      const seats = selectFrom('seats').select(of).whereRef('seats.conversation_id', '=', 'conversations.id');
      const takeaways = selectFrom('takeaways')
        .select(of)
        .whereRef('takeaways.conversation_id', '=', 'conversations.id');
      return or([not(exists(takeaways)), exists(seats)]);
    });
}

/** What a host has not touched since, and what people were asked about before then. */
export function oldProposals(db: Reader, before: Date) {
  return db.selectFrom('proposals').select('id').where('changed_at', '<', before);
}

export function oldSlots(db: Reader, before: Date) {
  return db.selectFrom('series_slots').select('id').where('starts_at', '<', before);
}

/** Those that nobody took up. */
export function oldTopics(db: Reader, before: Date) {
  return db.selectFrom('topics').select('id').where('suggested_at', '<', before).where('conversation_id', 'is', null);
}

/** But for those of the newest round: they are what members are shown, and the next round counts from it. */
export function oldMatches(db: Reader, before: Date) {
  return db
    .selectFrom('matches')
    .innerJoin('rounds', 'rounds.id', 'matches.round_id')
    .select('matches.id')
    .where('rounds.published_at', '<', before)
    .where('rounds.number', '<', newestNumber(db));
}

/** Rounds of which no match is left, with who was left out of them. */
export function oldRounds(db: Reader, before: Date) {
  return db
    .selectFrom('rounds')
    .select('rounds.id')
    .where('published_at', '<', before)
    .where('number', '<', newestNumber(db))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('matches').select('matches.id').whereRef('matches.round_id', '=', 'rounds.id'))),
    );
}

/** The longest that a conversation takes, in milliseconds. */
const conversationMs = 240 * 60_000;

/**
 * What was said of a conversation is changed while that is to come, or has only just been, and never posted again while
 * its row is there; and so with a match whose people are to meet. Introductions go with their match: they tell whom each was shown.
 */
export function oldDeliveries(db: Reader, before: Date) {
  const stillGoing = db
    .selectFrom('conversations')
    .select(({ cast }) => cast<string>('id', 'text').as('id'))
    .where('starts_at', '>=', new Date(before.getTime() - conversationMs))
    .union(
      db
        .selectFrom('matches')
        .select(({ cast }) => cast<string>('id', 'text').as('id'))
        .where('agreed_at', '>=', before),
    );
  return db
    .selectFrom('deliveries')
    .select('id')
    .where('kind', 'in', settledKinds)
    .where('status', 'in', ['sent', 'dropped', 'failed'])
    .where('settled_at', '<', before)
    .where('subject', 'not in', stillGoing);
}

/** A key that was done is not scheduled again for a moment that has passed. */
export function oldAppointments(db: Reader, before: Date) {
  return db.selectFrom('agenda').select('id').where('done_at', '<', before);
}

export function oldAudit(db: Reader, before: Date) {
  return db.selectFrom('audit').select('id').where('at', '<', before);
}

/** One that nobody decided ends as well: who asked can ask again. */
export function oldJoinRequests(db: Reader, before: Date) {
  const since = sql<Date>`coalesce(decided_at, requested_at)`;
  return db.selectFrom('join_requests').select('id').where(since, '<', before);
}

/** Whom the roster has not named for so long and who never joined; who left so long ago; guests of so long ago. */
export function oldPeople(db: Reader, before: Date) {
  const leftAt = sql<Date>`coalesce(left_at, listed_at)`;
  return db
    .selectFrom('members')
    .select('id')
    .where(({ or, and, eb, not, exists, selectFrom }) =>
      or([
        and([eb('status', '=', 'invited'), eb('listed_at', '<', before)]),
        and([eb('status', '=', 'left'), eb(leftAt, '<', before)]),
        // A guest for as long as they have been none: since the last conversation they hosted, or were made a guest for.
        and([
          eb('status', '=', 'guest'),
          eb('listed_at', '<', before),
          not(
            exists(
              selectFrom('conversations')
                .select('conversations.id')
                .whereRef('conversations.host_id', '=', 'members.id')
                .where('conversations.starts_at', '>=', before),
            ),
          ),
        ]),
      ]),
    );
}

/** People who have our app and never joined. */
export function oldStrangers(db: Reader, before: Date) {
  return db.selectFrom('rooms').select('id').where('purpose', '=', 'greeting').where('created_at', '<', before);
}

export function oldAccountRequests(db: Reader, before: Date) {
  return db.selectFrom('account_requests').select('id').where('requested_at', '<=', before);
}
