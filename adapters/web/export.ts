import { Router } from 'express';
import { exportFile, opensFile } from '../../src/network/export.ts';
import type { Web } from './options.ts';
import { openLink, showLinkEnded } from './sealed-links.ts';

/** The file of everything we hold about a member, by a link that only they were shown, and that soon ends. */
export function exportRoutes(web: Web): Router {
  const router = Router();
  router.get('/export/:token', async (request, response) => {
    const opened = await openLink(web, request.params.token, 'act');
    if (opened === undefined || !opensFile(opened.link)) return showLinkEnded(web, response);
    const file = await exportFile(web.core, opened.member);
    if (file === undefined) return showLinkEnded(web, response);
    response.set('Content-Disposition', `attachment; filename="${file.name}"`).type('json').send(file.text);
  });
  return router;
}
