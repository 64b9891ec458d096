import type { App } from '@slack/bolt';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import { cut } from '../../src/messages/cut.ts';
import { fault, invitation } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { asModal, inChat, sendTo, show, showOr } from './answer.ts';
import { callbacks } from './callbacks.ts';
import { isFirstTrigger } from './once.ts';
import { readable } from './readable.ts';
import { Shortcut } from './schema.ts';
import { from, senderOf } from './sender.ts';

/** What the intent takes. */
const topicLength = 4_000;

const emptyTopic: Intent = { kind: 'series.open-topic', text: '' };

/** What is chosen from Slack's menus, of the app or of a message. All of it opens a window: no chat is the place for it. */
export function listenToShortcuts(app: App, core: Core, log: Log): void {
  app.shortcut(/.*/, async ({ client, body, context }) => {
    const read = Shortcut.safeParse(body);
    const intent = read.success ? intentOf(read.data) : undefined;
    if (!read.success || intent === undefined) {
      log.warn({ received: 'shortcut', callback: read.data?.callback }, 'Slack sent a shortcut we do not know');
      return;
    }
    const shortcut = from(context, read.data);
    async function ask(asked: Intent): Promise<Reply | undefined> {
      try {
        const isFirst = await isFirstTrigger(core, shortcut.trigger);
        return isFirst ? await handle(core, senderOf(client, shortcut), asked) : undefined;
      } catch (error) {
        log.error({ err: error, received: 'shortcut' }, 'A Slack shortcut failed');
        return { kind: 'message', message: fault() };
      }
    }
    const reply = await ask(intent);
    if (reply === undefined) return;
    const shown = show(reply);
    // Without the text of the message: that stands in the window alone.
    const otherwise = reply.kind === 'form' ? invitation(reply.form.heading, emptyTopic) : inChat(reply, emptyTopic);
    await showOr(
      log,
      () => client.views.open({ trigger_id: shortcut.trigger, view: asModal(shown) }),
      () => sendTo(client, shortcut.user, otherwise),
    );
  });
}

/** `undefined` for one that only another version of the app knows. */
function intentOf({ callback, text }: Shortcut): Intent | undefined {
  switch (callback) {
    case callbacks.suggestTopic:
      return emptyTopic;
    case callbacks.messageTopic:
      return { kind: 'series.open-topic', text: cut(readable(text), topicLength) };
    default:
      return undefined;
  }
}
