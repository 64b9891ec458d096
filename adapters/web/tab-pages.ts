import type { Response } from 'express';
import { type Html, html, nothing } from './html.ts';
import { sendView, view } from './layout.ts';
import type { Web } from './options.ts';
import { tab as say, words } from './words.ts';

/** Has the token fetched and sent; what cannot go on says so, and why, in a part of the page that is shown then. */
export function showSigningIn(web: Web, response: Response): void {
  const main = html`<div data-step="waiting" role="status"><h1 class="govuk-heading-l">${say.waitingHeading}</h1>
<p class="govuk-body">${say.waiting}</p><noscript><p class="govuk-body">${say.noScripts}</p>${wayOut(web)}</noscript></div>
${renderStep('outside', say.outsideHeading, say.outside, wayOut(web))}
${renderStep('consent', say.consentHeading, say.consent, html`${again(say.again)}${wayOut(web)}`)}
${renderStep('failed', say.failedHeading, say.failed, html`${again(say.again)}${wayOut(web)}`)}
<form method="post" action="/tab/session" id="sign-in"><input type="hidden" name="token" value=""></form>
<script src="/assets/teams-js.min.js" defer></script>
<script type="module" src="/assets/tab.js"></script>`;
  sendView(web, response, view(say.title, main, undefined));
}

function renderStep(name: string, heading: string, text: string, ways: Html): Html {
  return html`<div data-step="${name}" role="alert" hidden><h1 class="govuk-heading-l">${heading}</h1>
<p class="govuk-body">${text}</p>${ways}</div>`;
}

/** Why nobody is signed in here. @param retry the words that lead back to the start; '' where that would not help */
export function showStep(
  web: Web,
  response: Response,
  status: number,
  heading: string,
  text: string,
  retry = '',
): void {
  const main = html`<h1 class="govuk-heading-l">${heading}</h1><p class="govuk-body">${text}</p>
${retry === '' ? nothing : again(retry)}${wayOut(web)}`;
  sendView(web, response, view(heading, main, undefined, { status }));
}

function again(label: string): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="/tab">${label}</a></p>`;
}

/** In a window of its own: nothing that stands in a frame could sign in by email there. */
function wayOut({ core }: Web): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="${core.publicUrl}/sign-in" target="_blank" rel="noreferrer">${say.wayOut}${words.newWindow}</a></p>`;
}
