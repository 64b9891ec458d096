import { type RequestHandler, Router } from 'express';
import type { DownloadFile } from '../../src/download-file.ts';
import { openDownload } from '../../src/downloads.ts';
import { showMissing } from './notices.ts';
import type { Web } from './options.ts';
import { showLinkEnded } from './sealed-links.ts';

/** A member's files, each by a link that only they were shown, and that soon ends. */
export function downloadRoutes(web: Web): Router {
  const router = Router();
  const answer: RequestHandler<{ link: string }> = async (request, response) => {
    const opened = await openDownload(web.core, request.params.link);
    switch (opened.kind) {
      case 'ended':
        return showLinkEnded(web, response);
      case 'none':
        return showMissing(web, response);
      case 'file':
        response.set(fileHeaders(opened.file)).send(opened.file.body);
    }
  };
  router.get('/download/:link', answer);
  return router;
}

/** A file is kept, never shown: it may hold markup, and whatever a browser makes of it must run nothing and load nothing. */
function fileHeaders({ name, type }: DownloadFile): Readonly<Record<string, string>> {
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${safeName(name)}"`,
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** What every system takes as the name of a file, and no header is ended by. */
function safeName(name: string): string {
  const safe = name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return safe === '' ? 'download' : safe.slice(-100);
}
