import type { App, webApi } from '@slack/bolt';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Log } from '../../src/log.ts';
import { fault, invitation } from '../../src/messages/messages.ts';
import { forgetEvent, isFirst } from '../../src/store/received.ts';
import { readWords } from '../../src/words.ts';
import { ephemeral, show } from './answer.ts';
import { listenToForms } from './forms.ts';
import { listenToPresses } from './presses.ts';
import { renderMessage } from './render.ts';
import { Command, DirectMessage } from './schema.ts';
import { senderOf } from './sender.ts';

/** Everything Slack may send has a listener: what nobody answers hangs for three seconds, and then shows as a failure. */
export function listen(app: App, core: Core, log: Log): void {
  listenToCommands(app, core, log);
  listenToMessages(app, core);
  listenToPresses(app, core, log);
  listenToForms(app, core, log);
  app.shortcut(/.*/, async ({ ack }) => await ack());
  app.options(/.*/, async ({ ack }) => await ack({ options: [] }));
}

function listenToCommands(app: App, core: Core, log: Log): void {
  app.command(/.*/, async ({ ack, client, body }) => {
    try {
      const command = Command.parse(body);
      const shown = show(await handle(core, senderOf(client, command), readWords(command.text)));
      if (shown.kind === 'message') return await ack(ephemeral(shown.message));
      await client.views.open({ trigger_id: command.trigger, view: shown.modal });
      await ack();
    } catch (error) {
      log.error({ err: error, received: 'command' }, 'A Slack command failed');
      await ack(ephemeral(fault()));
    }
  });
}

function listenToMessages(app: App, core: Core): void {
  app.message(async ({ client, body }) => {
    const read = DirectMessage.safeParse(body);
    // Edits, files, channels, bots and ourselves: not words for us.
    if (!read.success || read.data.isOurs) return;
    const message = read.data;
    if (!(await isFirst(core.db, 'slack', message.id, core.clock.now()))) return;
    try {
      await answerMessage(core, client, message);
    } catch (error) {
      // Thrown on, Slack sends it again; and then it must not look like a repetition.
      await forgetEvent(core.db, 'slack', message.id);
      throw error;
    }
  });
}

/** Typed words can open no window: there a button does. */
async function answerMessage(core: Core, client: webApi.WebClient, message: DirectMessage): Promise<void> {
  const intent = readWords(message.text);
  const sender = senderOf(client, message, { channel: message.channel });
  const shown = show(await handle(core, sender, intent));
  const answer = shown.kind === 'message' ? shown.message : invitation(shown.heading, intent);
  const quiet = { unfurl_links: false, unfurl_media: false };
  await client.chat.postMessage({ channel: message.channel, ...renderMessage(answer), ...quiet });
}
