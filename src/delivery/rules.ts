import type { Platform } from '../account.ts';
import type { DeliveryKind, MemberDeliveryKind } from './model.ts';

/** For how long a message is tried, from when it was posted, before the operator is told. */
export const patienceMs = 24 * 3_600_000;

/** The same for the change of a card that one member was sent. */
const cardPatienceMs = 7 * patienceMs;

/**
 * Whether to try no more. A change of what many read, or of a home, is never given up: it is what keeps that from being
 * wrong for good. That of one member's card is, in the end: one that always breaks would hold up its whole workspace.
 */
export function isHopeless(kind: DeliveryKind, createdAt: Date, now: Date): boolean {
  const ageMs = now.getTime() - createdAt.getTime();
  if (cardChangedBy(kind) !== undefined) return ageMs >= cardPatienceMs;
  return !isChange(kind) && ageMs >= patienceMs;
}

/** A delivery found in `sending` for longer than this was cut off by a crash. Longer than any adapter's time-out. */
export const sendingLeaseMs = 120_000;

/** A message in doubt whose platform has not said for so long whether it took it is given up. */
export const doubtMs = 6 * 3_600_000;

/** How long a workspace that takes nothing until the operator acts is left alone before it is asked again. */
export const blockedMs = 60_000;

/**
 * A send that has been under way for longer than this no longer keeps others of its lane waiting: its process may be
 * gone. Longer than a call to a chat platform may take.
 */
export const underWayMs = 30_000;

/** The longest that anything waits, whoever says so: one wrong date would else silence a workspace for years. */
const longestMs = 3_600_000;

/** How long to wait before trying again when the platform does not say: 5 s, doubling, at most an hour. */
export function backoffMs(attempts: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, attempts - 1), longestMs);
}

/** How long to wait where the platform says: as long, but no longer than an hour. 0 where it does not say. */
export function askedMs(afterMs: number): number {
  return Math.min(afterMs, longestMs);
}

/**
 * How long to leave a workspace alone that says "too many" and not for how long, or that does not answer; and how long
 * the change of a card waits for the card, which is on its way.
 */
export function restMs(times: number): number {
  return Math.min(backoffMs(times), blockedMs);
}

export const changeKinds = [
  'network.home',
  'network.blank-home',
  'conversations.notice-update',
  'conversations.card-update',
] as const satisfies readonly DeliveryKind[];

const changes: ReadonlySet<DeliveryKind> = new Set<DeliveryKind>(changeKinds);

/** For how long a change that was settled is kept, from then on: the operator may want to see why it was not done. */
export const changeKeptMs = 24 * 3_600_000;

/** Whether it changes what stands already. Done twice, it leaves the same behind, so it is never in doubt. */
export function isChange(kind: DeliveryKind): boolean {
  return changes.has(kind);
}

/**
 * What a member was sent that a delivery of this kind brings up to date: it goes to the account that has it.
 * `undefined` for every other kind.
 */
export function cardChangedBy(kind: DeliveryKind): MemberDeliveryKind | undefined {
  return kind === 'conversations.card-update' ? 'conversations.announcement' : undefined;
}

/**
 * The order in which a person's channels are tried when they have not said which they prefer: where they chat first,
 * then e-mail, then the web page, which tells nobody that something is there. Among equals, the one they used last.
 */
const order: Readonly<Record<Platform, number>> = { slack: 0, teams: 0, email: 1, web: 2 };

export interface Reachable {
  readonly platform: Platform;
  readonly seenAt: Date;
  /** Whether its member asked to be written to on this platform. */
  readonly isPreferred: boolean;
}

/** What they prefer comes first; where that is closed or switched off, the next in order. */
export function chooseAccount<T extends Reachable>(accounts: readonly T[], open: ReadonlySet<Platform>): T | undefined {
  const usable = accounts.filter((account) => open.has(account.platform));
  return usable.toSorted(
    (a, b) =>
      Number(b.isPreferred) - Number(a.isPreferred) ||
      order[a.platform] - order[b.platform] ||
      b.seenAt.getTime() - a.seenAt.getTime(),
  )[0];
}
