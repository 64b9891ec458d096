import type { Core } from '../core.ts';
import { type Composed, drop, type MemberDelivery } from '../delivery/model.ts';
import { Refusal } from '../errors.ts';
import type { Reply } from '../messages/reply.ts';
import type { Member } from '../network/model.ts';
import { findMember } from '../network/roster.ts';
import { isPaused } from '../network/rules.ts';
import { dayOf } from '../time/days.ts';
import { monthWords } from '../time/words.ts';
import { named, promptRows } from './prompts.ts';
import { openPart } from './sealing.ts';
import * as say from './sharing-messages.ts';

/** How many of them one page holds: what a window on any platform has room for. */
const atOnce = 8;

/**
 * What is shared with a reader by name: by the people of their matches, and by people of the cohort they are in now, since
 * they came into it: conveners decide who is in a cohort, themselves among them.
 * What is shared without a name stands in digests alone, where it cannot be told when it came.
 */
function sharedRows({ db }: Pick<Core, 'db'>, reader: Member) {
  const cameIn = db.selectFrom('members').select('cohort_since').where('id', '=', reader.id);
  return promptRows(db)
    .innerJoin('reflections', 'reflections.prompt_id', 'prompts.id')
    .innerJoin('members as writer', 'writer.id', 'reflections.member_id')
    .leftJoin('match_members as met', (join) =>
      join.onRef('met.match_id', '=', 'reflections.shared_match_id').on('met.member_id', '=', reader.id),
    )
    .select(['reflections.answer', 'reflections.shared_with as sharedWith', 'reflections.shared_at as sharedAt'])
    .where('writer.status', '=', 'active')
    .where('writer.id', '!=', reader.id)
    .where((or) =>
      or.or([
        or.and([or('reflections.shared_with', '=', 'match'), or('met.member_id', 'is not', null)]),
        or.and([
          or('reflections.shared_with', '=', 'cohort'),
          // Null is nobody's cohort: it equals nothing.
          or('reflections.shared_cohort_id', '=', reader.cohortId),
          or('reflections.shared_at', '>=', cameIn),
        ]),
      ]),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof sharedRows>['executeTakeFirstOrThrow']>>;

/**
 * What others shared with this member by name, newest month first. Within a month the order is one that tells nothing:
 * not when each was shared.
 *
 * @param from the number of the first one to show
 * @throws Refusal when whoever is asking may not read it
 */
export async function showShared(core: Core, member: Member, from: number, mayRead: boolean): Promise<Reply> {
  if (!mayRead) throw new Refusal(say.refusals.signInToReadShared);
  const rows = await sharedRows(core, member).execute();
  const ordered = rows
    .map((row) => ({ row, month: dayOf(row.sharedAt ?? core.clock.now(), member.zone).slice(0, 7) }))
    .map((one) => ({ ...one, order: core.cipher.token(`${one.month}:${one.row.id}`).toString('hex') }))
    .toSorted((one, other) => other.month.localeCompare(one.month) || one.order.localeCompare(other.order));
  const shown = ordered.slice(from, from + atOnce);
  const entries = await Promise.all(shown.map(async ({ row, month }) => await entryOf(core, row, month)));
  const next = from + atOnce < ordered.length ? from + atOnce : undefined;
  return { kind: 'page', page: say.sharedPage(entries.flat(), next) };
}

async function entryOf(core: Core, row: Row, month: string): Promise<readonly say.SharedEntry[]> {
  const { answer, sharedWith, sharedAt, ...sent } = row;
  const writer = await findMember(core.db, sent.memberId);
  if (writer === undefined) return [];
  const { topic, wording } = named(core.frameworks, sent);
  return [
    {
      name: writer.name,
      position: [writer.role, writer.council].filter((part) => part !== '').join(', '),
      through: sharedWith === 'match' ? 'match' : 'cohort',
      month: monthWords(month),
      topic,
      wording,
      answer: openPart(core, 'reflection', sent, answer),
    },
  ];
}

/** Tells one reader that a match shared something with them, while that is so. */
export async function composeShared(core: Core, delivery: MemberDelivery, reader: Member): Promise<Composed> {
  if (isPaused(reader, 'matching', core.clock.now())) return drop('the member is paused');
  const row = await sharedRows(core, reader)
    .where('prompts.id', '=', delivery.subject)
    .where('reflections.shared_with', '=', 'match')
    .executeTakeFirst();
  const writer = row === undefined ? undefined : await findMember(core.db, row.memberId);
  if (writer === undefined) return drop('it is not shared with them any more');
  return { kind: 'say', message: say.sharedWithYou(writer.name) };
}
