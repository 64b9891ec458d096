import type { App, RespondFn, types, webApi } from '@slack/bolt';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import { type Intent, readIntentText } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Message } from '../../src/messages/message.ts';
import { fault, outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { asModal, change, ephemeral, inChat, inTimeOr, isOutrun, sendTo, show, showOr } from './answer.ts';
import { answerOnHome } from './home.ts';
import { limits } from './limits.ts';
import { forgetPress, isFirstPress, type MadePress, note } from './once.ts';
import { renderMessage, renderMessageModal, replaceCard } from './render.ts';
import { Press, type View } from './schema.ts';
import { from, senderOf } from './sender.ts';
import { plainLine } from './text.ts';

/** Asked for again when an answer came too late for its window, and we do not know what was pressed. */
const help: Intent = { kind: 'network.help', asked: '' };

/** Buttons, wherever they stand. */
export function listenToPresses(app: App, core: Core, log: Log): void {
  app.action(/.*/, async ({ client, body, context, respond }) => {
    const read = Press.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'press' }, 'Slack sent a press of a shape we do not know');
      return;
    }
    const press = from(context, read.data);
    // It opened an address: Slack has done that already.
    if (press.value === '') return;
    const intent = readIntentText(press.value);
    const onto: Surface = { core, log, client, respond, press, intent: intent ?? help };
    const reply = await ask(onto, intent);
    if (reply !== undefined) await answer(onto, reply);
  });
}

/** Does what the button says; `undefined` for a press that came in before. */
async function ask({ core, log, client, press }: Surface, intent: Intent | undefined): Promise<Reply | undefined> {
  try {
    if (!(await isFirstPress(core, press))) return undefined;
    if (intent === undefined) return { kind: 'message', message: outdated() };
    return await handle(core, senderOf(client, press), intent);
  } catch (error) {
    log.error({ err: error, received: 'press' }, 'A Slack button failed');
    await note(log, () => forgetPress(core, press));
    return { kind: 'message', message: fault() };
  }
}

/** Where a button was pressed, and the ways to answer there. */
export interface Surface {
  readonly core: Core;
  readonly log: Log;
  readonly client: webApi.WebClient;
  readonly respond: RespondFn;
  readonly press: MadePress;
  readonly intent: Intent;
}

/** Throws nothing: what was done is not undone by an answer that nobody sees. */
async function answer(surface: Surface, reply: Reply): Promise<void> {
  const { log, client, respond, press, intent } = surface;
  const { place } = press;
  switch (place.kind) {
    case 'home':
      return await answerOnHome(surface, reply);
    case 'modal':
      return await showOr(
        log,
        () => answerInModal(client, press, place.view, reply),
        () => sendTo(client, press.user, inChat(reply, intent)),
      );
    case 'message':
      return await showOr(
        log,
        () => answerInChat(surface, place, reply),
        () => respond(ephemeral(inChat(reply, intent))),
      );
  }
}

/** Beside the card, or in its place where the presser alone sees it. */
async function answerInChat(
  { client, respond, press }: Surface,
  place: Extract<Press['place'], { kind: 'message' }>,
  reply: Reply,
): Promise<void> {
  const shown = show(reply);
  if (shown.kind === 'modal') {
    await client.views.open({ trigger_id: press.trigger, view: shown.modal });
  } else if (reply.kind !== 'replace' || place.isShared) {
    // What many read is never turned into what one of them has to know.
    await respond(ephemeral(shown.message));
  } else if (place.isEphemeral) {
    // What only one person sees has no other handle than the address that came with the press.
    await respond({ ...ephemeral(shown.message), replace_original: true });
  } else {
    const card = { channel: place.channel, ts: place.ts, ...renderMessage(shown.message) };
    // By default an update reads addresses and names in the text as links; a post does not.
    await client.chat.update({ ...card, parse: 'none' });
  }
}

async function answerInModal(client: webApi.WebClient, press: MadePress, view: View, reply: Reply): Promise<void> {
  const shown = show(reply);
  const onTop = () => client.views.push({ trigger_id: press.trigger, view: asModal(shown) });
  const inPlace = () => change(client, view, asModal(shown));
  if (reply.kind === 'replace' && shown.kind === 'message') {
    try {
      await change(client, view, redrawn(view, press.block, shown.message));
    } catch (error) {
      if (!isOutrun(error)) throw error;
      await onTop();
    }
  } else if (view.isThird) await inPlace();
  else await inTimeOr(onTop, inPlace);
}

/** The modal with one of its cards redrawn; where the button stood on no card, the message by itself. */
function redrawn(view: View, block: string, message: Message): types.ModalView {
  const blocks = replaceCard(view.blocks, block, message);
  if (blocks === undefined) return renderMessageModal(message);
  const title = plainLine(view.title, limits.modalTitle);
  return { type: 'modal', title, close: plainLine(view.close, limits.modalTitle), blocks };
}
