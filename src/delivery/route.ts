import type { Platform } from '../account.ts';
import type { Core } from '../core.ts';
import { readSubject } from '../membership/model.ts';
import { findRoom, type Room } from '../store/rooms.ts';
import { cardsKey, changesKey, homesKey, laneKey, messagesKey } from './lanes.ts';
import type { Claimed } from './ledger.ts';
import type { DeliveryKind, Destination, Outbound } from './model.ts';
import { groupUsers, type Reached, reachableAccounts } from './reach.ts';
import { chooseAccount, isChange, type Reachable } from './rules.ts';

/** The ways out that are switched on, by platform. */
export type Outbounds = ReadonlyMap<Platform, Outbound>;

/** Where a delivery goes now, and by which way out. */
export interface Route {
  readonly outbound: Outbound;
  readonly to: Destination;
  /** Where it stands in line, as lanes.ts names it. */
  readonly stream: string;
  /** The account it goes to; `undefined` for a room. */
  readonly account: Reached | undefined;
}

/**
 * `undefined` when no channel that is on reaches the member or the room.
 *
 * @param only the one account it may go to; `undefined` where the member may be reached by any
 */
export async function findRoute(
  core: Core,
  outbounds: Outbounds,
  claimed: Claimed,
  only?: string,
): Promise<Route | undefined> {
  if ('roomId' in claimed) {
    const room = await findRoom(core.db, claimed.roomId);
    return room === undefined ? undefined : await routeToRoom(core, outbounds, claimed.kind, room);
  }
  const wish = { via: claimed.via, only: only ?? ownerOf(claimed) };
  const account = bestAccount(outbounds, wish, await reachableAccounts(core.db, claimed.memberId));
  return account === undefined ? undefined : routeTo(outbounds, claimed.kind, account);
}

/**
 * The one account that a home belongs to, or that the news of another account goes to; `undefined` for everything else,
 * which goes where its reader is best reached.
 */
export function ownerOf({ kind, subject }: { readonly kind: DeliveryKind; readonly subject: string }) {
  if (kind === 'membership.connected') return readSubject(subject).told;
  return kind === 'network.home' ? subject : undefined;
}

/** What decides which of a member's accounts a delivery goes to. */
interface Wish {
  readonly via: Platform | null;
  /** The id of the one account it may go to, if there is but one. */
  readonly only: string | undefined;
}

/** @param accounts those of the member that can be reached */
export function bestAccount<T extends Reachable & { readonly id: string }>(
  outbounds: Outbounds,
  { via, only }: Wish,
  accounts: readonly T[],
): T | undefined {
  const candidates = only === undefined ? accounts : accounts.filter(({ id }) => id === only);
  const open = [...outbounds.keys()].filter((platform) => via === null || platform === via);
  return chooseAccount(candidates, new Set(open));
}

export function streamOf(kind: DeliveryKind, platform: Platform, space: string): string {
  const lane = laneKey(platform, space);
  if (kind === 'network.home') return homesKey(lane);
  if (kind === 'conversations.card-update') return cardsKey(lane);
  return isChange(kind) ? changesKey(lane) : messagesKey(lane);
}

export function routeTo(outbounds: Outbounds, kind: DeliveryKind, account: Reached): Route | undefined {
  const { platform, space } = account.account;
  const outbound = outbounds.get(platform);
  if (outbound === undefined) return undefined;
  const to = { kind: 'account', account: account.account, address: account.address } as const;
  return { outbound, to, stream: streamOf(kind, platform, space), account };
}

async function routeToRoom(
  core: Core,
  outbounds: Outbounds,
  kind: DeliveryKind,
  room: Room,
): Promise<Route | undefined> {
  const outbound = outbounds.get(room.platform);
  if (outbound === undefined) return undefined;
  const to = await destinationOf(core, room);
  if (to === undefined) return undefined;
  return { outbound, to, stream: streamOf(kind, room.platform, room.space), account: undefined };
}

async function destinationOf(core: Core, room: Room): Promise<Destination | undefined> {
  const { platform, space } = room;
  switch (room.purpose) {
    case 'announcements':
      return { kind: 'room', space, room: room.room, address: room.address };
    case 'farewell':
    case 'greeting':
      return { kind: 'account', account: { platform, space, user: room.room }, address: room.address };
    case 'introduction': {
      const users = await groupUsers(core.db, room.subject, platform, space);
      return users === undefined ? undefined : { kind: 'group', space, users };
    }
  }
}
