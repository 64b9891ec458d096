import type { Core } from '../core.ts';
import { conclude, tryAgain, waitOf } from './deliver.ts';
import { findStuck, giveUpInDoubt, type Stuck, takeStuck } from './ledger.ts';
import type { Trace } from './model.ts';
import { findRoute, type Outbounds, type Route, routeTo, streamOf } from './route.ts';
import { doubtMs, isChange, sendingLeaseMs } from './rules.ts';

/**
 * Decides about deliveries that a crash left in `sending`: asks the platform whether each was sent. Where it cannot
 * say, the delivery is marked failed and shown to the operator rather than sent twice.
 *
 * @returns how many were looked at
 * @throws AggregateError when a look broke; the others are decided all the same
 */
export async function reconcile(core: Core, outbounds: Outbounds): Promise<number> {
  const cutOff = new Date(core.clock.now().getTime() - sendingLeaseMs);
  const stuck = await findStuck(core.db, cutOff);
  const looks = stuck.map(async (each) => ({ ...each, way: await lastWay(core, outbounds, each) }));
  const lines = Map.groupBy(await Promise.all(looks), ({ way }) => (way.kind === 'known' ? way.route.stream : ''));
  const faults = await Promise.all([...lines.values()].map((line) => decideInTurn(core, line, cutOff)));
  if (faults.flat().length > 0) {
    throw new AggregateError(faults.flat(), 'Deliveries that were cut off could not be looked up');
  }
  return stuck.length;
}

interface Look extends Stuck {
  readonly way: Way;
}

/** One after the other, so that no workspace is asked much at once. @returns the faults on the way */
async function decideInTurn(core: Core, line: readonly Look[], cutOff: Date): Promise<readonly unknown[]> {
  const faults: unknown[] = [];
  for (const look of line) {
    try {
      if (!(await takeStuck(core.db, look.delivery, cutOff, core.clock.now()))) continue;
      const trace = await decide(core, look);
      // It does not answer: the others of this line are left to the next looks, which begin with them.
      if (trace === 'later') break;
    } catch (fault) {
      faults.push(fault);
    }
  }
  return faults;
}

/** The way it was going when it was cut off. */
type Way =
  | { readonly kind: 'known'; readonly route: Route }
  /** It had not got so far, or it is a change, which is as good done twice. */
  | { readonly kind: 'none' }
  /** Its platform is switched off, or its room is no more: there is nobody to ask. */
  | { readonly kind: 'closed'; readonly stream: string | null };

async function lastWay(core: Core, outbounds: Outbounds, { delivery, account }: Stuck): Promise<Way> {
  if (isChange(delivery.kind)) return { kind: 'none' };
  if ('memberId' in delivery && account === undefined) return { kind: 'none' };
  const route =
    account === undefined ? await findRoute(core, outbounds, delivery) : routeTo(outbounds, delivery.kind, account);
  if (route !== undefined) return { kind: 'known', route };
  if (account === undefined) return { kind: 'closed', stream: delivery.stream };
  const { platform, space } = account.account;
  return { kind: 'closed', stream: streamOf(delivery.kind, platform, space) };
}

async function decide(core: Core, { delivery, since, way }: Look): Promise<Trace['kind']> {
  if (way.kind === 'none') {
    await tryAgain(core, delivery, restOf(delivery), 'cut off before it was sent');
    return 'not-sent';
  }
  if (way.kind === 'closed') {
    const closed = 'by a channel that is closed now, which cannot say whether it arrived';
    await failInDoubt(core, delivery, way.stream, closed);
    return 'unknown';
  }
  const { outbound, to, stream } = way.route;
  const trace = await outbound.findTrace({ deliveryId: delivery.id, to }, since);
  switch (trace.kind) {
    case 'sent':
      await conclude(core, delivery, { status: 'sent', receipt: trace.receipt });
      break;
    case 'not-sent':
      await tryAgain(core, delivery, restOf(delivery), 'cut off, and not sent');
      break;
    case 'unknown':
      await failInDoubt(core, delivery, stream, `by ${outbound.platform}, which cannot say whether it arrived`);
      break;
    case 'later':
      // Else it stays in `sending`: it is asked about again when the lease is over once more.
      if (core.clock.now().getTime() - since.getTime() >= doubtMs) {
        const mute = `by ${outbound.platform}, which did not say for hours whether it arrived`;
        await failInDoubt(core, delivery, stream, mute);
      }
      break;
  }
  return trace.kind;
}

/** What is left of the wait after a failure: it has stood for the lease already. */
function restOf(delivery: Stuck['delivery']): number {
  return Math.max(0, waitOf(delivery) - sendingLeaseMs);
}

/** Not concluded: it may have arrived, so nothing else is said in its place. Counted by the stream it went by. */
async function failInDoubt(core: Core, delivery: Stuck['delivery'], stream: string | null, way: string): Promise<void> {
  await giveUpInDoubt(core.db, core.clock.now(), delivery, stream, `cut off while sending ${way}`);
}
