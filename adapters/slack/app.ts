import { type AppOptions, ExpressReceiver } from '@slack/bolt';
import { type RequestHandler, Router } from 'express';
import type { SlackConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { systemClock } from '../../src/time/clock.ts';
import { SlackApp } from './bolt.ts';
import { clientOptions } from './client.ts';
import { listen } from './inbound.ts';
import { installRoutes } from './install.ts';
import { listenToLifecycle } from './lifecycle.ts';
import { createOutbound } from './outbound.ts';
import { receiverLog, silentLog } from './sdk-log.ts';
import { openSocket } from './socket.ts';
import { openWorkspaces } from './workspaces.ts';

export interface SlackChannel {
  /** Reads the request's body itself, so it must come before anything that does. */
  readonly router: Router;
  readonly outbound: Outbound;
  /** Lets requests in where Slack does not bring them: resolves once Slack was called, whether or not it answered. */
  start(): Promise<void>;
  /** Resolves when all that requests began is done. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Events, commands and interactivity alike: the one address the app's manifest names. */
const eventsPath = '/slack/events';

/** Wires Slack's SDK. Calls nobody: Slack may be out of reach while we start. */
export async function openSlack(core: Core, config: SlackConfig, log: Log): Promise<SlackChannel> {
  const { apiUrl, access, appToken } = config;
  const workspaces = openWorkspaces(core, config, log);
  const entrance = appToken === '' ? overHttp(config.signingSecret, log) : bySocket(appToken, apiUrl, log);
  const app = new SlackApp({
    receiver: entrance.receiver,
    authorize: workspaces.authorize,
    clientOptions: clientOptions(apiUrl),
    logger: silentLog(),
    convoStore: false,
    // We know our own messages without asking Slack who we are: see DirectMessage.
    ignoreSelf: false,
  });
  const inbound = listen(app, core, log);
  listenToLifecycle(app, core, access, workspaces, log);
  app.error(async (error) => {
    log.error({ err: error.original ?? error, received: 'event' }, 'A Slack event failed');
    throw error;
  });
  const router = Router();
  router.use(entrance.router);
  if (access.kind === 'oauth') router.use(installRoutes(core, access, apiUrl, log));
  return {
    router,
    outbound: createOutbound(workspaces, log),
    start: entrance.start,
    idle: inbound.idle,
    async close() {
      await entrance.close();
      await inbound.idle();
    },
  };
}

/** The way Slack's requests come in. */
interface Entrance {
  readonly receiver: NonNullable<AppOptions['receiver']>;
  readonly router: Router;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Slack sends each request to us, signed. Nothing is held open: requests end with the server. */
function overHttp(signingSecret: string, log: Log): Entrance {
  const receiver = new ExpressReceiver({
    signingSecret,
    endpoints: eventsPath,
    // Slack is told "received" only when the work is done: what fails is answered 500, and sent again.
    processBeforeResponse: true,
    logger: receiverLog(log),
  });
  const router = Router();
  router.post(eventsPath, refuseFuture(log));
  router.use(receiver.router);
  return { receiver, router, start: () => Promise.resolve(), close: () => Promise.resolve() };
}

/** We call Slack, and it sends its requests down that line: over HTTP it brings none, so none is taken. */
function bySocket(appToken: string, apiUrl: string, log: Log): Entrance {
  return { ...openSocket(appToken, apiUrl, log), router: Router() };
}

/** Bolt refuses a signature older than five minutes, and takes one from any time to come. */
function refuseFuture(log: Log): RequestHandler {
  return (request, response, next) => {
    const signedAt = Number(request.header('x-slack-request-timestamp'));
    // The machine's clock, as Bolt reads it, and not the network's: this is about the request, not about a member.
    const now = systemClock.now().getTime() / 1000;
    if (signedAt > now + 300) {
      log.warn('Slack: a request was refused because its signature is from the future');
      response.status(401).end();
      return;
    }
    next();
  };
}
