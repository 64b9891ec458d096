import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express, { type Router } from 'express';
import type { Registry } from 'prom-client';
import { fingerprint } from './store/cipher.ts';

export interface HttpParts {
  /** The channels' routes, in order. Slack's stands first: it must read the request's body as it arrived. */
  readonly routers: readonly Router[];
  /** Resolves when the process can serve; rejects with the reason when it cannot. */
  readonly ready: () => Promise<void>;
  readonly metrics: Registry;
  /** '' closes /metrics. */
  readonly metricsToken: string;
}

/** The one HTTP server: every channel's routes, and the operator's. */
export function createHttp({ routers, ready, metrics, metricsToken }: HttpParts): Server {
  const app = express();
  app.disable('x-powered-by');
  app.get('/livez', (_request, response) => {
    response.type('text').send('ok');
  });
  app.get('/readyz', async (_request, response) => {
    try {
      await ready();
      response.type('text').send('ok');
    } catch {
      // The reason is for the log and `doctor`; a stranger who asks is told only that we are not ready.
      response.status(503).type('text').send('not ready');
    }
  });
  app.get('/metrics', async (request, response) => {
    if (!holds(request.headers.authorization, metricsToken)) {
      response
        .status(metricsToken === '' ? 404 : 401)
        .type('text')
        .send('Set METRICS_TOKEN and send it as a bearer token.');
      return;
    }
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  for (const router of routers) app.use(router);
  return createServer(app);
}

function holds(header: string | undefined, token: string): boolean {
  if (token === '' || header === undefined) return false;
  // Compared by hash: of equal length whatever was sent, so the time taken tells nothing.
  return timingSafeEqual(fingerprint(header), fingerprint(`Bearer ${token}`));
}

/** Starts listening; resolves with the port, which differs from the one asked for only when that was 0. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Stops taking requests and waits for those under way. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await closed;
}
