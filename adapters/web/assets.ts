import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';

const govuk = distributed(import.meta.resolve('govuk-frontend/package.json'), 'govuk');
const teams = distributed(import.meta.resolve('@microsoft/teams-js/package.json'), 'umd');
const own = fileURLToPath(new URL('./assets', import.meta.url));

/** How long a browser may keep a file that looks the same until the next release. */
const maxAge = '1h';

/** The style sheet and scripts, as files: the pages' policy runs nothing that is written into a page. */
export function assetRoutes(): Router {
  const router = Router();
  const styles = readStyles();
  router.get('/assets/colloquy.css', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=3600').type('css').send(styles);
  });
  router.get('/assets/govuk-frontend.min.js', (_request, response) => {
    response.sendFile('govuk-frontend.min.js', { root: govuk, maxAge });
  });
  router.get('/assets/teams-js.min.js', (_request, response) => {
    response.sendFile('MicrosoftTeams.min.js', { root: teams, maxAge });
  });
  for (const name of ['icon.svg', 'preview.js', 'start.js', 'tab.js']) {
    router.get(`/assets/${name}`, (_request, response) => response.sendFile(name, { root: own, maxAge }));
  }
  return router;
}

/** A folder of what a package is published as. @param manifest where its package.json is, as a URL */
function distributed(manifest: string, folder: string): string {
  return join(dirname(fileURLToPath(manifest)), 'dist', folder);
}

/**
 * GOV.UK's style sheet and then ours. Its typeface may be used on gov.uk services only, and a browser would fetch it
 * before it has read our own choice: so it is taken out here.
 */
function readStyles(): string {
  const theirs = readFileSync(join(govuk, 'govuk-frontend.min.css'), 'utf8')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial,sans-serif', 'inherit')
    .replace(/\/\*# sourceMappingURL=.*?\*\//, '');
  return `${theirs}\n${readFileSync(join(own, 'colloquy.css'), 'utf8')}`;
}
