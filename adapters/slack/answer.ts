import { type RespondArguments, type types, webApi } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { renderForm, renderMessage, renderMessageModal, renderPage } from './render.ts';

/** What a reply needs on Slack: a message, or a window of its own for what must not stand in a chat. */
export type Shown =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'modal'; readonly heading: string; readonly modal: types.ModalView };

export function show(reply: Reply): Shown {
  switch (reply.kind) {
    case 'message':
    case 'replace':
      return { kind: 'message', message: reply.message };
    case 'form':
      return { kind: 'modal', heading: reply.form.heading, modal: renderForm(reply.form) };
    case 'page':
      return { kind: 'modal', heading: reply.page.heading, modal: renderPage(reply.page) };
    case 'invalid':
      return { kind: 'message', message: refusal(reply.problems.map((problem) => problem.text).join('\n')) };
  }
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

function isSpent(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && spent.has(error.data.error);
}
