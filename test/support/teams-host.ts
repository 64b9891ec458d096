import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { openWeb } from '../../adapters/web/app.ts';
import type { Core } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import { closeNow, listenLocally } from './connector-stub.ts';
import { type EntraStub, openTab } from './entra-stub.ts';
import { type HostManners, hostPage } from './teams-host-page.ts';

/** The names under which this machine answers to the browser. */
export const names = {
  network: 'network.example',
  teams: 'teams.microsoft.com',
  newTeams: 'teams.cloud.microsoft',
  stranger: 'evil.example',
} as const;

/** The web channel with its tab, Teams, and a site that is neither: by https, each under its own name. */
export interface TeamsHost {
  readonly port: number;
  /** May be changed while it runs. */
  manners: HostManners;
  /** While true the browser is told to keep no cookie. */
  keepsNoCookie: boolean;
  close(): Promise<void>;
}

export async function openTeamsHost(given: Core, entra: EntraStub, manners: HostManners): Promise<TeamsHost> {
  const core = { ...given, publicUrl: `https://${names.network}` };
  const web = openWeb(core, { secureCookies: true, demo: undefined, tab: openTab(core, entra) }, createLog('silent'));
  const app = express();
  app.use(forNetwork(loseCookies(() => host.keepsNoCookie)), forNetwork(web.router));
  app.get('/answer', (_request, response) => {
    response.json(host.manners.answer());
  });
  app.get('/', (request, response) => {
    const framed = String(request.query['frame'] ?? '');
    response.send(hostPage(framed === '' ? `https://${names.network}/tab` : framed));
  });
  const server = createServer(selfSigned(), app);
  const host: TeamsHost = {
    port: await listenLocally(server),
    manners,
    keepsNoCookie: false,
    close: () => closeNow(server),
  };
  return host;
}

/** Only for what is asked of the network's own name. */
function forNetwork(handler: RequestHandler): RequestHandler {
  return (request, response, next) => (request.hostname === names.network ? handler(request, response, next) : next());
}

function loseCookies(isLost: () => boolean): RequestHandler {
  return (_request, response, next) => {
    const { setHeader } = response;
    response.setHeader = (name, value) =>
      isLost() && name.toLowerCase() === 'set-cookie' ? response : setHeader.call(response, name, value);
    next();
  };
}

/** On every machine that has a browser; Node makes keys, and no certificates. */
const program = 'openssl';

/** For this run alone; the browser is told to take it. */
function selfSigned(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const how = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ];
  try {
    execFileSync(program, ['req', '-x509', ...how, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
