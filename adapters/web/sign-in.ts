import { type Response, Router } from 'express';
import { handle } from '../../src/handle.ts';
import { readIntent } from '../../src/intents.ts';
import { isInTab } from './cookies.ts';
import { type Html, html, nothing } from './html.ts';
import { readSent } from './inbound.ts';
import { sendView, view } from './layout.ts';
import { sessionDays } from './limits.ts';
import type { Web } from './options.ts';
import { renderErrorSummary, renderProblem } from './render-form.ts';
import { openLink, showLinkEnded } from './sealed-links.ts';
import { stranger } from './senders.ts';
import { endSession, signedIn, startSession } from './session.ts';
import { showReply, wayHome } from './show-reply.ts';
import { signIn as say } from './words.ts';

/** Signing in by a link in an e-mail, and signing out. */
export function signInRoutes(web: Web): Router {
  const router = Router();
  router.get('/sign-in', (_request, response) => showSignIn(web, response));
  router.post('/sign-in', async (request, response) => {
    await askForLink(web, response, (readSent(request.body).get('email') ?? '').trim());
  });
  // A mail scanner fetches every link it sees: only the button on this page uses the link up.
  router.get('/sign-in/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'sign-in');
    if (opened === undefined) return showLinkEnded(web, response);
    return sendView(web, response, view(say.confirmHeading, renderConfirmation(request.path), undefined));
  });
  router.post('/sign-in/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'sign-in');
    if (opened === undefined) return showLinkEnded(web, response);
    const { link, member } = opened;
    const first = await startSession(web, response, { memberId: member.id, linkId: link.id, days: sessionDays });
    // Pressed twice in a row, the first press signed them in.
    const already = first || (await signedIn(web, request))?.id === member.id;
    return already ? response.redirect(303, '/') : showLinkEnded(web, response);
  });
  router.post('/sign-out', async (request, response) => {
    await endSession(web, request, response);
    response.redirect(303, isInTab(web, request) ? '/tab/signed-out' : '/');
  });
  return router;
}

async function askForLink(web: Web, response: Response, email: string): Promise<void> {
  if (email === '') return showSignIn(web, response, email, say.missing);
  const intent = readIntent({ kind: 'network.sign-in', email });
  if (intent === undefined) return showSignIn(web, response, email, say.tooLong);
  const reply = await handle(web.core, stranger, intent);
  const desk = { action: '/intent', pressOf: () => undefined, along: {}, isInTab: false };
  sendView(web, response, showReply(reply, { member: undefined, desk, path: '', wayBack: wayHome }));
}

export function showSignIn(web: Web, response: Response, email = '', problem = ''): void {
  const field = { name: 'email', problem };
  const wrong = problem === '' ? nothing : renderProblem(field);
  const invalid = problem === '' ? '' : ' govuk-input--error';
  const group = problem === '' ? '' : ' govuk-form-group--error';
  const described = problem === '' ? 'answer-email-hint' : 'answer-email-hint answer-email-problem';
  const main = html`<div class="form">${renderErrorSummary([field])}
<h1 class="govuk-heading-l">${say.heading}</h1><p class="govuk-body">${say.intro}</p>
<form method="post" action="/sign-in" novalidate>
<div class="govuk-form-group${group}"><label class="govuk-label govuk-label--s" for="answer-email">${say.email}</label>
<div id="answer-email-hint" class="govuk-hint">${say.hint}</div>${wrong}
<input class="govuk-input govuk-input--width-30${invalid}" id="answer-email" name="email" type="email" value="${email}" autocomplete="email" spellcheck="false" aria-describedby="${described}"></div>
<button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">${say.send}</button>
</form></div>`;
  sendView(web, response, view(say.heading, main, undefined, { hasProblems: problem !== '' }));
}

function renderConfirmation(path: string): Html {
  return html`<h1 class="govuk-heading-l">${say.confirmHeading}</h1><p class="govuk-body">${say.confirm}</p>
<form method="post" action="${path}"><button type="submit" class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">${say.confirmButton}</button></form>`;
}
