import type { Selectable } from 'kysely';
import type { Transaction } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import { noStream } from './lanes.ts';
import type { DeliveryKind } from './model.ts';
import { isPreferred } from './reach.ts';
import { bestAccount, type Outbounds, ownerOf, streamOf } from './route.ts';
import { cardChangedBy } from './rules.ts';

/**
 * Gives those that are due their place in line: the workspace they would go to now. It is looked at again when they
 * are sent, so that one whose way has changed meanwhile is put into its new line.
 *
 * @returns how many were looked at, `limit` at most
 */
export async function assignStreams(tx: Transaction, outbounds: Outbounds, now: Date, limit: number): Promise<number> {
  const unassigned = await tx
    .selectFrom('deliveries')
    .select(['id', 'kind', 'subject', 'member_id', 'room_id', 'via'])
    .where('status', '=', 'pending')
    .where('stream', 'is', null)
    .where('not_before', '<=', now)
    .orderBy('created_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  const ways = await readWays(tx, unassigned);
  const streams = Map.groupBy(unassigned, (row) => standIn(outbounds, ways, row));
  for (const [stream, rows] of streams) {
    const ids = rows.map(({ id }) => id);
    await tx.updateTable('deliveries').set({ stream }).where('id', 'in', ids).execute();
  }
  return unassigned.length;
}

type Unassigned = Pick<Selectable<Schema['deliveries']>, 'id' | 'kind' | 'subject' | 'member_id' | 'room_id' | 'via'>;

/** The accounts and rooms that these may go to, and which account has each card that is to be changed. */
async function readWays(tx: Transaction, rows: readonly Unassigned[]) {
  const memberIds = [...new Set(rows.flatMap(({ member_id }) => member_id ?? []))];
  const roomIds = [...new Set(rows.flatMap(({ room_id }) => room_id ?? []))];
  const accounts =
    memberIds.length === 0
      ? []
      : await tx
          .selectFrom('accounts')
          .innerJoin('members', 'members.id', 'accounts.member_id')
          .select(['accounts.id', 'member_id as memberId', 'platform', 'space', 'seen_at as seenAt'])
          .select(isPreferred.as('isPreferred'))
          .where('member_id', 'in', memberIds)
          .where('reachable', '=', true)
          .execute();
  const rooms =
    roomIds.length === 0
      ? []
      : await tx.selectFrom('rooms').select(['id', 'platform', 'space']).where('id', 'in', roomIds).execute();
  return {
    accounts: Map.groupBy(accounts, ({ memberId }) => memberId),
    rooms: new Map(rooms.map((room) => [room.id, room])),
    cards: await readCards(tx, rows),
  };
}

/** By {@link cardKey}, the account that has the card. */
async function readCards(tx: Transaction, rows: readonly Unassigned[]): Promise<ReadonlyMap<string, string>> {
  const wanted = rows.flatMap(({ kind, subject, member_id }) => {
    const of = cardChangedBy(kind);
    return of === undefined || member_id === null ? [] : [{ kind: of, subject, member_id }];
  });
  if (wanted.length === 0) return new Map();
  const found = await tx
    .selectFrom('deliveries')
    .select(['kind', 'subject', 'member_id', 'account_id'])
    .where('kind', 'in', [...new Set(wanted.map(({ kind }) => kind))])
    .where('subject', 'in', [...new Set(wanted.map(({ subject }) => subject))])
    .where('member_id', 'in', [...new Set(wanted.map(({ member_id }) => member_id))])
    .execute();
  return new Map(
    found.flatMap((row) => (row.account_id === null ? [] : [[cardKey(row.kind, row), row.account_id] as const])),
  );
}

function cardKey(kind: DeliveryKind, { subject, member_id }: Pick<Unassigned, 'subject' | 'member_id'>): string {
  return [kind, subject, member_id].join(' ');
}

type Ways = Awaited<ReturnType<typeof readWays>>;

function standIn(outbounds: Outbounds, ways: Ways, row: Unassigned): string {
  const way = row.room_id === null ? wayToMember(outbounds, ways, row) : ways.rooms.get(row.room_id);
  return way === undefined || !outbounds.has(way.platform) ? noStream : streamOf(row.kind, way.platform, way.space);
}

function wayToMember(outbounds: Outbounds, ways: Ways, row: Unassigned) {
  const { via } = row;
  const accounts = ways.accounts.get(row.member_id ?? '') ?? [];
  const of = cardChangedBy(row.kind);
  if (of === undefined) return bestAccount(outbounds, { via, only: ownerOf(row) }, accounts);
  const only = ways.cards.get(cardKey(of, row));
  // Nobody has the card, or not any more: whoever sends this finds out, and says so.
  return only === undefined ? undefined : bestAccount(outbounds, { via, only }, accounts);
}
