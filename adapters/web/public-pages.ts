import { type Response, Router } from 'express';
import { type Html, html } from './html.ts';
import { sendView, view } from './layout.ts';
import type { Web } from './options.ts';
import { type PublicPage, privacy, terms } from './public-pages-words.ts';
import { signedIn } from './session.ts';

/** What anybody may read before they join. Teams asks for the addresses of both pages with the app. */
export function publicRoutes(web: Web): Router {
  const router = Router();
  for (const [path, page] of [
    ['/privacy', privacy(web.core.retention)],
    ['/terms', terms],
  ] as const) {
    router.get(path, async (request, response) => {
      show(web, response, page, await signedIn(web, request));
    });
  }
  return router;
}

function show(web: Web, response: Response, page: PublicPage, member: Awaited<ReturnType<typeof signedIn>>): void {
  sendView(web, response, view(page.heading, renderPublicPage(page), member));
}

function renderPublicPage({ heading, intro, parts }: PublicPage): Html {
  return html`<h1 class="govuk-heading-l">${heading}</h1><p class="govuk-body">${intro}</p>
${parts.map(
  (part) => html`<h2 class="govuk-heading-m">${part.heading}</h2>
<ul class="govuk-list govuk-list--bullet">${part.points.map((point) => html`<li>${point}</li>`)}</ul>`,
)}`;
}
