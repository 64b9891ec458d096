import type { NextFunction, Request, Response } from 'express';
import { fault } from '../../src/messages/messages.ts';
import type { Member } from '../../src/network/model.ts';
import { type Html, html, nothing } from './html.ts';
import { sendView, view } from './layout.ts';
import type { Web } from './options.ts';
import { wayHome } from './show-reply.ts';
import { lost } from './words.ts';

/** A page that says one thing, and leads home. */
export function showNotice(
  web: Web,
  response: Response,
  status: number,
  heading: string,
  text: string,
  { member, more = nothing }: { readonly member?: Member; readonly more?: Html } = {},
): void {
  const main = html`<h1 class="govuk-heading-l">${heading}</h1><p class="govuk-body">${text}</p>${more}${wayHome}`;
  sendView(web, response, view(heading, main, member, { status }));
}

export function showMissing(web: Web, response: Response): void {
  showNotice(web, response, 404, lost.missingHeading, lost.missing);
}

/** Whatever a page could not do: the person is told kindly, the operator gets one line that holds no link and no text. */
export function showFault(web: Web) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const status = statusOf(error);
    if (status >= 500) web.log.error({ err: error, path: pathWithoutToken(request.path) }, 'a page failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    if (status === 413) showNotice(web, response, status, lost.tooLargeHeading, lost.tooLarge);
    else if (status < 500) showNotice(web, response, status, lost.unreadableHeading, lost.unreadable);
    else showNotice(web, response, status, fault().heading, fault().summary);
  };
}

/** The body parser and the router say in `status` what was wrong with a request; anything else is ours. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** A link's token lets its holder act: it must not stand in a log. */
function pathWithoutToken(path: string): string {
  return path.replace(/^\/(act|sign-in|download)\/.*/, '/$1/…');
}
