import { createHash } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { readFeed } from '../../src/diary/feed.ts';
import type { Web } from './options.ts';

/**
 * Calendar feeds, each at an address that only its member was shown. Calendar programs ask without signing in, so the
 * address is all there is: a wrong one, one that was replaced and one of somebody who left are told the same.
 */
export function calendarRoutes({ core }: Web): Router {
  const router = Router();
  const answer: RequestHandler<{ file: string }> = async (request, response) => {
    const token = /^([\w-]{64})\.ics$/.exec(request.params.file)?.[1];
    const feed = token === undefined ? undefined : await readFeed(core, token);
    if (feed === undefined) {
      response.status(404).type('text/plain').send('Not found\n');
      return;
    }
    response
      .set({
        'Content-Type': 'text/calendar; charset=utf-8',
        'Cache-Control': 'private, no-store',
        ETag: `"${createHash('sha256').update(feed).digest('base64url')}"`,
        'X-Content-Type-Options': 'nosniff',
      })
      // Where the program has this one already, it is told so (304).
      .send(feed);
  };
  router.get('/calendar/:file', answer);
  return router;
}
