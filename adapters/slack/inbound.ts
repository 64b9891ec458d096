import type { App, webApi } from '@slack/bolt';
import type { Sender } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import { fault } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { readWords } from '../../src/words.ts';
import { ephemeral, inChat, sendTo, show, showOr } from './answer.ts';
import { answerInTime, type Deadlines } from './deadline.ts';
import { DirectMessage } from './event-schema.ts';
import { formAnswers, listenToForms } from './forms.ts';
import { listenToHome } from './home.ts';
import { eventOnce, isFirstTrigger } from './once.ts';
import { listenToPresses } from './presses.ts';
import { listenToProfiles } from './profile-changes.ts';
import { Command } from './schema.ts';
import { type Actor, from, senderOf } from './sender.ts';
import { listenToShortcuts } from './shortcuts.ts';

/**
 * Everything that comes in from Slack. What has no listener (`team_join`, a closed window) is acknowledged, and nothing
 * else: whoever is new in a workspace hears from us when they ask.
 */
export function listen(app: App, core: Core, log: Log): Pick<Deadlines, 'idle'> {
  const deadlines = answerInTime(app, log, formAnswers);
  listenToCommands(app, core, log);
  listenToMessages(app, core, log);
  listenToPresses(app, core, log);
  listenToForms(app, core, log, deadlines);
  listenToShortcuts(app, core, log);
  listenToHome(app, core, log);
  listenToProfiles(app, core, log);
  return deadlines;
}

function listenToCommands(app: App, core: Core, log: Log): void {
  app.command(/.*/, async ({ client, body, context, respond }) => {
    const read = Command.safeParse(body);
    if (!read.success) {
      log.warn({ received: 'command' }, 'Slack sent a command of a shape we do not know');
      return void (await respond(ephemeral(fault())));
    }
    const command = from(context, read.data);
    const intent = readWords(command.text);
    const reply = await replyTo(core, log, senderOf(client, command), command.trigger, intent);
    if (reply === undefined) return;
    const shown = show(reply);
    const answer = ephemeral(inChat(reply, intent));
    if (shown.kind === 'message') {
      await showOr(
        log,
        () => respond(answer),
        () => sendTo(client, command.user, inChat(reply, intent)),
      );
    } else {
      await showOr(
        log,
        () => client.views.open({ trigger_id: command.trigger, view: shown.modal }),
        () => respond(answer),
      );
    }
  });
}

/** `undefined` for a command that came in before. */
async function replyTo(
  core: Core,
  log: Log,
  sender: Sender,
  trigger: string,
  intent: Intent,
): Promise<Reply | undefined> {
  try {
    return (await isFirstTrigger(core, trigger)) ? await handle(core, sender, intent) : undefined;
  } catch (error) {
    log.error({ err: error, received: 'command' }, 'A Slack command failed');
    return { kind: 'message', message: fault() };
  }
}

function listenToMessages(app: App, core: Core, log: Log): void {
  app.message(async ({ client, body, context }) => {
    const read = DirectMessage.safeParse(body);
    // Edits, files, channels, bots and ourselves: not words for us.
    if (!read.success || read.data.isOurs) return;
    const message = from(context, read.data);
    await eventOnce(core, log, message.id, async () => await answerMessage(core, client, message));
  });
}

/** Typed words can open no window: there a button does. */
async function answerMessage(core: Core, client: webApi.WebClient, message: DirectMessage & Actor): Promise<void> {
  const intent = readWords(message.text);
  const sender = senderOf(client, message, { channel: message.channel });
  const reply = await handle(core, sender, intent);
  await sendTo(client, message.channel, inChat(reply, intent));
}
