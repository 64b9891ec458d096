import { isDeepStrictEqual } from 'node:util';
import { type Response, Router } from 'express';
import type { Sender } from '../../src/account.ts';
import { isReadOnly } from '../../src/changes.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import type { Button, Message } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { confirmation } from './confirmation.ts';
import { type Html, html, nothing } from './html.ts';
import { readSent, readSentIntent, type Sent } from './inbound.ts';
import { renderKeptAnswers } from './kept-answers.ts';
import { sendView } from './layout.ts';
import type { Web } from './options.ts';
import type { Desk } from './render.ts';
import { linkPath, type Opened, openLink, showLinkEnded } from './sealed-links.ts';
import { emailSender } from './senders.ts';
import { openerOf, showReply, wayBack, withSummary } from './show-reply.ts';
import { submit } from './submit.ts';
import { link as say, words } from './words.ts';

/**
 * Links in e-mails, for people whose council lets nothing else through. A link does the one thing it was made for.
 * When that is to open something, it reaches what can be pressed there and the forms that this opens, and no further:
 * both are asked of the core anew each time, and what the request says is only compared with them. A form that comes in
 * answer to what was done here, such as the next of a series, is reached by a link of its own, which ends when this one does.
 */
export function linkRoutes(web: Web): Router {
  const router = Router();
  router.get('/act/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined) return showLinkEnded(web, response);
    const sender = emailSender(opened.member);
    const intent = opened.link.intent;
    const reply = isReadOnly(intent) ? await handle(web.core, sender, intent) : await ask(web, sender, intent);
    return show(web, response, opened, reply, { path: request.path, usable: true, back: nothing, more: nothing });
  });
  router.post('/act/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined) return showLinkEnded(web, response);
    const sent = readSent(request.body);
    const { reply, unused } = await act(web, emailSender(opened.member), opened.link.intent, sent);
    const next = openerOf(reply);
    if (!unused && next !== undefined) return response.redirect(303, linkPath(web, { ...opened.link, intent: next }));
    const opens = isReadOnly(opened.link.intent);
    const usable = opens && reply.kind === 'form';
    const back = opens ? wayBack(request.path, words.backToLink) : nothing;
    const more = unused ? renderKeptAnswers(sent) : nothing;
    return show(web, response, opened, withSummary(reply), { path: request.path, usable, back, more });
  });
  return router;
}

interface Acted {
  readonly reply: Reply;
  readonly unused: boolean;
}

async function act(web: Web, sender: Sender, intent: Intent, sent: Sent): Promise<Acted> {
  if (!isReadOnly(intent)) return { reply: await handle(web.core, sender, intent), unused: false };
  const pressed = readSentIntent(sent, 'intent');
  const opener = readSentIntent(sent, 'form') ?? intent;
  const shown = await handle(web.core, sender, intent);
  if (pressed !== undefined) {
    return { reply: offers(shown, pressed) ? await handle(web.core, sender, pressed) : notHere(), unused: false };
  }
  const reached = shown.kind === 'form' ? opensTheSame(shown.form.openedBy, opener) : offers(shown, opener);
  if (!reached || !isReadOnly(opener)) return { reply: notHere(), unused: true };
  return await submit(web, sender, opener, sent);
}

/** What a form says of what it showed may be over by now: the core compares that when it is sent. */
const ofWhatItShowed: ReadonlySet<string> = new Set(['asked', 'written']);

function opensTheSame(opener: Intent, sent: Intent): boolean {
  const [ours, theirs] = [opener, sent].map((intent) =>
    Object.fromEntries(Object.entries(intent).filter(([name]) => !ofWhatItShowed.has(name))),
  );
  return isDeepStrictEqual(ours, theirs);
}

function offers(shown: Reply, intent: Intent): boolean {
  return buttonsOf(shown).some((button) => button.kind === 'does' && isDeepStrictEqual(button.intent, intent));
}

function notHere(): Reply {
  return { kind: 'message', message: refusal(say.notHere) };
}

/** Shows what the link would do, and the button that does it: its own card where the home page has one. */
async function ask(web: Web, sender: Sender, intent: Intent): Promise<Reply> {
  const home = await handle(web.core, sender, { kind: 'network.home' });
  const cards = home.kind === 'page' ? home.page.cards : [];
  const isAsked = (button: Button) => button.kind === 'does' && isDeepStrictEqual(button.intent, intent);
  const card = cards.find((candidate) => candidate.buttons.some(isAsked)) ?? confirmation(intent);
  return { kind: 'message', message: { ...card, buttons: card.buttons.filter(isAsked) } };
}

function buttonsOf(reply: Reply): readonly Button[] {
  const cards: readonly Message[] =
    reply.kind === 'page' ? reply.page.cards : reply.kind === 'message' ? [reply.message] : [];
  return cards.flatMap((card) => card.buttons);
}

interface Around {
  readonly path: string;
  /** Whether what is shown can be pressed or sent here. */
  readonly usable: boolean;
  readonly back: Html;
  readonly more: Html;
}

function show(
  web: Web,
  response: Response,
  { member }: Opened,
  reply: Reply,
  { path, usable, back, more }: Around,
): void {
  const desk: Desk = { action: path, opensByGet: false, allows: () => usable, isInTab: false };
  const shown = showReply(reply, { member: undefined, desk, path: '', wayBack: back });
  const whose = html`<p class="govuk-body-s whose">${say.forMember(member.name)} <a class="govuk-link" href="/sign-in">${say.more}</a></p>`;
  sendView(web, response, { ...shown, main: html`${shown.main}${more}${whose}` });
}
