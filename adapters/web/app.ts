import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { assetRoutes } from './assets.ts';
import { demoRoutes } from './demo.ts';
import { exportRoutes } from './export.ts';
import { bodyLimit } from './limits.ts';
import { linkRoutes } from './links.ts';
import { memberRoutes } from './member-pages.ts';
import { showFault, showMissing } from './notices.ts';
import type { DemoControls, Web, WebOptions } from './options.ts';
import { openOutbound } from './outbound.ts';
import { refuseOtherSites } from './same-site.ts';
import { signInRoutes } from './sign-in.ts';

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
  router.use(securityHeaders(options.secureCookies));
  router.use(assetRoutes());
  router.use(keepPrivate, refuseOtherSites(web), express.urlencoded({ extended: false, limit: bodyLimit }));
  router.use(signInRoutes(web), linkRoutes(web), exportRoutes(web), memberRoutes(web));
  if (options.demo !== undefined) router.use(demoRoutes(web, options.demo));
  router.use((_request, response) => showMissing(web, response));
  router.use(showFault(web));
  return { router, outbound: openOutbound(core) };
}

function securityHeaders(overHttps: boolean): RequestHandler {
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
        frameAncestors: ["'none'"],
      },
    },
    // Our own forms must say where they come from; other sites must not learn the address of a link that acts.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: overHttps,
  });
}

/** Pages hold what only one person may read: no cache keeps them, and no search engine lists them. */
const keepPrivate: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
  next();
};
