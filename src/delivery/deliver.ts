import { withEdits } from '../account.ts';
import type { Core } from '../core.ts';
import { compose } from './compose.ts';
import { arrived, notSent, settled, undone } from './consequences.ts';
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
import type { Act, Composed, DeliveryKind, Outcome, Receipt } from './model.ts';
import { findRoute, type Outbounds, type Route } from './route.ts';
import { askedMs, backoffMs, blockedMs, isChange, isHopeless, restMs } from './rules.ts';

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
  if (composed.kind === 'drop') return await conclude(core, claimed, dropped(composed.reason));
  const step = await stepOf(core, claimed, composed);
  return 'status' in step ? await conclude(core, claimed, step) : await send(core, outbounds, claimed, step);
}

/** There is nothing to be done. */
function dropped(reason: string): Settlement {
  return { status: 'dropped', reason, turnedAway: false };
}

/** What is to be done, and by which account: `undefined` where it may be any of the reader's. */
interface Step {
  readonly act: Act;
  readonly only: string | undefined;
}

interface FoundCard {
  readonly receipt: Receipt;
  /** The account that has it; `undefined` for a room. */
  readonly only: string | undefined;
}

type ToSay = Exclude<Composed, { kind: 'drop' }>;

/** What it comes to; a settlement where that cannot be now. */
async function stepOf(core: Core, claimed: Claimed, composed: ToSay): Promise<Step | Settlement> {
  switch (composed.kind) {
    case 'say':
      return { act: { kind: 'post', message: composed.message }, only: undefined };
    case 'invite':
      return { act: composed, only: undefined };
    case 'show-home':
      return { act: { kind: 'home', page: composed.page }, only: undefined };
    case 'revise':
    case 'remove': {
      const found = await findCard(core, claimed, composed.of);
      if ('status' in found) return found;
      const { receipt, only } = found;
      return composed.kind === 'remove'
        ? { act: { kind: 'remove', receipt }, only }
        : { act: { kind: 'edit', message: composed.message, receipt }, only };
    }
  }
}

/** Where the card to be changed stands. One on its way was composed before this change, so it is waited for. */
async function findCard(core: Core, claimed: Claimed, of: DeliveryKind): Promise<FoundCard | Settlement> {
  const posted = await findPosted(core.db, claimed, of);
  if (posted?.status === 'sending') {
    // Longer each time: it may be in doubt for hours, and other cards have the same line.
    const afterMs = restMs(claimed.putOff + 1);
    const { stream } = claimed;
    return { status: 'pending', afterMs, reason: 'the card is still on its way', putOff: true, stream };
  }
  if (posted?.status !== 'sent') return dropped('there is no card to change');
  const { receipt, accountId } = posted;
  if ('roomId' in claimed) return { receipt, only: undefined };
  return accountId === null
    ? dropped('the account that has the card is no longer there')
    : { receipt, only: accountId };
}

async function send(core: Core, outbounds: Outbounds, claimed: Claimed, { act, only }: Step): Promise<Delivered> {
  const route = await findRoute(core, outbounds, claimed, only);
  if (route === undefined) {
    // What is for calendars goes by e-mail or not at all, and so does a second introduction: they were told where they are.
    const isByMailOrNot = act.kind === 'invite' || claimed.kind === 'matching.email-introduction';
    if (isByMailOrNot) return await conclude(core, claimed, dropped('no e-mail reaches this member'));
    const reason = 'memberId' in claimed ? 'no channel reaches this member' : 'no channel reaches this room';
    return await giveUp(core, claimed, act, { reason, turnedAway: false });
  }
  if ('receipt' in act && !withEdits.has(route.outbound.platform)) {
    const reason = 'the platform that has the card cannot change it';
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
      return await tryAgain(core, claimed, askedMs(outcome.afterMs) || waitOf(claimed), outcome.reason);
    case 'throttled':
      return await putOff(core, claimed, route, askedMs(outcome.afterMs) || restMs(claimed.putOff + 1), outcome.reason);
    case 'blocked':
      return await putOff(core, claimed, route, blockedMs, outcome.reason);
    case 'refused':
      // It may be this message alone that is not taken.
      return await giveUp(core, claimed, act, { reason: outcome.reason, turnedAway: false });
    case 'unknown':
      // A change is as good done twice.
      if (!says(act)) return await tryAgain(core, claimed, waitOf(claimed), outcome.reason);
      // Left in `sending`: the sweep looks it up once the lease is over, and only then decides.
      await markDoubtful(core.db, claimed, core.clock.now());
      return 'later';
    case 'gone': {
      if (route.account === undefined || !says(act)) {
        return await giveUp(core, claimed, act, { reason: outcome.reason, turnedAway: true });
      }
      await core.db.updateTable('accounts').set({ reachable: false }).where('id', '=', route.account.id).execute();
      return await send(core, outbounds, claimed, { act, only: undefined });
    }
  }
}

/** True of what tells somebody something; all else changes what stands already. */
function says({ kind }: Act): boolean {
  return kind === 'post' || kind === 'invite';
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

/** Back to pending, unless it has been tried for long enough: then the operator is shown it, if it said something. */
export async function tryAgain(core: Core, claimed: Claimed, afterMs: number, reason: string): Promise<Delivered> {
  if (isHopeless(claimed.kind, claimed.createdAt, core.clock.now())) {
    const hasChanged = isChange(claimed.kind);
    const status = hasChanged ? 'dropped' : 'failed';
    return await conclude(core, claimed, { status, reason: `gave up: ${reason}`, turnedAway: hasChanged });
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
  return await conclude(core, claimed, { status: says(act) ? 'failed' : 'dropped', ...failure });
}

/** Settles a delivery, with what follows from that, in one transaction. */
export async function conclude(core: Core, claimed: Claimed, settlement: Settlement): Promise<Delivered> {
  return await core.db.transaction().execute(async (tx) => {
    await holdPlace(tx, claimed);
    if (!(await settle(tx, core.clock.now(), claimed, settlement))) return 'idle';
    if (settlement.status === 'sent') await arrived(core, tx, claimed);
    if (settlement.status === 'dropped') await undone(tx, claimed, settlement.turnedAway);
    if (settlement.status === 'failed') await notSent(core, tx, claimed, settlement.turnedAway);
    if (settlement.status !== 'pending') await settled(tx, claimed);
    return settlement.status === 'pending' ? 'later' : settlement.status;
  });
}
