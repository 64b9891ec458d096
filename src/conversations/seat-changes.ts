import type { Core } from '../core.ts';
import { countMoves, invite, takeBack } from '../diary/invitations.ts';
import { refreshManyHomes } from '../network/many-homes.ts';
import { schedule } from '../store/agenda.ts';
import type { Transaction } from '../store/database.ts';
import { post } from '../store/outbox.ts';
import { refreshCards } from './cards.ts';
import type { Conversation } from './model.ts';
import { remindIfLate } from './reminding.ts';
import type { Entry, SeatBook, Telling, Turn, When } from './seat-book.ts';
import { readSeats, type SeatRow } from './seats.ts';
import { readConversationSettings } from './settings.ts';

/** What a turn changed: `gone` are rows of before, `added` of after; who let an offer pass and came again is both. */
interface Difference {
  readonly before: readonly SeatRow[];
  readonly after: readonly SeatRow[];
  readonly gone: readonly SeatRow[];
  readonly added: readonly SeatRow[];
  readonly changed: readonly SeatRow[];
}

/**
 * Takes one turn with the seats of a conversation, which must be locked, and does all that follows from it: tells whom it
 * concerns, and mends calendars, the agenda, homes and cards. To come last in its transaction.
 *
 * @param by who caused it: they see it in the answer, and are not told. `undefined` where it was nobody with a place
 */
export async function changeSeats(
  core: Core,
  tx: Transaction,
  conversation: Conversation,
  by: string | undefined,
  decide: (book: SeatBook, when: When) => Turn,
): Promise<void> {
  const now = core.clock.now();
  const { offerHours } = await readConversationSettings(tx);
  const before = await readSeats(tx, conversation.id);
  const { capacity, perCouncil, startsAt } = conversation;
  const turn = decide({ capacity, perCouncil, entries: before }, { now, startsAt, offerHours });
  const difference = await write(tx, now, conversation.id, before, turn.book.entries);
  const { gone, added, changed } = difference;
  if (gone.length + added.length + changed.length === 0) return;
  const told = turn.told.filter(({ memberId }) => memberId !== by);
  await announceTo(tx, now, conversation.id, told, [...gone, ...changed, ...added]);
  await scheduleEnds(tx, conversation.id, [...changed, ...added]);
  await keepCalendars(tx, now, conversation, difference);
  await refreshManyHomes(tx, now, concerned(difference, told, by));
  await refreshCards(tx, now, conversation.id);
}

/** Writes what a turn changed, and says what that was. */
async function write(
  tx: Transaction,
  now: Date,
  conversationId: string,
  before: readonly SeatRow[],
  entries: readonly Entry[],
): Promise<Difference> {
  const rows = new Map(before.map((row) => [row.memberId, row]));
  const stays = (entry: Entry) => {
    const row = rows.get(entry.memberId);
    return row !== undefined && !isLapsed(row, now);
  };
  const kept = new Set(entries.filter(stays).map(({ memberId }) => memberId));
  const gone = before.filter(({ memberId }) => !kept.has(memberId));
  await remove(tx, conversationId, gone);
  const places = await add(
    tx,
    now,
    conversationId,
    entries.filter(({ memberId }) => !kept.has(memberId)),
  );
  const placeOf = (memberId: string) => places.get(memberId) ?? rows.get(memberId)?.place ?? '';
  const after = entries.map((entry) => ({ ...entry, place: placeOf(entry.memberId) }));
  const changed = after.filter((row) => kept.has(row.memberId) && !isSame(row, rows.get(row.memberId)));
  for (const row of changed) await update(tx, conversationId, row);
  return { before, after, gone, added: after.filter(({ memberId }) => !kept.has(memberId)), changed };
}

/** They let it pass: wherever they stand now, they signed up anew. */
function isLapsed(entry: Entry, now: Date): boolean {
  return entry.state === 'offered' && entry.until <= now;
}

function isSame(one: Entry, other: Entry | undefined): boolean {
  return one.state === other?.state && untilOf(one)?.getTime() === untilOf(other)?.getTime();
}

function untilOf(entry: Entry | undefined): Date | undefined {
  return entry?.state === 'offered' ? entry.until : undefined;
}

function asColumns(entry: Entry) {
  const unasked = entry.state === 'offered' && entry.unasked === true;
  return { state: entry.state, offered_until: untilOf(entry) ?? null, unasked };
}

async function remove(tx: Transaction, conversationId: string, gone: readonly SeatRow[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ memberId }) => memberId);
  await tx.deleteFrom('seats').where('conversation_id', '=', conversationId).where('member_id', 'in', ids).execute();
}

/** @returns the place of each, by member */
async function add(
  tx: Transaction,
  now: Date,
  conversationId: string,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, string>> {
  const places = new Map<string, string>();
  // One by one: the order in which the rows of one statement are numbered is nowhere promised.
  for (const entry of entries) {
    const row = { conversation_id: conversationId, member_id: entry.memberId, signed_up_at: now, ...asColumns(entry) };
    const { place } = await tx.insertInto('seats').values(row).returning('place').executeTakeFirstOrThrow();
    places.set(entry.memberId, place);
  }
  return places;
}

async function update(tx: Transaction, conversationId: string, row: SeatRow): Promise<void> {
  await tx
    .updateTable('seats')
    .set(asColumns(row))
    .where('conversation_id', '=', conversationId)
    .where('member_id', '=', row.memberId)
    .execute();
}

const deliveries = {
  seated: 'conversations.seat-freed',
  offered: 'conversations.seat-offered',
  'offer-ended': 'conversations.offer-ended',
} as const;

/** Each key holds the place, which is new each time a person signs up: what happens twice is told twice. */
async function announceTo(
  tx: Transaction,
  now: Date,
  conversationId: string,
  told: readonly Telling[],
  rows: readonly SeatRow[],
): Promise<void> {
  const postings = told.map(({ memberId, news }) => {
    const kind = deliveries[news];
    const place = rows.find((row) => row.memberId === memberId)?.place ?? '';
    return { key: `${kind}:${conversationId}:${place}`, kind, subject: conversationId, memberId } as const;
  });
  await post(tx, now, postings);
}

/**
 * Puts the end of each offer on the agenda. It is not taken off again when the seat is taken or let go: whoever does what
 * falls due holds it and waits for the conversation, and finds nothing to end.
 */
async function scheduleEnds(tx: Transaction, conversationId: string, rows: readonly SeatRow[]): Promise<void> {
  const kind = 'conversations.offer-ends';
  const offers = rows.flatMap((row) => (row.state === 'offered' ? [{ place: row.place, at: row.until }] : []));
  await schedule(
    tx,
    offers.map(({ place, at }) => ({
      // An offer that is made shorter has an end of its own.
      key: `${kind}:${conversationId}:${place}:${at.getTime()}`,
      kind,
      subject: conversationId,
      at,
    })),
  );
}

/** Invitations and late reminders for who has a seat now; who has none any more finds it taken out of their calendar. */
async function keepCalendars(
  tx: Transaction,
  now: Date,
  conversation: Conversation,
  { gone, added, changed }: Difference,
): Promise<void> {
  const given = [...changed, ...added].filter(({ state }) => state === 'seated');
  const moved = new Set([...gone, ...changed].map(({ memberId }) => memberId));
  await countMoves(tx, now, conversation.id, [...moved]);
  const lost = gone.filter(({ state }) => state === 'seated').map(({ memberId }) => memberId);
  if (lost.length > 0) await takeBack(tx, now, conversation.id, lost);
  if (given.length === 0) return;
  await invite(
    tx,
    now,
    conversation.id,
    given.map(({ memberId }) => memberId),
  );
  for (const { memberId, place } of given) await remindIfLate(tx, now, conversation, { member_id: memberId, place });
}

/** Everybody else whose home shows something else now: what they have, or their position. */
function concerned({ before, after }: Difference, told: readonly Telling[], by: string | undefined): readonly string[] {
  const was = shownOf(before);
  const moved = [...shownOf(after)].filter(([id, shown]) => was.get(id) !== shown).map(([id]) => id);
  const ids = new Set([...moved, ...told.map(({ memberId }) => memberId)]);
  return [...ids].filter((id) => id !== by);
}

/** What the home of each shows of it, by member. */
function shownOf(rows: readonly SeatRow[]): ReadonlyMap<string, string> {
  const line = rows.filter(({ state }) => state === 'waiting');
  const positions = new Map(line.map(({ memberId }, index) => [memberId, index + 1]));
  return new Map(
    rows.map((row) => [row.memberId, `${row.state} ${positions.get(row.memberId)} ${untilOf(row)?.getTime()}`]),
  );
}
