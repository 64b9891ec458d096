import type { Core } from '../core.ts';
import { compose } from './compose.ts';
import { arrived, notSent, settled } from './consequences.ts';
import { heldUntil, holdLane, holdSilentLane, laneAnswers } from './lane-times.ts';
import { laneOf } from './lanes.ts';
import {
  type Claimed,
  claim,
  findPosted,
  holdPlace,
  markDoubtful,
  type Postponement,
  recordAccount,
  type Settlement,
  settle,
} from './ledger.ts';
import type { Act, Composed, Outcome, Receipt, RoomDeliveryKind } from './model.ts';
import { findRoute, type Outbounds, type Route } from './route.ts';
import { backoffMs, blockedMs, isHopeless, pauseMs, restMs } from './rules.ts';

/** What became of a delivery in this run; `idle` when another run has it or it is done. */
export type Delivered = 'idle' | 'sent' | 'dropped' | 'later' | 'failed';

/**
 * Sends one delivery. Claims it first, so of two runs one finds nothing to do; commits where it is going before it is
 * sent, so that after a crash it can be looked up.
 */
export async function deliver(core: Core, outbounds: Outbounds, deliveryId: string): Promise<Delivered> {
  const claimed = await claim(core.db, deliveryId, core.clock.now());
  if (claimed === undefined) return 'idle';
  const composed = await compose(core, claimed);
  if (composed.kind === 'drop') return await conclude(core, claimed, { status: 'dropped', reason: composed.reason });
  const act = await actOf(core, claimed, composed);
  return 'status' in act ? await conclude(core, claimed, act) : await send(core, outbounds, claimed, act);
}

interface FoundCard {
  readonly receipt: Receipt;
}

type ToSay = Exclude<Composed, { kind: 'drop' }>;

/** The act that says it; a settlement where that cannot be now. */
async function actOf(core: Core, claimed: Claimed, composed: ToSay): Promise<Act | Settlement> {
  switch (composed.kind) {
    case 'say':
      return { kind: 'post', message: composed.message };
    case 'show-home':
      return { kind: 'home', page: composed.page };
    case 'revise':
    case 'remove': {
      const found = await receiptOf(core, claimed, composed.of);
      if ('status' in found) return found;
      const { receipt } = found;
      return composed.kind === 'remove'
        ? { kind: 'remove', receipt }
        : { kind: 'edit', message: composed.message, receipt };
    }
  }
}

/** What the platform calls the card to be changed. One on its way was composed before this change, so it is waited for. */
async function receiptOf(core: Core, claimed: Claimed, of: RoomDeliveryKind): Promise<FoundCard | Settlement> {
  const { stream } = claimed;
  const posted = 'roomId' in claimed ? await findPosted(core.db, claimed.roomId, of, claimed.subject) : undefined;
  if (posted?.status === 'sent') return { receipt: posted.receipt };
  return posted?.status === 'sending'
    ? { status: 'pending', afterMs: pauseMs, reason: 'the card is still on its way', putOff: true, stream }
    : { status: 'dropped', reason: 'there is no card to change' };
}

async function send(core: Core, outbounds: Outbounds, claimed: Claimed, act: Act): Promise<Delivered> {
  const route = await findRoute(core, outbounds, claimed);
  if (route === undefined) {
    const reason = 'memberId' in claimed ? 'no channel reaches this member' : 'no channel reaches this room';
    return await giveUp(core, claimed, act, { reason, turnedAway: false });
  }
  if (!(await recordAccount(core.db, claimed, route.account?.id ?? null))) return 'idle';
  const notNow = await postpone(core, claimed, route);
  if (notNow !== undefined) return await conclude(core, claimed, notNow);
  const outcome = await route.outbound.send({ deliveryId: claimed.id, to: route.to, act });
  await spare(core, route, outcome);
  return await record(core, outbounds, claimed, route, act, outcome);
}

/** Why it cannot go this way at once, after all. */
async function postpone(core: Core, claimed: Claimed, { stream }: Route): Promise<Postponement | undefined> {
  const putOff = { status: 'pending', putOff: true, stream } as const;
  // Its turn came in another line, at another platform's pace: an account was added or lost meanwhile.
  if (claimed.stream !== null && claimed.stream !== stream) return { ...putOff, afterMs: 0, reason: '' };
  const now = core.clock.now();
  const held = await heldUntil(core.db, laneOf(stream), now);
  if (held === undefined) return undefined;
  return { ...putOff, afterMs: held.getTime() - now.getTime(), reason: 'this workspace takes nothing for now' };
}

/** What does not answer one would answer none: the others wait, rather than be lost or in doubt too. */
async function spare(core: Core, { outbound, stream }: Route, { kind }: Outcome): Promise<void> {
  const lane = laneOf(stream);
  switch (kind) {
    case 'later':
    case 'unknown':
      // The web is our own database: there is nobody to spare.
      if (outbound.platform !== 'web') await holdSilentLane(core.db, lane, core.clock.now(), outbound.pace);
      break;
    case 'sent':
    case 'gone':
    case 'refused':
      await laneAnswers(core.db, lane);
      break;
    case 'throttled':
    case 'blocked':
      break;
  }
}

async function record(
  core: Core,
  outbounds: Outbounds,
  claimed: Claimed,
  route: Route,
  act: Act,
  outcome: Outcome,
): Promise<Delivered> {
  switch (outcome.kind) {
    case 'sent':
      return await conclude(core, claimed, { status: 'sent', receipt: outcome.receipt });
    case 'later':
      return await tryAgain(core, claimed, outcome.afterMs || waitOf(claimed), outcome.reason);
    case 'throttled':
      return await putOff(core, claimed, route, outcome.afterMs || restMs(claimed.putOff + 1), outcome.reason);
    case 'blocked':
      return await putOff(core, claimed, route, blockedMs, outcome.reason);
    case 'refused':
      // It may be this message alone that is not taken.
      return await giveUp(core, claimed, act, { reason: outcome.reason, turnedAway: false });
    case 'unknown':
      // A change is as good done twice.
      if (act.kind !== 'post') return await tryAgain(core, claimed, waitOf(claimed), outcome.reason);
      // Left in `sending`: the sweep looks it up once the lease is over, and only then decides.
      await markDoubtful(core.db, claimed, core.clock.now());
      return 'later';
    case 'gone': {
      if (route.account === undefined || act.kind !== 'post') {
        return await giveUp(core, claimed, act, { reason: outcome.reason, turnedAway: true });
      }
      await core.db.updateTable('accounts').set({ reachable: false }).where('id', '=', route.account.id).execute();
      return await send(core, outbounds, claimed, act);
    }
  }
}

/** How long it waits after this failure, in milliseconds. */
export function waitOf({ attempts, putOff }: Claimed): number {
  return backoffMs(attempts - putOff);
}

/** Back to pending, and the whole workspace is left alone for as long. Not an attempt: the platform would not hear it. */
async function putOff(core: Core, claimed: Claimed, route: Route, afterMs: number, reason: string): Promise<Delivered> {
  const { outbound, stream } = route;
  await holdLane(core.db, laneOf(stream), new Date(core.clock.now().getTime() + afterMs), outbound.pace);
  return await conclude(core, claimed, { status: 'pending', afterMs, reason, putOff: true, stream });
}

/** Back to pending, unless it has been tried for long enough: then the operator is shown it. */
export async function tryAgain(core: Core, claimed: Claimed, afterMs: number, reason: string): Promise<Delivered> {
  if (isHopeless(claimed.kind, claimed.createdAt, core.clock.now())) {
    return await conclude(core, claimed, { status: 'failed', reason: `gave up: ${reason}`, turnedAway: false });
  }
  const { stream } = claimed;
  return await conclude(core, claimed, { status: 'pending', afterMs, reason, putOff: false, stream });
}

/** A change of what is no longer there is nobody's loss. */
async function giveUp(
  core: Core,
  claimed: Claimed,
  act: Act,
  failure: { readonly reason: string; readonly turnedAway: boolean },
): Promise<Delivered> {
  const { reason } = failure;
  return await conclude(
    core,
    claimed,
    act.kind === 'post' ? { status: 'failed', ...failure } : { status: 'dropped', reason },
  );
}

/** Settles a delivery, with what follows from that, in one transaction. */
export async function conclude(core: Core, claimed: Claimed, settlement: Settlement): Promise<Delivered> {
  return await core.db.transaction().execute(async (tx) => {
    await holdPlace(tx, claimed);
    if (!(await settle(tx, core.clock.now(), claimed, settlement))) return 'idle';
    if (settlement.status === 'sent') await arrived(core, tx, claimed);
    if (settlement.status === 'failed') await notSent(core, tx, claimed, settlement.turnedAway);
    if (settlement.status !== 'pending') await settled(tx, claimed);
    return settlement.status === 'pending' ? 'later' : settlement.status;
  });
}
