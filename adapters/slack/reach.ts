import type { webApi } from '@slack/bolt';
import type { Destination } from '../../src/delivery/model.ts';
import { Permanent, Retryable } from '../../src/errors.ts';
import { type Failure, readFailure } from './errors.ts';
import { throttledMs } from './meanings.ts';
import type { Workspaces } from './workspaces.ts';

/** What a step towards sending gave, or why it went no further. */
export type Reached<T> = { readonly kind: 'reached'; readonly value: T } | Failure;

/** The way into the workspace a parcel goes to. */
export async function reachWorkspace(workspaces: Workspaces, to: Destination): Promise<Reached<webApi.WebClient>> {
  try {
    const client = await workspaces.clientOf(to.kind === 'account' ? to.account.space : to.space);
    return client === undefined
      ? { kind: 'gone', reason: 'Slack: our app is not installed there' }
      : { kind: 'reached', value: client };
  } catch (error) {
    if (error instanceof Retryable) {
      const afterMs = error.retryAfterMs > 0 ? error.retryAfterMs : throttledMs;
      return { kind: 'throttled', afterMs, reason: 'Slack: the token cannot be renewed now' };
    }
    if (error instanceof Permanent) return { kind: 'blocked', reason: `Slack: ${error.message}` };
    throw error;
  }
}

/**
 * The same for sending. A channel stays chosen while our app is out of its workspace: what goes there waits, and what
 * has become old meanwhile is dropped when its turn comes. People are reached in other ways.
 */
export async function reachToSend(workspaces: Workspaces, to: Destination): Promise<Reached<webApi.WebClient>> {
  const reached = await reachWorkspace(workspaces, to);
  return reached.kind === 'gone' && to.kind === 'room'
    ? { kind: 'blocked', reason: `${reached.reason}. Install the app again.` }
    : reached;
}

/**
 * The id of the conversation with these people, which is made when there is none. The same people always have the same
 * one, so it may be asked for again whatever came of it. Needs im:write for one person, mpim:write for up to eight.
 * https://docs.slack.dev/reference/methods/conversations.open
 */
export async function openConversation(client: webApi.WebClient, users: readonly string[]): Promise<Reached<string>> {
  try {
    const { channel } = await client.conversations.open({ users: users.join(',') });
    return channel?.id === undefined
      ? { kind: 'later', afterMs: 0, reason: 'Slack: no conversation in the answer' }
      : { kind: 'reached', value: channel.id };
  } catch (error) {
    const failure = readFailure(error, 'conversations.open');
    return failure.kind === 'unknown' ? { kind: 'later', afterMs: 0, reason: failure.reason } : failure;
  }
}
