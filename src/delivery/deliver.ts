import type { Platform } from '../account.ts';
import type { Core } from '../core.ts';
import { compose } from './compose.ts';
import {
  type Claimed,
  claim,
  type Reached,
  reachableAccounts,
  recordAccount,
  type Stuck,
  settle,
  takeStuck,
} from './ledger.ts';
import type { Composed, Outbound, Outcome } from './model.ts';
import { backoffMs, chooseAccount, mostAttempts, sendingLeaseMs } from './rules.ts';

/** The ways out that are switched on, by platform. */
export type Outbounds = ReadonlyMap<Platform, Outbound>;

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
  if (composed.kind === 'drop') return await settle(core, claimed.id, { status: 'dropped', reason: composed.reason });
  return await send(core, outbounds, claimed, composed.message);
}

async function send(core: Core, outbounds: Outbounds, claimed: Claimed, message: SaidMessage): Promise<Delivered> {
  const reached = await choose(core, outbounds, claimed);
  if (reached === undefined) {
    return await settle(core, claimed.id, { status: 'failed', reason: 'no channel reaches this member' });
  }
  await recordAccount(core.db, claimed.id, reached.account.id);
  const { account, outbound } = reached;
  const outcome = await outbound.send({
    deliveryId: claimed.id,
    account: account.account,
    address: account.address,
    message,
  });
  return await record(core, outbounds, claimed, reached, outcome, message);
}

type SaidMessage = Extract<Composed, { kind: 'say' }>['message'];

async function record(
  core: Core,
  outbounds: Outbounds,
  claimed: Claimed,
  { account }: Choice,
  outcome: Outcome,
  message: SaidMessage,
): Promise<Delivered> {
  switch (outcome.kind) {
    case 'sent':
      return await settle(core, claimed.id, { status: 'sent', receipt: outcome.receipt });
    case 'later':
      return await tryAgain(
        core,
        claimed,
        outcome.afterMs > 0 ? outcome.afterMs : backoffMs(claimed.attempts),
        outcome.reason,
      );
    case 'refused':
      return await settle(core, claimed.id, { status: 'failed', reason: outcome.reason });
    case 'unknown':
      // Left in `sending`: the sweep looks it up once the lease is over, and only then decides.
      return 'later';
    case 'gone': {
      await core.db.updateTable('accounts').set({ reachable: false }).where('id', '=', account.id).execute();
      return await send(core, outbounds, claimed, message);
    }
  }
}

interface Choice {
  readonly account: Reached;
  readonly outbound: Outbound;
}

async function choose(core: Core, outbounds: Outbounds, claimed: Claimed): Promise<Choice | undefined> {
  const accounts = await reachableAccounts(core.db, claimed.memberId);
  const open = new Set(claimed.via === null ? outbounds.keys() : [claimed.via]);
  const account = chooseAccount(accounts, open);
  const outbound = account === undefined ? undefined : outbounds.get(account.account.platform);
  return account === undefined || outbound === undefined ? undefined : { account, outbound };
}

/**
 * Decides about deliveries that a crash left in `sending`: asks the platform whether each was sent. Where it cannot
 * say, the delivery is marked failed and shown to the operator rather than sent twice.
 *
 * @returns how many were looked at
 * @throws AggregateError when a look broke; the others are decided all the same
 */
export async function reconcile(core: Core, outbounds: Outbounds): Promise<number> {
  const cutOff = new Date(core.clock.now().getTime() - sendingLeaseMs);
  const stuck = await takeStuck(core, cutOff);
  const looks = await Promise.allSettled(stuck.map((each) => decide(core, outbounds, each)));
  const faults = looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : []));
  if (faults.length > 0) throw new AggregateError(faults, 'Deliveries that were cut off could not be looked up');
  return stuck.length;
}

async function decide(core: Core, outbounds: Outbounds, { delivery, account, since }: Stuck): Promise<void> {
  const outbound = account === undefined ? undefined : outbounds.get(account.account.platform);
  if (account === undefined || outbound === undefined) {
    await tryAgain(core, delivery, 0, 'cut off before it was sent');
    return;
  }
  const parcel = { deliveryId: delivery.id, account: account.account, address: account.address };
  switch (await outbound.wasSent(parcel, since)) {
    case 'yes':
      await settle(core, delivery.id, { status: 'sent', receipt: {} });
      return;
    case 'no':
      await tryAgain(core, delivery, 0, 'cut off, and not sent');
      return;
    case 'unknown': {
      const reason = `cut off while sending by ${account.account.platform}, which cannot say whether it arrived`;
      await settle(core, delivery.id, { status: 'failed', reason });
      return;
    }
    case 'later':
      // It stays in `sending`: it is asked about again when the lease is over once more.
      return;
  }
}

/** Back to pending, unless it has been tried often enough: then the operator is shown it. */
async function tryAgain(core: Core, { id, attempts }: Claimed, afterMs: number, reason: string): Promise<Delivered> {
  if (attempts >= mostAttempts) return await settle(core, id, { status: 'failed', reason: `gave up: ${reason}` });
  return await settle(core, id, { status: 'pending', afterMs, reason });
}
