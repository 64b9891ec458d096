import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Act, Destination, Outbound, Outcome, Parcel, Receipt } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { readFailure } from './errors.ts';
import type { Method } from './meanings.ts';
import { metadataOf } from './metadata.ts';
import { openConversation, type Reached, reachToSend } from './reach.ts';
import { renderHome, renderMessage } from './render.ts';
import { lookForTrace } from './traces.ts';
import type { Workspaces } from './workspaces.ts';

/**
 * Sends each parcel once, and never again by itself: Slack has no idempotency key, so whether one arrived is looked up.
 * Needs chat:write; mpim:write for groups; and what {@link lookForTrace} needs.
 */
export function createOutbound(workspaces: Workspaces, log: Log): Outbound {
  return {
    platform: 'slack',
    // A message a second to one conversation, several hundred a minute to a workspace, 50 changes a minute:
    // https://docs.slack.dev/apis/web-api/rate-limits
    pace: { inFlight: 8, spaceMs: 500, burst: 10, placeMs: 1000, changeMs: 1200 },
    async send(parcel) {
      const workspace = await reachToSend(workspaces, parcel.to);
      return workspace.kind === 'reached' ? await perform(workspace.value, parcel, log) : workspace;
    },
    async findTrace(parcel, since) {
      return await lookForTrace(workspaces, parcel, since, log);
    },
  };
}

async function perform(client: webApi.WebClient, { deliveryId, to, act }: Parcel, log: Log): Promise<Outcome> {
  switch (act.kind) {
    case 'post': {
      const channel = await channelOf(client, to);
      if (channel.kind !== 'reached') return channel;
      const closed = to.kind === 'room' ? 'gone' : 'refused';
      return await post(client, channel.value, deliveryId, act.message, closed, log);
    }
    case 'invite':
      return { kind: 'refused', reason: 'Slack: calendar invitations go by email' };
    case 'edit':
      return await edit(client, act);
    case 'remove':
      return await remove(client, act.receipt);
    case 'home':
      return await publish(client, to, act);
  }
}

/** Where to post. A person's id opens the direct message with them. */
async function channelOf(client: webApi.WebClient, to: Destination): Promise<Reached<string>> {
  switch (to.kind) {
    case 'account':
      return { kind: 'reached', value: to.account.user };
    case 'room':
      return { kind: 'reached', value: to.room };
    case 'group':
      return await openConversation(client, to.users);
  }
}

const Posted = z.object({
  channel: z.string().min(1),
  ts: z.string().min(1),
  response_metadata: z.object({ warnings: z.array(z.string()).default([]) }).default({ warnings: [] }),
});

async function post(
  client: webApi.WebClient,
  channel: string,
  deliveryId: string,
  message: Message,
  closed: 'refused' | 'gone',
  log: Log,
): Promise<Outcome> {
  const quiet = { unfurl_links: false, unfurl_media: false };
  const card = { channel, ...renderMessage(message), ...quiet, metadata: metadataOf(deliveryId) };
  const call = async (): Promise<Outcome> => {
    const read = Posted.safeParse(await client.chat.postMessage(card));
    if (!read.success) return { kind: 'unknown', reason: 'Slack: an answer that does not say where it stands' };
    const { ts, response_metadata } = read.data;
    if (response_metadata.warnings.length > 0) {
      log.warn({ delivery: deliveryId, warnings: response_metadata.warnings }, 'Slack took a message with a warning');
    }
    return { kind: 'sent', receipt: { channel: read.data.channel, ts } };
  };
  return await attempt('chat.postMessage', call, closed);
}

/** What was posted, as `post` gave it. */
const Card = z.object({ channel: z.string().min(1), ts: z.string().min(1) });

const noCard: Outcome = { kind: 'gone', reason: 'Slack: we do not know where the card stands' };

/**
 * Slack keeps a message's metadata where an update says nothing of it, so the card can still be found by the delivery
 * that posted it. By default an update reads addresses and names in the text as links; a post does not.
 * https://docs.slack.dev/reference/methods/chat.update
 */
async function edit(client: webApi.WebClient, act: Extract<Act, { kind: 'edit' }>): Promise<Outcome> {
  const card = Card.safeParse(act.receipt);
  if (!card.success) return noCard;
  const next = { ...card.data, ...renderMessage(act.message), parse: 'none' as const };
  return await attempt('chat.update', async () => {
    await client.chat.update(next);
    return { kind: 'sent', receipt: card.data };
  });
}

async function remove(client: webApi.WebClient, receipt: Receipt): Promise<Outcome> {
  const card = Card.safeParse(receipt);
  if (!card.success) return noCard;
  return await attempt('chat.delete', async () => {
    await client.chat.delete(card.data);
    return { kind: 'sent', receipt: card.data };
  });
}

async function publish(
  client: webApi.WebClient,
  to: Destination,
  { page }: Extract<Act, { kind: 'home' }>,
): Promise<Outcome> {
  if (to.kind !== 'account') return { kind: 'refused', reason: 'Slack: only a person has a home' };
  const home = { user_id: to.account.user, view: renderHome(page) };
  return await attempt('views.publish', async () => {
    await client.views.publish(home);
    return { kind: 'sent', receipt: {} };
  });
}

/** Nothing but the call stands inside, so that a mistake of ours is never taken for Slack's. */
async function attempt(
  method: Method,
  call: () => Promise<Outcome>,
  closed: 'refused' | 'gone' = 'refused',
): Promise<Outcome> {
  try {
    return await call();
  } catch (error) {
    return readFailure(error, method, closed);
  }
}
