import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Destination, Parcel, Trace } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { type Failure, readFailure } from './errors.ts';
import type { Method } from './meanings.ts';
import { isOfDelivery } from './metadata.ts';
import { openConversation, type Reached, reachWorkspace } from './reach.ts';
import type { Workspaces } from './workspaces.ts';

/** How far our clock and Slack's may be apart, in seconds. */
const clockSkew = 60;

/**
 * How long after its start a sending may still have reached Slack, in seconds. Each call is given up after ten; the
 * rest is for a process that stood still. Without an end, a busy channel would be read up to now.
 */
const longestSending = 600;

/** Apps outside the Marketplace are given 15 messages a call: https://docs.slack.dev/reference/methods/conversations.history */
const pageLength = 15;

/** How many pages are read before we say that we do not know. */
const mostPages = 4;

const Identity = z.object({ user_id: z.string().min(1), bot_id: z.string().min(1).optional() });

const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string().min(1),
      user: z.string().optional(),
      bot_id: z.string().optional(),
      metadata: z.unknown().optional(),
    }),
  ),
  has_more: z.boolean().default(false),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

/**
 * Whether a post of ours stands in the conversation it was going to. Needs im:history, and im:write where the person
 * has not written to us; mpim:write and mpim:history for groups; channels:history for channels, which not every
 * workspace gives: there we can never say.
 */
export async function lookForTrace(
  workspaces: Workspaces,
  { deliveryId, to }: Omit<Parcel, 'act'>,
  since: Date,
  log: Log,
): Promise<Trace> {
  const looked = await look(workspaces, deliveryId, to, since);
  if (looked.kind === 'reached') return looked.value;
  log.warn({ delivery: deliveryId, reason: looked.reason }, 'Slack could not say whether a delivery was sent');
  return { kind: looked.kind === 'gone' || looked.kind === 'refused' ? 'unknown' : 'later' };
}

async function look(workspaces: Workspaces, deliveryId: string, to: Destination, since: Date): Promise<Reached<Trace>> {
  const workspace = await reachWorkspace(workspaces, to);
  if (workspace.kind !== 'reached') return workspace;
  const client = workspace.value;
  const us = await ask('auth.test', async () => Identity.parse(await client.auth.test()));
  if (us.kind !== 'reached') return us;
  const channel = await channelOf(client, to);
  if (channel.kind !== 'reached') return channel;
  return await search(client, channel.value, since, (message) => {
    // Anyone can post the metadata of another's message, but only we can post as ourselves.
    const isOurs = message.user === us.value.user_id || (message.bot_id ?? '') === us.value.bot_id;
    return isOurs && isOfDelivery(message.metadata, deliveryId);
  });
}

async function channelOf(client: webApi.WebClient, to: Destination): Promise<Reached<string>> {
  switch (to.kind) {
    case 'account': {
      const known = to.address['channel'];
      return known === undefined
        ? await openConversation(client, [to.account.user])
        : { kind: 'reached', value: known };
    }
    case 'room':
      return { kind: 'reached', value: to.room };
    case 'group':
      return await openConversation(client, to.users);
  }
}

type Wanted = (message: z.infer<typeof History>['messages'][number]) => boolean;

async function search(
  client: webApi.WebClient,
  channel: string,
  since: Date,
  isWanted: Wanted,
): Promise<Reached<Trace>> {
  const start = Math.floor(since.getTime() / 1000);
  const range = { oldest: String(start - clockSkew), latest: String(start + longestSending), inclusive: true };
  const page = { channel, ...range, include_all_metadata: true, limit: pageLength };
  let cursor = '';
  for (let read = 0; read < mostPages; read += 1) {
    const from = cursor === '' ? page : { ...page, cursor };
    const history = await ask('conversations.history', async () =>
      History.parse(await client.conversations.history(from)),
    );
    if (history.kind !== 'reached') return read === 0 ? history : onLaterPage(history);
    const found = history.value.messages.find(isWanted);
    if (found !== undefined) return { kind: 'reached', value: { kind: 'sent', receipt: { channel, ts: found.ts } } };
    cursor = history.value.response_metadata.next_cursor;
    if (cursor === '') return { kind: 'reached', value: { kind: history.value.has_more ? 'unknown' : 'not-sent' } };
  }
  return { kind: 'reached', value: { kind: 'unknown' } };
}

/**
 * An app outside the Marketplace may read one page a minute. It would be throttled at its second each time it looked,
 * for ever: so that is more than we can read.
 */
function onLaterPage(failure: Failure): Reached<Trace> {
  return failure.kind === 'throttled' ? { kind: 'reached', value: { kind: 'unknown' } } : failure;
}

async function ask<T>(method: Method, call: () => Promise<T>): Promise<Reached<T>> {
  try {
    return { kind: 'reached', value: await call() };
  } catch (error) {
    return readFailure(error, method);
  }
}
