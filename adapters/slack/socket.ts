import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeReceiver, webApi } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import { clientOptions } from './client.ts';
import { silentLog } from './sdk-log.ts';

/** How long to wait before a line is opened again, in milliseconds: doubling from `first` to `longest`. */
export interface Patience {
  readonly first: number;
  readonly longest: number;
  /** A line that held this long was a good one: the next is opened at once. */
  readonly steady: number;
  /** Slack greets at once, or never. */
  readonly greeting: number;
}

/** Slack takes about one attempt a minute for long: https://docs.slack.dev/reference/methods/apps.connections.open */
const patience: Patience = { first: 1_000, longest: 60_000, steady: 60_000, greeting: 30_000 };

export interface Socket {
  readonly receiver: SocketModeReceiver;
  /** Opens the line and keeps it open. Resolves once the first attempt is over, whatever came of it. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Socket Mode: we call Slack, and it sends its requests down that line. The SDK's own way of opening it again waits for
 * five seconds even when Slack asks for it, and ends the process when an attempt fails: so it is done here.
 */
export function openSocket(appToken: string, apiUrl: string, log: Log, waits: Patience = patience): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    // The SDK's lines quote what comes in. What goes wrong is logged by the app, and by this file.
    logger: silentLog(),
    installerOptions: { clientOptions: clientOptions(apiUrl) },
    // Without an answer Slack sends an event again. The SDK would answer some, on a line that may be gone.
    processEventErrorHandler: () => Promise.resolve(false),
  });
  const line = keepOpen(receiver, log, waits);
  return { receiver, ...line };
}

function keepOpen({ client }: SocketModeReceiver, log: Log, waits: Patience): Pick<Socket, 'start' | 'close'> {
  const closing = new AbortController();
  const { promise: attempted, resolve: tellAttempted } = Promise.withResolvers<void>();
  let running: Promise<void> | undefined;
  let isTold = false;

  /** One line from its first attempt to its end; tells whether it was a good one. */
  async function hold(): Promise<boolean> {
    try {
      const { lost } = await connect(client, waits.greeting);
      const since = performance.now();
      log.info('Slack: connected');
      isTold = false;
      tellAttempted();
      // Asked to close while it was being opened: that did not reach it.
      if (closing.signal.aborted) hangUp(client);
      await lost;
      return performance.now() - since >= waits.steady;
    } catch (error) {
      if (!isTold && !closing.signal.aborted) log.warn({ err: error }, 'Slack: not connected; trying again');
      isTold = true;
      tellAttempted();
      if (error instanceof webApi.WebAPIRateLimitedError) await pause(error.retryAfter * 1000, closing.signal);
      return false;
    }
  }

  async function run(): Promise<void> {
    let poor = 0;
    while (!closing.signal.aborted) {
      poor = (await hold()) ? 0 : poor + 1;
      if (poor > 0) await pause(Math.min(waits.first * 2 ** (poor - 1), waits.longest), closing.signal);
    }
  }

  return {
    async start() {
      running ??= run();
      await attempted;
    },
    async close() {
      closing.abort();
      if (running === undefined) return;
      hangUp(client);
      await running;
    },
  };
}

type Client = SocketModeReceiver['client'];

/** Opens a line; `lost` resolves when it ends. */
async function connect(client: Client, greetingMs: number): Promise<{ readonly lost: Promise<void> }> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  client.once('disconnected', lose);
  const late = setTimeout(() => hangUp(client), greetingMs);
  try {
    await client.start();
    return { lost };
  } catch (error) {
    client.removeListener('disconnected', lose);
    // Of a line that ends before Slack greets, the SDK says nothing.
    throw error ?? new Error('Slack closed the line');
  } finally {
    clearTimeout(late);
  }
}

/** Its end is told by `lost`, or by the attempt that fails. */
function hangUp(client: Client): void {
  void client.disconnect();
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
