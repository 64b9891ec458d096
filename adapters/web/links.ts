import { isDeepStrictEqual } from 'node:util';
import { type Response, Router } from 'express';
import type { Sender } from '../../src/account.ts';
import { isOf } from '../../src/asker.ts';
import { isReadOnly } from '../../src/changes.ts';
import { handle, objectionTo } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { type Block, type Button, type Message, paragraph } from '../../src/messages/message.ts';
import { refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { confirmation } from './confirmation.ts';
import { type Html, html, nothing } from './html.ts';
import { readSent, readSentIntent, type Sent } from './inbound.ts';
import { renderKeptAnswers } from './kept-answers.ts';
import { sendView } from './layout.ts';
import type { Web } from './options.ts';
import type { Desk } from './render.ts';
import { linkPath, type Opened, openLink, showActLinkEnded } from './sealed-links.ts';
import { emailSender } from './senders.ts';
import { openerOf, showReply, wayBack, withSummary } from './show-reply.ts';
import { submit } from './submit.ts';
import { guest, link as say, words } from './words.ts';

/**
 * Links in e-mails, for people whose council lets nothing else through. A link does the one thing it was made for.
 * When that is to open something, it reaches what can be pressed there and the forms that this opens, and no further:
 * both are asked of the core anew each time, and what the request says is only compared with them. A form that comes in
 * answer to what was done here, such as the next of a series, is reached by a link of its own, which ends when this one does.
 * So are pages about conversations: what stands there can be pressed, and leads on.
 */
export function linkRoutes(web: Web): Router {
  const router = Router();
  router.get('/act/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined) return await showActLinkEnded(web, response, request.params.token);
    const sender = emailSender(opened.member);
    const intent = opened.link.intent;
    const reply = isReadOnly(intent) ? await handle(web.core, sender, intent) : await ask(web, opened.member, intent);
    return show(web, response, opened, reply, { path: request.path, usable: true, back: nothing, more: nothing });
  });
  router.post('/act/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined) return await showActLinkEnded(web, response, request.params.token);
    const sent = readSent(request.body);
    const { reply, unused, next } = await act(web, emailSender(opened.member), opened.link.intent, sent);
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
  /** What shows this reply by itself, by a link of its own. */
  readonly next: Intent | undefined;
}

async function act(web: Web, sender: Sender, intent: Intent, sent: Sent): Promise<Acted> {
  if (!isReadOnly(intent)) return done(await handle(web.core, sender, intent));
  const pressed = readSentIntent(sent, 'intent');
  const opener = readSentIntent(sent, 'form') ?? intent;
  const shown = await handle(web.core, sender, intent);
  if (pressed !== undefined) {
    if (!offers(shown, pressed)) return done(notHere());
    const reply = await handle(web.core, sender, pressed);
    return { reply, unused: false, next: reply.kind === 'page' && leadsOn(pressed) ? pressed : openerOf(reply) };
  }
  const reached = shown.kind === 'form' ? opensTheSame(shown.form.openedBy, opener) : offers(shown, opener);
  if (!reached || !isReadOnly(opener)) return { ...done(notHere()), unused: true };
  const submitted = await submit(web, sender, opener, sent);
  return { ...submitted, next: openerOf(submitted.reply) };
}

function done(reply: Reply): Acted {
  return { reply, unused: false, next: openerOf(reply) };
}

/** What can be used from page to page: of the rest, whoever a link was forwarded to gets no further than one page. */
const rooms = ['conversations', 'proposals', 'series', 'diary', 'afterwards'] as const;

function leadsOn(intent: Intent): boolean {
  return isReadOnly(intent) && rooms.some((room) => isOf(room, intent));
}

/** What a form says of what it showed may be over by now: the core compares that when it is sent. */
const ofWhatItShowed: ReadonlySet<string> = new Set(['asked', 'written', 'revision', 'at']);

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
async function ask(web: Web, member: Member, intent: Intent): Promise<Reply> {
  const sender = emailSender(member);
  const why = objectionTo(sender, member, intent);
  if (why !== undefined) return { kind: 'message', message: refusal(why) };
  const home = await handle(web.core, sender, { kind: 'network.home' });
  const cards = home.kind === 'page' ? home.page.cards : [];
  const isAsked = (button: Button) => button.kind === 'does' && isDeepStrictEqual(button.intent, intent);
  const card =
    cards.find((candidate) => candidate.buttons.some(isAsked)) ??
    confirmation(intent, await whatOf(web, sender, intent));
  return { kind: 'message', message: { ...card, buttons: card.buttons.filter(isAsked) } };
}

/** What a link does something about, for whoever may see it: a conversation, a draft of one, or a date of a series. */
async function whatOf(web: Web, sender: Sender, intent: Intent): Promise<readonly Block[]> {
  if ('slot' in intent) {
    const asked = await handle(web.core, sender, { kind: 'series.open-yes', slot: intent.slot });
    return asked.kind === 'form' ? asked.form.body : [];
  }
  if ('proposal' in intent) {
    const drafts = await handle(web.core, sender, { kind: 'proposals.mine' });
    const found = cardsOf(drafts).find(({ buttons }) => buttons.some((button) => isAbout(button, intent.proposal)));
    return found === undefined ? [] : [paragraph(found.heading), ...found.body];
  }
  if (!('conversation' in intent)) return [];
  const shown = await handle(web.core, sender, { kind: 'conversations.view', conversation: intent.conversation });
  if (shown.kind !== 'page') return [];
  const details = shown.page.body.find(({ kind }) => kind === 'facts');
  return [paragraph(shown.page.heading), ...(details === undefined ? [] : [details])];
}

function isAbout(button: Button, proposal: string): boolean {
  return button.kind === 'does' && 'proposal' in button.intent && button.intent.proposal === proposal;
}

function cardsOf(reply: Reply): readonly Message[] {
  return reply.kind === 'page' ? reply.page.cards : reply.kind === 'message' ? [reply.message] : [];
}

function buttonsOf(reply: Reply): readonly Button[] {
  return cardsOf(reply).flatMap((card) => card.buttons);
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
  const beyond = member.status === 'guest' ? guest.more : html`<a class="govuk-link" href="/sign-in">${say.more}</a>`;
  const whose = html`<p class="govuk-body-s whose">${say.forMember(member.name)} ${beyond}</p>`;
  sendView(web, response, { ...shown, main: html`${shown.main}${more}${whose}` });
}
