import { isDeepStrictEqual } from 'node:util';
import { type Response, Router } from 'express';
import { isReadOnly } from '../../src/changes.ts';
import { handle } from '../../src/handle.ts';
import type { Intent } from '../../src/intents.ts';
import { isRefused, refusal } from '../../src/messages/messages.ts';
import type { Reply } from '../../src/messages/reply.ts';
import { createSharedWork } from '../../src/shared-work.ts';
import { type Html, html, nothing } from './html.ts';
import { readSent, readSentIntent, type Sent } from './inbound.ts';
import { renderKeptAnswers } from './kept-answers.ts';
import { sendView } from './layout.ts';
import { ask, offers } from './link-question.ts';
import { answersHere, leadsOn, opensHere } from './link-reach.ts';
import { withWords } from './link-words.ts';
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
 * both are asked of the core anew each time, and what the request says is only compared with them. What comes in answer to
 * what was done here leads on by links of its own, which end when this one does: the next form of a series, pages about
 * conversations, and the buttons of an answer.
 */
export function linkRoutes(web: Web): Router {
  const router = Router();
  router.get('/act/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined) return await showActLinkEnded(web, response, request.params.token);
    const { intent } = opened.link;
    const reply = isReadOnly(intent)
      ? await handle(web.core, emailSender(opened.member), intent)
      : await ask(web, opened);
    const desk = isRefused(reply) ? answersHere(web, opened.link, request.path) : opensHere(request.path);
    return show(web, response, opened, withWords(reply), { desk, back: nothing, more: nothing });
  });
  router.post('/act/:token', async (request, response) => {
    const { opened, acted } = await press(web, request.params.token);
    if (opened === undefined) return await showActLinkEnded(web, response, request.params.token);
    const sent = readSent(request.body);
    const { reply, unused, next } = acted ?? (await actIn(web, opened, sent));
    if (!unused && next !== undefined) return response.redirect(303, linkPath(web, opened.link, next));
    const desk = answersHere(web, opened.link, request.path);
    const back = isReadOnly(opened.link.intent) ? wayBack(request.path, words.backToLink) : nothing;
    const more = unused ? renderKeptAnswers(sent) : nothing;
    return show(web, response, opened, withWords(withSummary(reply)), { desk, back, more });
  });
  return router;
}

interface Acted {
  readonly reply: Reply;
  readonly unused: boolean;
  /** What shows this reply by itself, by a link of its own. */
  readonly next: Intent | undefined;
}

interface Pressed {
  readonly opened: Opened | undefined;
  /** What came of a link that does something; `undefined` where it only shows something. */
  readonly acted: Acted | undefined;
}

const shared = createSharedWork<Pressed>(() => false);

/** A double click presses twice, and the browser shows the second answer: it is that of the first. */
async function press(web: Web, token: string): Promise<Pressed> {
  return await shared(token, async () => {
    const opened = await openLink(web, token, 'act');
    if (opened === undefined || isReadOnly(opened.link.intent)) return { opened, acted: undefined };
    return { opened, acted: done(await handle(web.core, emailSender(opened.member), opened.link.intent)) };
  });
}

/** Does what was asked on the page that the link opens. */
async function actIn(web: Web, { link: { intent }, member }: Opened, sent: Sent): Promise<Acted> {
  const sender = emailSender(member);
  const pressed = readSentIntent(sent, 'intent');
  const opener = readSentIntent(sent, 'form') ?? intent;
  const shown = await handle(web.core, sender, intent);
  if (pressed !== undefined) {
    if (!offers(shown, pressed)) return done(notHere());
    const reply = await handle(web.core, sender, pressed);
    const isOneOfMany = reply.kind === 'page' && isReadOnly(pressed) && leadsOn(pressed);
    return { reply, unused: false, next: isOneOfMany ? pressed : openerOf(reply) };
  }
  const reached = shown.kind === 'form' ? opensTheSame(shown.form.openedBy, opener) : offers(shown, opener);
  if (!reached || !isReadOnly(opener)) return { ...done(notHere()), unused: true };
  const submitted = await submit(web, sender, opener, sent);
  return { ...submitted, next: openerOf(submitted.reply) };
}

function done(reply: Reply): Acted {
  return { reply, unused: false, next: openerOf(reply) };
}

/** What a form says of what it showed may be over by now: the core compares that when it is sent. */
const ofWhatItShowed: ReadonlySet<string> = new Set(['asked', 'written', 'revision', 'at']);

function opensTheSame(opener: Intent, sent: Intent): boolean {
  const [ours, theirs] = [opener, sent].map((intent) =>
    Object.fromEntries(Object.entries(intent).filter(([name]) => !ofWhatItShowed.has(name))),
  );
  return isDeepStrictEqual(ours, theirs);
}

/** The page they pressed on is an old one; or they made the request up, and then this is all they learn. */
function notHere(): Reply {
  return { kind: 'message', message: refusal(say.notHere) };
}

interface Around {
  readonly desk: Desk;
  readonly back: Html;
  readonly more: Html;
}

function show(web: Web, response: Response, { member }: Opened, reply: Reply, { desk, back, more }: Around): void {
  const shown = showReply(reply, { member: undefined, desk, path: '', wayBack: back });
  const beyond = member.status === 'guest' ? guest.more : html`<a class="govuk-link" href="/sign-in">${say.more}</a>`;
  const whose = html`<p class="govuk-body-s whose">${say.forMember(member.name)} ${beyond}</p>`;
  sendView(web, response, { ...shown, main: html`${shown.main}${more}${whose}` });
}
