import type { RespondArguments, types } from '@slack/bolt';
import type { Message } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { renderForm, renderMessage, renderPage } from './render.ts';

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

/** An answer that only the person who asked sees, until they reload. */
export function ephemeral(message: Message): RespondArguments {
  return { response_type: 'ephemeral', replace_original: false, ...renderMessage(message) };
}
