import type { App, webApi } from '@slack/bolt';
import { isReadOnly } from '../../src/changes.ts';
import type { Core } from '../../src/core.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Log } from '../../src/log.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { asModal, inChat, sendTo, show, showOr } from './answer.ts';
import { HomeOpened } from './event-schema.ts';
import { eventOnce } from './once.ts';
import { renderHome } from './render.ts';
import { type Actor, from, senderOf } from './sender.ts';

/** The tab that Slack keeps for each person under our app's name. */
export function listenToHome(app: App, core: Core, log: Log): void {
  app.event('app_home_opened', async ({ client, body, context }) => {
    const read = HomeOpened.safeParse(body);
    // The other tab is our conversation with them: there is nothing to draw.
    if (!read.success) return;
    const { id, channel, ...actor } = from(context, read.data);
    await eventOnce(core, log, id, async () => await publishHome(core, client, actor, { channel }));
  });
}

/** Draws one person's Home from what is true now; a stranger's says how to join. A member's is kept up to date from then on. */
async function publishHome(core: Core, client: webApi.WebClient, actor: Actor, address = {}): Promise<void> {
  const sender = senderOf(client, actor, { ...address, home: 'shown' });
  const reply = await handle(core, sender, { kind: 'network.home' });
  if (reply.kind === 'page') await client.views.publish({ user_id: actor.user, view: renderHome(reply.page) });
}

interface Pressed {
  readonly core: Core;
  readonly log: Log;
  readonly client: webApi.WebClient;
  readonly press: Actor & { readonly trigger: string };
  readonly intent: Intent;
}

/** Slack opens windows over a Home, and stacks none on it. What the answer would replace is on the Home drawn anew. */
export async function answerOnHome({ core, log, client, press, intent }: Pressed, reply: Reply): Promise<void> {
  const redraw = () => publishHome(core, client, press);
  const tell = () => sendTo(client, press.user, inChat(reply, intent));
  if (reply.kind === 'replace') return await showOr(log, redraw, tell);
  await showOr(log, () => client.views.open({ trigger_id: press.trigger, view: asModal(show(reply)) }), tell);
  // Where it is not drawn anew now, it is when they open it next.
  if (!isReadOnly(intent)) await showOr(log, redraw, () => Promise.resolve());
}
