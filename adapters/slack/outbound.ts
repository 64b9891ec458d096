import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Outbound, Parcel } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { readFailure } from './errors.ts';
import { renderMessage } from './render.ts';

/** Marks our deliveries in a conversation's history. Anyone in it can read metadata: it holds an opaque id, no more. */
const eventType = 'colloquy_delivery';

const Ours = z.object({
  event_type: z.literal(eventType),
  event_payload: z.object({ delivery_id: z.string() }),
});

/** How far our clock and Slack's may be apart when a delivery is looked up, in seconds. */
const clockSkew = 60;

/** Apps outside the Marketplace are given 15 messages a call: https://docs.slack.dev/reference/methods/conversations.history */
const historyLength = 15;

/**
 * Sends each delivery as a direct message. Slack has no idempotency key, so a delivery carries its id as metadata, and
 * after a broken line the conversation is searched for it. Needs chat:write, im:write and im:history.
 */
export function createOutbound(client: webApi.WebClient, log: Log): Outbound {
  return {
    platform: 'slack',
    async send(parcel) {
      const metadata = { event_type: eventType, event_payload: { delivery_id: parcel.deliveryId } };
      const message = { ...renderMessage(parcel.message), metadata, unfurl_links: false, unfurl_media: false };
      try {
        // A person's id opens the direct message with them.
        const sent = await client.chat.postMessage({ channel: parcel.account.user, ...message });
        return { kind: 'sent', receipt: { channel: sent.channel ?? '', ts: sent.ts ?? '' } };
      } catch (error) {
        return readFailure(error);
      }
    },
    async wasSent(parcel, since) {
      try {
        return await lookUp(client, parcel, since);
      } catch (error) {
        log.warn({ err: error, delivery: parcel.deliveryId }, 'Slack could not say whether a delivery was sent');
        const { kind } = readFailure(error);
        return kind === 'later' || kind === 'unknown' ? 'later' : 'unknown';
      }
    },
  };
}

async function lookUp(
  client: webApi.WebClient,
  parcel: Omit<Parcel, 'message'>,
  since: Date,
): Promise<'yes' | 'no' | 'unknown'> {
  const channel = parcel.address['channel'] ?? (await openConversation(client, parcel.account.user));
  const history = await client.conversations.history({
    channel,
    oldest: String(Math.floor(since.getTime() / 1000) - clockSkew),
    inclusive: true,
    include_all_metadata: true,
    limit: historyLength,
  });
  const isOurs = (history.messages ?? []).some(
    ({ user, metadata }) =>
      user !== parcel.account.user && Ours.safeParse(metadata).data?.event_payload.delivery_id === parcel.deliveryId,
  );
  if (isOurs) return 'yes';
  // More was said since than one call shows: it may stand further back.
  return history.has_more === true ? 'unknown' : 'no';
}

async function openConversation(client: webApi.WebClient, user: string): Promise<string> {
  const opened = await client.conversations.open({ users: user });
  return opened.channel?.id ?? '';
}
