import { z } from 'zod';

/**
 * What tells a delivery of ours in a conversation's history. Anyone in the workspace can read it, and anyone can write
 * the same: it holds an opaque id, no more, and proves nothing about who sent it.
 * https://docs.slack.dev/messaging/message-metadata
 */
const eventType = 'colloquy_delivery';

const Metadata = z.object({
  event_type: z.literal(eventType),
  event_payload: z.object({ delivery_id: z.string() }),
});

export function metadataOf(deliveryId: string): z.infer<typeof Metadata> {
  return { event_type: eventType, event_payload: { delivery_id: deliveryId } };
}

export function isOfDelivery(metadata: unknown, deliveryId: string): boolean {
  return Metadata.safeParse(metadata).data?.event_payload.delivery_id === deliveryId;
}
