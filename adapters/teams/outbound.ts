import type { Core } from '../../src/core.ts';
import { asLetter, type Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import type { Connector } from './bot-framework.ts';
import { explain } from './errors.ts';
import { limits } from './limits.ts';
import { render } from './render.ts';
import { readPlace } from './schema.ts';

/** Sends each parcel as one card to the member's private chat with us. */
export function createOutbound(core: Core, connector: Connector, log: Log): Outbound {
  return {
    platform: 'teams',
    pace: { inFlight: 8, spaceMs: 0, burst: 0, placeMs: 0, changeMs: 0 },
    async send(parcel) {
      const letter = asLetter(parcel);
      if (letter === undefined) return { kind: 'refused', reason: 'Teams: only messages to one person' };
      const { deliveryId, address, message } = letter;
      const place = readPlace(address);
      if (place === undefined) return { kind: 'gone', reason: 'the member has no private chat with us in Teams' };
      try {
        const activityId = await connector.send(place, render(message, true), limits.deliveryCallMs);
        return { kind: 'sent', receipt: { conversationId: place.conversationId, activityId } };
      } catch (error) {
        const outcome = explain(error, core.clock.now());
        log.warn({ deliveryId, outcome }, 'Teams did not take a message');
        return outcome;
      }
    },
    /** Teams has no way to ask whether a message arrived. */
    findTrace: async () => ({ kind: 'unknown' }),
  };
}
