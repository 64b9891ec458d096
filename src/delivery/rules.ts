import type { Platform } from '../account.ts';
import type { DeliveryKind } from './model.ts';

/** For how long a message is tried, from when it was posted, before the operator is told. */
export const patienceMs = 24 * 3_600_000;

/** Whether to try no more: a change is what keeps a card or a home from being wrong for good, so it is never given up. */
export function isHopeless(kind: DeliveryKind, createdAt: Date, now: Date): boolean {
  return !isChange(kind) && now.getTime() - createdAt.getTime() >= patienceMs;
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

/** How long the change of a card waits for the card, which is on its way. */
export const pauseMs = 5_000;

/** How long to wait before trying again when the platform does not say: 5 s, doubling, at most an hour. */
export function backoffMs(attempts: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, attempts - 1), 3_600_000);
}

/** How long to leave a workspace alone that says "too many" and not for how long, or that does not answer. */
export function restMs(times: number): number {
  return Math.min(backoffMs(times), blockedMs);
}

const changes: ReadonlySet<DeliveryKind> = new Set<DeliveryKind>([
  'network.home',
  'network.blank-home',
  'conversations.notice-update',
]);

/** Whether it changes what stands already. Done twice, it leaves the same behind, so it is never in doubt. */
export function isChange(kind: DeliveryKind): boolean {
  return changes.has(kind);
}

/**
 * The order in which a person's channels are tried: where they chat first, then e-mail, then the web page, which
 * tells nobody that something is there. Among equals, the one they used last.
 */
const order: Readonly<Record<Platform, number>> = { slack: 0, teams: 0, email: 1, web: 2 };

export interface Reachable {
  readonly platform: Platform;
  readonly seenAt: Date;
}

export function chooseAccount<T extends Reachable>(accounts: readonly T[], open: ReadonlySet<Platform>): T | undefined {
  const usable = accounts.filter((account) => open.has(account.platform));
  return usable.toSorted((a, b) => order[a.platform] - order[b.platform] || b.seenAt.getTime() - a.seenAt.getTime())[0];
}
