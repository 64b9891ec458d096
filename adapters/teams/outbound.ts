import { z } from 'zod';
import type { Core } from '../../src/core.ts';
import type { Act, Destination, Outbound, Outcome, Pace, Parcel, Receipt } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import type { Connector } from './bot-framework.ts';
import { explain, type Whose } from './errors.ts';
import { limits } from './limits.ts';
import type { Registrations } from './registrations.ts';
import { render } from './render.ts';
import { readPlace, Spot } from './schema.ts';

/**
 * From one bot Teams takes 7 messages to a conversation in a second, 8 in two, 60 in half a minute and 1800 in an hour;
 * and 50 calls a second from an app to a tenant, 30 in older pages. It may change these, and counts all alike: so we stay
 * well below, at five calls a second to a tenant, half of them changes, and 1440 an hour to a conversation. The rest is
 * for what is answered at once, which no outbox paces.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const pace: Pace = { inFlight: 8, spaceMs: 400, burst: 10, placeMs: 2_500, changeMs: 400 };

/**
 * Posts, edits and removes cards in private chats and in channels. Each call is made once: what is tried again, and
 * when, the outbox decides.
 */
export function createOutbound(core: Core, registrations: Registrations, log: Log): Outbound {
  return {
    platform: 'teams',
    pace,
    async send(parcel) {
      const reached = await reach(registrations, parcel);
      if (reached.kind !== 'reached') return reached;
      try {
        return await perform(reached, parcel);
      } catch (error) {
        const outcome = explain(error, core.clock.now(), reached.whose);
        log.warn({ deliveryId: parcel.deliveryId, outcome }, 'Teams did not take a delivery');
        return outcome;
      }
    },
    /** Teams has no way to ask whether a message arrived. */
    findTrace: async () => ({ kind: 'unknown' }),
  };
}

interface Reached {
  readonly kind: 'reached';
  readonly spot: Spot;
  readonly connector: Connector;
  readonly whose: Whose;
}

/** Where to, and as whom. */
async function reach(registrations: Registrations, { to, act }: Parcel): Promise<Reached | Outcome> {
  if (to.kind === 'group') return { kind: 'refused', reason: 'Teams: a bot can make no group' };
  if (act.kind === 'home') return { kind: 'refused', reason: 'Teams: a home is the web page, in a tab' };
  const spot = spotOf(to);
  if (spot === undefined) return { kind: 'gone', reason: 'Teams: we do not know where to write to them' };
  const serving = await registrations.serving(spot.tenantId);
  if (serving === undefined) return { kind: 'gone', reason: 'Teams: their tenant is not enrolled' };
  const { networkAppId } = registrations;
  // Each registration is another bot to Teams, with chats of its own.
  if ((spot.appId || networkAppId) !== serving.appId) {
    return { kind: 'gone', reason: 'Teams: they have not opened the new app yet' };
  }
  if ('receipt' in act && (act.receipt['appId'] || networkAppId) !== serving.appId) {
    return { kind: 'gone', reason: 'Teams: the card is another app’s' };
  }
  const whose = serving.appId === networkAppId ? 'network' : 'council';
  return { kind: 'reached', spot, connector: serving.framework, whose };
}

function spotOf(to: Exclude<Destination, { kind: 'group' }>): Spot | undefined {
  return to.kind === 'account' ? readPlace(to.address) : Spot.safeParse(to.address).data;
}

/**
 * Where a message stands that was posted. Its receipt also holds the `appId` of the registration that posted it, and
 * none, or '', for the network's own, as in what was kept before there were others.
 */
const Card = z.object({ conversationId: z.string().min(1), activityId: z.string().min(1) });

async function perform({ spot, connector }: Reached, { to, act }: Parcel): Promise<Outcome> {
  switch (act.kind) {
    case 'post':
      return await post(connector, spot, act, to.kind === 'account');
    case 'invite':
      return { kind: 'refused', reason: 'Teams: calendar invitations go by email' };
    case 'edit':
      return await change(spot, act.receipt, (where, activityId) =>
        connector.update(where, activityId, render(act.message, false), limits.deliveryCallMs),
      );
    case 'remove':
      return await change(spot, act.receipt, (where, activityId) =>
        connector.remove(where, activityId, limits.deliveryCallMs),
      );
    case 'home':
      throw new Error('Teams keeps no homes');
  }
}

/** @param alert shows a banner; in a channel each reader has chosen for themselves what they are told of */
async function post(
  connector: Connector,
  spot: Spot,
  { message }: Extract<Act, { kind: 'post' }>,
  alert: boolean,
): Promise<Outcome> {
  const activityId = await connector.send(spot, render(message, alert), limits.deliveryCallMs);
  // Teams gives every message an id. An answer without one may be a page of some proxy, which says 200 to everything.
  if (activityId === '') return { kind: 'unknown', reason: 'Teams: an answer that does not say what it is called' };
  return { kind: 'sent', receipt: { conversationId: spot.conversationId, activityId, appId: spot.appId } };
}

/** In the conversation where it stands, by the service that answers for it now. */
async function change(
  spot: Spot,
  receipt: Receipt,
  call: (where: Spot, activityId: string) => Promise<void>,
): Promise<Outcome> {
  const card = Card.safeParse(receipt);
  if (!card.success) return { kind: 'gone', reason: 'Teams: we do not know where the card stands' };
  const { conversationId, activityId } = card.data;
  await call({ ...spot, conversationId }, activityId);
  return { kind: 'sent', receipt };
}
