import { type Request, type Response, Router } from 'express';
import { isReadOnly } from '../../src/changes.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { outdated } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import type { Member } from '../../src/network/model.ts';
import { findMember } from '../../src/network/roster.ts';
import { readWords } from '../../src/words.ts';
import { alongWith, fromHome, type Trail, trailFrom, trailOf, wayBackOn } from './begun-on.ts';
import { confirmation } from './confirmation.ts';
import { isInTab } from './cookies.ts';
import { renderDemoNews } from './demo-news.ts';
import { type Html, html, nothing } from './html.ts';
import { asksForPreview, readSent, readSentIntent, type Sent } from './inbound.ts';
import { renderInbox, replaceInInbox } from './inbox.ts';
import { renderKeptAnswers } from './kept-answers.ts';
import { sendView, view } from './layout.ts';
import { pathLength } from './limits.ts';
import { memberDesk } from './member-desk.ts';
import { showNotice } from './notices.ts';
import type { Web } from './options.ts';
import { sendPreview } from './preview.ts';
import { renderPage } from './render.ts';
import { webSender } from './senders.ts';
import { signedIn, type Visit, visitOf } from './session.ts';
import { openerOf, showReply, withSummary } from './show-reply.ts';
import { showSignIn } from './sign-in.ts';
import { submit } from './submit.ts';
import { lost, signIn } from './words.ts';

/** The pages of somebody signed in: home, what the bot's words show, and where every button and form arrives. */
export function memberRoutes(web: Web): Router {
  const router = Router();
  router.get('/', async (request, response) => {
    const member = await signedIn(web, request);
    if (member !== undefined) return await showHome(web, request, response, member);
    if (isInTab(web, request)) return response.redirect(303, '/tab');
    if (web.demo !== undefined) return response.redirect(303, '/demo');
    return showSignIn(web, response);
  });
  router.get('/words', (request, response) => {
    const word = readSent(request.query).get('word') ?? '';
    response.redirect(303, `/words/${encodeURIComponent(word.trim().toLowerCase() || 'help')}`);
  });
  router.get('/words/:word', async (request, response) => {
    const member = await signedIn(web, request);
    if (member === undefined) return response.redirect(303, '/');
    const word = request.params.word;
    const path = `/words/${word}`;
    return await showIntent(web, response, { member, intent: readWords(word), sent: new Map(), path });
  });
  router.get('/intent', async (request, response) => {
    const member = await signedIn(web, request);
    const sent = readSent(request.query);
    const intent = readSentIntent(sent, 'intent');
    // What a reload of an answer's page asks for: there is nothing to show again.
    if (member === undefined || intent === undefined) return response.redirect(303, '/');
    return await showIntent(web, response, { member, intent, sent, path: '' });
  });
  router.post('/intent', async (request, response) => {
    const visit = await visitOf(web, request);
    const sent = readSent(request.body);
    if (visit === undefined) return showSignedOut(web, response, sent);
    return await takeIntent(web, response, visit, sent);
  });
  return router;
}

async function showHome(web: Web, request: Request, response: Response, member: Member): Promise<void> {
  const reply = await handle(web.core, webSender(member), { kind: 'network.home' });
  if (reply.kind !== 'page') return sendReply(web, response, member, { reply, path: '/', trail: fromHome });
  const desk = memberDesk(web, request);
  const news = await renderDemoNews(web, request, member);
  const inbox = await renderInbox(web.core, member, desk);
  sendView(
    web,
    response,
    view(reply.page.heading, html`${news}${renderPage(reply.page, desk)}${inbox}`, member, { path: '/' }),
  );
}

interface Asked {
  readonly member: Member;
  readonly intent: Intent;
  readonly sent: Sent;
  readonly path: string;
}

/** A link may show something; what changes something is asked about first. */
async function showIntent(web: Web, response: Response, { member, intent, sent, path }: Asked): Promise<void> {
  const reply: Reply = isReadOnly(intent)
    ? await handle(web.core, webSender(member), intent)
    : { kind: 'message', message: confirmation(intent) };
  sendReply(web, response, member, { reply, path, trail: trailFrom(intent, sent) });
}

async function takeIntent(web: Web, response: Response, { member, tabAccount }: Visit, sent: Sent): Promise<void> {
  const sender = webSender(member, tabAccount);
  const trail = trailOf(sent);
  const opener = readSentIntent(sent, 'form');
  if (opener !== undefined && isReadOnly(opener)) {
    const { reply, unused } = await submit(web, sender, opener, sent);
    if (asksForPreview(sent)) return sendPreview(response, reply, opener, memberDesk(web, response.req));
    if (!unused && showsByGet(response, reply, trail)) return;
    const now = await findMember(web.core.db, member.id);
    const more = unused ? renderKeptAnswers(sent) : nothing;
    return sendReply(web, response, now, { reply: withSummary(reply), path: '', trail, more });
  }
  const intent = readSentIntent(sent, 'intent');
  const garbled = { kind: 'message', message: outdated() } as const;
  if (intent === undefined) return sendReply(web, response, member, { reply: garbled, path: '', trail });
  const reply = await handle(web.core, sender, intent);
  if (showsByGet(response, reply, trail)) return;
  if (reply.kind === 'replace') await replaceInInbox(web.core, member, sent.get('delivery') ?? '', reply.message);
  // Joining or leaving changes the menu around the answer; somebody erased has none, and is signed out.
  const now = await findMember(web.core.db, member.id);
  sendReply(web, response, now, { reply: withSummary(reply), path: '', trail });
}

/** The next form of a series comes by an address of its own, unless that would be longer than browsers take. */
function showsByGet(response: Response, reply: Reply, trail: Trail): boolean {
  const opener = openerOf(reply);
  const fields = { ...alongWith(trail), intent: JSON.stringify(opener) };
  const path = opener === undefined ? '' : `/intent?${new URLSearchParams(fields)}`;
  if (path === '' || path.length > pathLength) return false;
  response.redirect(303, path);
  return true;
}

interface Answer {
  readonly reply: Reply;
  /** The path of the page in the menu; '' for none. */
  readonly path: string;
  readonly trail: Trail;
  readonly more?: Html;
}

function sendReply(web: Web, response: Response, member: Member | undefined, answer: Answer): void {
  const { reply, path, trail, more = nothing } = answer;
  const desk = memberDesk(web, response.req, trail);
  const shown = showReply(reply, { member, desk, path, wayBack: wayBackOn(trail) });
  sendView(web, response, { ...shown, main: html`${shown.main}${more}` });
}

function showSignedOut(web: Web, response: Response, sent: Sent): void {
  const signInPath = isInTab(web, response.req) ? '/tab' : '/sign-in';
  const again = html`<p class="govuk-body"><a class="govuk-link" href="${signInPath}">${signIn.heading}</a></p>`;
  const more = html`${again}${renderKeptAnswers(sent)}`;
  showNotice(web, response, 403, lost.signedOutHeading, lost.signedOut, { more });
}
