import { type Request, type Response, Router } from 'express';
import type { Tab } from '../../src/tab.ts';
import { readSent } from './inbound.ts';
import type { Web } from './options.ts';
import { endTabSession, signedIn, startTabSession } from './session.ts';
import { showSigningIn, showStep } from './tab-pages.ts';
import { tab as say } from './words.ts';

/**
 * The tab inside a platform's client. Its page has a token fetched there and sent to us; who that proves is signed in
 * for a few hours, inside the tab alone, and sees the same pages as everywhere.
 */
export function tabRoutes(web: Web, tab: Tab): Router {
  const router = Router();
  router.get('/tab', async (request, response) => {
    if (!web.secureCookies) return showStep(web, response, 503, say.needsHttpsHeading, say.needsHttps);
    // Somebody else may have been here before, and stays signed in nowhere that this person can reach.
    if (isOpened(request)) await endTabSession(web, request, response);
    return showSigningIn(web, response);
  });
  router.post('/tab/session', async (request, response) => {
    await signIn(web, tab, request, response);
  });
  // Each step leads on to another page and none back, so that a browser that keeps no cookie goes nowhere in circles.
  router.get('/tab/home', async (request, response) => {
    if ((await signedIn(web, request)) !== undefined) return response.redirect(303, '/');
    return showStep(web, response, 200, say.notKeptHeading, say.notKept);
  });
  router.get('/tab/signed-out', (_request, response) => {
    showStep(web, response, 200, say.signedOutHeading, say.signedOut, say.signInAgain);
  });
  return router;
}

/** Opened by somebody to look at, as opposed to fetched by another site in passing, as a picture, say. */
function isOpened(request: Request): boolean {
  const { 'sec-fetch-dest': dest } = request.headers;
  return dest === undefined || dest === 'iframe' || dest === 'document';
}

async function signIn(web: Web, tab: Tab, request: Request, response: Response): Promise<void> {
  const visitor = await tab.identify(readSent(request.body).get('token') ?? '');
  switch (visitor.kind) {
    case 'account':
      if (await startTabSession(web, response, visitor.account)) return response.redirect(303, '/tab/home');
      return showStep(web, response, 403, say.notJoinedHeading, say.notJoined, say.again);
    case 'not-served':
      return showStep(web, response, 403, say.notServedHeading, say.notServed);
    case 'refused':
      web.log.warn({ why: visitor.reason }, 'tab: a token was refused');
      return showStep(web, response, 401, say.failedHeading, say.refused, say.again);
    case 'unavailable':
      web.log.error('tab: the signing keys could not be read');
      return showStep(web, response, 503, say.failedHeading, say.unavailable, say.again);
  }
}
