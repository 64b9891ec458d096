import type { App, RespondFn, types, webApi } from '@slack/bolt';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { readIntentText } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { fault, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { ephemeral, type Shown, show } from './answer.ts';
import { limits } from './limits.ts';
import { renderMessage, renderMessageModal, replaceCard } from './render.ts';
import { Press } from './schema.ts';
import { senderOf } from './sender.ts';
import { plainLine } from './text.ts';

/** Buttons, wherever they stand. */
export function listenToPresses(app: App, core: Core, log: Log): void {
  app.action(/.*/, async ({ ack, client, body, respond }) => {
    await ack();
    const read = Press.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'press' }, 'Slack sent a press of a shape we do not know');
      return;
    }
    const press = read.data;
    // It opened an address: Slack has done that already.
    if (press.value === '') return;
    try {
      const intent = readIntentText(press.value);
      const known = intent === undefined ? undefined : await handle(core, senderOf(client, press), intent);
      await answer(client, respond, press, known ?? { kind: 'message', message: outdated() });
    } catch (error) {
      log.error({ err: error, received: 'press' }, 'A Slack button failed');
      await answer(client, respond, press, { kind: 'message', message: fault() });
    }
  });
}

/** Shows what came of a button: in the modal it stands in, or beside the message it stands on. */
async function answer(client: webApi.WebClient, respond: RespondFn, press: Press, reply: Reply): Promise<void> {
  const shown = show(reply);
  if (press.container.type === 'view') await answerInModal(client, press, reply.kind === 'replace', shown);
  else if (shown.kind === 'modal') await client.views.open({ trigger_id: press.trigger, view: shown.modal });
  else if (reply.kind !== 'replace') await respond(ephemeral(shown.message));
  // What only one person sees has no other handle than the address that came with the press.
  else if (press.container.is_ephemeral) await respond({ ...ephemeral(shown.message), replace_original: true });
  else {
    const { channel_id: channel, message_ts: ts } = press.container;
    await client.chat.update({ channel, ts, ...renderMessage(shown.message) });
  }
}

async function answerInModal(client: webApi.WebClient, press: Press, replaces: boolean, shown: Shown): Promise<void> {
  const { view } = press;
  if (view !== undefined && replaces && shown.kind === 'message') {
    await client.views.update({ view_id: view.id, view: redrawn(view, press.block, shown.message) });
    return;
  }
  const next = shown.kind === 'modal' ? shown.modal : renderMessageModal(shown.message);
  if (view?.isThird === true) await client.views.update({ view_id: view.id, view: next });
  else await client.views.push({ trigger_id: press.trigger, view: next });
}

/** The modal with one of its cards redrawn; where the button stood on no card, the message by itself. */
function redrawn(view: NonNullable<Press['view']>, block: string, message: Message): types.ModalView {
  const blocks = replaceCard(view.blocks, block, message);
  if (blocks === undefined) return renderMessageModal(message);
  const title = plainLine(view.title, limits.modalTitle);
  return { type: 'modal', title, close: plainLine(view.close, limits.modalTitle), blocks };
}
