import type { Platform } from '../account.ts';

/** How often one delivery is tried before the operator is told. */
export const mostAttempts = 8;

/** A delivery found in `sending` for longer than this was cut off by a crash. Longer than any adapter's time-out. */
export const sendingLeaseMs = 120_000;

/** How long to wait before trying again when the platform does not say: 5 s, doubling, at most an hour. */
export function backoffMs(attempts: number): number {
  return Math.min(5_000 * 2 ** Math.max(0, attempts - 1), 3_600_000);
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
