import type { NextFunction, Request, Response } from 'express';
import { isInTab } from './cookies.ts';
import { showNotice } from './notices.ts';
import type { Web } from './options.ts';
import { lost } from './words.ts';

/** Refuses what another website sends on a member's behalf. Browsers say where a request comes from; we believe them. */
export function refuseOtherSites(web: Web) {
  const ownOrigin = new URL(web.core.publicUrl).origin;
  return (request: Request, response: Response, next: NextFunction): void => {
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (safe || isSameSite(web, request, ownOrigin)) {
      next();
      return;
    }
    showNotice(web, response, 403, lost.otherSiteHeading, lost.otherSite);
  };
}

/**
 * `Sec-Fetch-Site` cannot be set by a page; browsers that do not send it send `Origin`. A request with neither is not
 * from a page of another site: its cookie would not have come along either (SameSite=Lax). Inside a tab it would have.
 */
function isSameSite(web: Web, request: Request, ownOrigin: string): boolean {
  const fetchSite = request.get('sec-fetch-site');
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return !isInTab(web, request);
  if (origin === ownOrigin) return true;
  // Reached by another of our names, such as localhost: the page and its form must agree.
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}
