import { type RespondArguments, type types, webApi } from '@slack/bolt';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { invitation, refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { renderForm, renderMessage, renderMessageModal, renderPage } from './render.ts';

/** What a reply needs on Slack: a message, or a window of its own for what must not stand in a chat. */
export type Shown =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'modal'; readonly modal: types.ModalView };

export function show(reply: Reply): Shown {
  switch (reply.kind) {
    case 'message':
    case 'replace':
      return { kind: 'message', message: reply.message };
    case 'form':
      return { kind: 'modal', modal: renderForm(reply.form) };
    case 'page':
      return { kind: 'modal', modal: renderPage(reply.page) };
    case 'invalid':
      return { kind: 'message', message: refused(reply) };
  }
}

/**
 * The same where no window opens: a form or a page never stands in a chat, but a button that opens it does.
 *
 * @param intent what was asked
 */
export function inChat(reply: Reply, intent: Intent): Message {
  switch (reply.kind) {
    case 'form':
      return invitation(reply.form.heading, reply.form.openedBy);
    case 'page':
      return invitation(reply.page.heading, intent);
    case 'message':
    case 'replace':
      return reply.message;
    case 'invalid':
      return refused(reply);
  }
}

function refused({ problems }: Extract<Reply, { kind: 'invalid' }>): Message {
  return refusal(problems.map((problem) => problem.text).join('\n'));
}

/** The same where everything is shown in a window. */
export function asModal(shown: Shown): types.ModalView {
  return shown.kind === 'modal' ? shown.modal : renderMessageModal(shown.message);
}

/** An answer that only the person who asked sees, until they reload. */
export function ephemeral(message: Message): RespondArguments {
  return { response_type: 'ephemeral', replace_original: false, ...renderMessage(message) };
}

/** To the person alone, in their conversation with us: where a request brought no address to answer to. */
export async function sendTo(client: webApi.WebClient, channel: string, message: Message): Promise<void> {
  await client.chat.postMessage({ channel, ...renderMessage(message), unfurl_links: false, unfurl_media: false });
}

/** A trigger lasts three seconds and opens one window: https://docs.slack.dev/surfaces/modals#trigger_id */
const spent: ReadonlySet<string> = new Set(['expired_trigger_id', 'exchanged_trigger_id']);

/** Opens a window; where the trigger has run out by now, says the same by `otherwise`. */
export async function inTimeOr(open: () => Promise<unknown>, otherwise: () => Promise<unknown>): Promise<void> {
  try {
    await open();
  } catch (error) {
    if (!isSpent(error)) throw error;
    await otherwise();
  }
}

/**
 * Shows what was done. Where Slack does not take that, whatever the reason, says the same by `otherwise`: what was done
 * is done, and is not called failed. Throws nothing.
 */
export async function showOr(log: Log, open: () => Promise<unknown>, otherwise: () => Promise<unknown>): Promise<void> {
  try {
    return void (await open());
  } catch (error) {
    if (!isSpent(error)) log.warn({ err: error }, 'Slack did not show an answer where it belongs');
  }
  try {
    await otherwise();
  } catch (error) {
    log.error({ err: error }, 'Slack did not show an answer');
  }
}

/** The window shows something newer by now than what was pressed or sent in it. */
export function isOutrun(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'hash_conflict';
}

/** Puts something else into a window, unless it shows something newer by now. */
export async function change(
  client: webApi.WebClient,
  window: { readonly id: string; readonly version: string },
  view: types.ModalView,
): Promise<void> {
  const unlessNewer = window.version === '' ? {} : { hash: window.version };
  await client.views.update({ view_id: window.id, view, ...unlessNewer });
}

function isSpent(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && spent.has(error.data.error);
}
