import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { assetRoutes } from './assets.ts';
import { calendarRoutes } from './calendar.ts';
import { consoleRoutes } from './console.ts';
import { isInTab } from './cookies.ts';
import { demoRoutes } from './demo.ts';
import { downloadRoutes } from './downloads.ts';
import { isTabPath } from './layout.ts';
import { bodyLimit } from './limits.ts';
import { linkRoutes } from './links.ts';
import { memberRoutes } from './member-pages.ts';
import { showFault, showMissing } from './notices.ts';
import type { DemoControls, Web, WebOptions } from './options.ts';
import { openOutbound } from './outbound.ts';
import { publicRoutes } from './public-pages.ts';
import { refuseOtherSites } from './same-site.ts';
import { signInRoutes } from './sign-in.ts';
import { tabRoutes } from './tab.ts';

export type { DemoControls, WebOptions };

export interface WebChannel {
  /** Answers every path that reaches it, with a "not found" page if need be: mount it after all the others. */
  readonly router: Router;
  readonly outbound: Outbound;
}

/** The web channel: server-rendered pages for people without Slack or Teams, and for the links in e-mails. */
export function openWeb(core: Core, options: WebOptions, log: Log): WebChannel {
  const web: Web = { core, log, ...options };
  const router = Router();
  router.use(securityHeaders(web));
  router.use(assetRoutes());
  router.use(keepPrivate, refuseOtherSites(web), express.urlencoded({ extended: false, limit: bodyLimit }));
  router.use(
    signInRoutes(web),
    linkRoutes(web),
    downloadRoutes(web),
    calendarRoutes(web),
    memberRoutes(web),
    consoleRoutes(web),
    publicRoutes(web),
  );
  if (options.tab !== undefined) router.use(tabRoutes(web, options.tab));
  if (options.demo !== undefined) router.use(demoRoutes(web, options.demo));
  router.use((_request, response) => showMissing(web, response));
  router.use(showFault(web));
  return { router, outbound: openOutbound(core) };
}

/** In the tab, its hosts may show our pages inside theirs; nobody else may, and elsewhere nobody at all. */
function securityHeaders(web: Web): RequestHandler {
  const alone = headers(web, "'none'");
  if (web.tab === undefined) return alone;
  const framed = headers(web, ...web.tab.hosts);
  return (request, response, next) => {
    const inTab = isTabPath(request.path) || isInTab(web, request);
    (inTab ? framed : alone)(request, response, next);
  };
}

function headers({ secureCookies }: Web, ...frameAncestors: readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: [...frameAncestors],
      },
    },
    // Our own forms must say where they come from; other sites must not learn the address of a link that acts.
    referrerPolicy: { policy: 'same-origin' },
    // Of its two values one is wrong for a tab, and the other for all else; browsers heed the policy above instead.
    xFrameOptions: false,
    strictTransportSecurity: secureCookies,
  });
}

/** Pages hold what only one person may read: no cache keeps them, and no search engine lists them. */
const keepPrivate: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
  next();
};
