import { App, type Authorize, ExpressReceiver, webApi } from '@slack/bolt';
import { type RequestHandler, Router } from 'express';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { systemClock } from '../../src/time/clock.ts';
import { listen } from './inbound.ts';
import { createOutbound } from './outbound.ts';
import { receiverLog, silentLog } from './sdk-log.ts';

export interface SlackOptions {
  readonly signingSecret: string;
  readonly botToken: string;
  /** Such as https://slack.com/api/ */
  readonly apiUrl: string;
}

export interface SlackChannel {
  /** Reads the request's body itself, so it must come before anything that does. */
  readonly router: Router;
  readonly outbound: Outbound;
  close(): Promise<void>;
}

/** Events, commands and interactivity alike: the one address the app's manifest names. */
const eventsPath = '/slack/events';

/** Wires Slack's SDK. Calls nobody: Slack may be out of reach while we start. */
export async function openSlack(core: Core, options: SlackOptions, log: Log): Promise<SlackChannel> {
  const { signingSecret, botToken } = options;
  const receiver = new ExpressReceiver({
    signingSecret,
    endpoints: eventsPath,
    // Slack is told "received" only when the work is done: what fails is answered 500, and sent again.
    processBeforeResponse: true,
    logger: receiverLog(log),
  });
  const app = new App({
    receiver,
    authorize: oneWorkspace(botToken),
    clientOptions: clientOptions(options),
    logger: silentLog(),
    convoStore: false,
    // We know our own messages without asking Slack who we are: see DirectMessage.
    ignoreSelf: false,
  });
  listen(app, core, log);
  app.error(async (error) => {
    log.error({ err: error.original ?? error, received: 'event' }, 'A Slack event failed');
    throw error;
  });
  const router = Router();
  router.post(eventsPath, refuseFuture(log));
  router.use(receiver.router);
  const outbound = createOutbound(new webApi.WebClient(botToken, clientOptions(options)), log);
  // Nothing is held open: requests end with the server, and each call with its answer.
  return { router, outbound, close: () => Promise.resolve() };
}

/** Which token a workspace's events are answered with: the same for all, while there is one. */
function oneWorkspace(botToken: string): Authorize<boolean> {
  return () => Promise.resolve({ botToken });
}

/**
 * For every client of the Web API. Retrying is the queue's business: the SDK would send a message again after a broken
 * line. Never add `headers`: the SDK writes one workspace's token into them, and Bolt shares them with every other.
 */
function clientOptions({ apiUrl }: SlackOptions): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: silentLog(),
  };
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
