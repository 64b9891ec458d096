import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { z } from 'zod';
import type { Log } from '../../src/log.ts';
import type { Answer } from './answers.ts';
import type { Trust } from './bot-framework.ts';
import { countDown } from './deadline.ts';
import { before, createSecondOpinion, NotInTime } from './door.ts';
import { KeysUnavailable } from './entra-keys.ts';
import { isLoopback, isSignedWith, readToken, type Unchecked } from './guard.ts';
import type { EndorsedKeys } from './keys.ts';
import { limits } from './limits.ts';
import type { Addressed, Registrations } from './registrations.ts';
import { Activity } from './schema.ts';

/** Who may call. */
export interface Gate {
  readonly trust: Trust;
  readonly registrations: Registrations;
  /** No sign-in at all, from this machine alone. */
  readonly anonymous: boolean;
  readonly keys: EndorsedKeys;
  now(): Date;
}

/** Takes an activity that was addressed to one of our registrations, as the request's signature says. */
export type Take = (activity: Activity, addressed: Addressed, due: AbortSignal) => Promise<Answer | undefined>;

const teams = 'msteams';

/** Where an activity comes from; '' where it does not say, which is nowhere. */
const Origin = z.object({ channelId: z.string().catch(''), serviceUrl: z.string().catch('') });

/**
 * `POST /api/messages`: nothing is handled, and nothing is said, before the caller is known. Refusals have no body; so
 * has the 503 for a caller whom we could not check in time.
 */
export function createRouter(gate: Gate, log: Log, take: Take): Router {
  const read = express.json({ limit: limits.body, type: 'application/json', reviver: tidy });
  const isDoubted = createSecondOpinion(gate.now, log);

  async function receive(request: Request, response: Response, door: AbortSignal, due: AbortSignal): Promise<void> {
    const claimed = readToken(authorizationOf(request), gate.trust.issuer);
    const why = gate.anonymous ? objectToStranger(request) : await before(door, objectToToken(gate, claimed));
    if (why !== undefined) return refuse(response, gate.anonymous ? 403 : 401, why, log);

    await before(door, parse(read, request, response));
    const origin = Origin.safeParse(request.body);
    if (!origin.success) return refuse(response, 400, 'not an activity', log);
    const { channelId, serviceUrl } = origin.data;
    if (channelId !== teams) return refuse(response, 403, 'another channel', log);
    if (!gate.trust.isService(serviceUrl))
      return refuse(response, 403, 'an address that Teams does not answer at', log);
    const parsed = Activity.safeParse(request.body);
    if (!parsed.success) return refuse(response, 400, 'not an activity', log);

    const addressed = await before(door, gate.registrations.addressed(claimed?.appId ?? ''));
    const isSigned = gate.anonymous || claimed?.serviceUrl === serviceUrl;
    if (addressed === undefined || !isSigned) return refuse(response, 401, 'not signed for us', log);
    const ask = () => addressed.framework.isSigned(authorizationOf(request), parsed.data);
    if (!gate.anonymous && (await isDoubted(ask, door))) return refuse(response, 401, 'doubted by the SDK', log);

    const answer = await take(parsed.data, addressed, due);
    if (answer === undefined) response.status(200).end();
    else response.status(200).json(answer);
  }

  const router = express.Router();
  router.post('/api/messages', async (request, response) => {
    const [door, due] = [countDown(limits.doorMs), countDown(limits.answerMs)];
    try {
      await receive(request, response, door.signal, due.signal);
    } finally {
      door.stop();
      due.stop();
    }
  });
  router.use('/api/messages', quietly(log));
  return router;
}

async function parse(read: RequestHandler, request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}

/** PostgreSQL does not take the character 0, and nobody types it. */
function tidy(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

function authorizationOf(request: Request): string {
  return request.headers.authorization ?? '';
}

/** A tunnel or a proxy on this machine would lead anybody in: it says so in a header. */
function objectToStranger(request: Request): string | undefined {
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return isLoopback(request.socket.remoteAddress ?? '') && !isForwarded ? undefined : 'not from this machine';
}

/** Why this token lets nobody in, as far as it tells without a body. */
async function objectToToken({ registrations, keys }: Gate, read: Unchecked | undefined): Promise<string | undefined> {
  const home = read === undefined ? undefined : await registrations.homeOf(read.appId);
  if (read === undefined || home === undefined) return 'no token for us';
  // The SDK remembers each tenant that any token names, for ever: so none but the registration's own, letter by letter.
  if (read.tenantId !== '' && read.tenantId !== home) return 'a token of another tenant';
  const key = await keys.find(read.kid);
  if (key === undefined) return 'a key that may not sign for Teams';
  return (await isSignedWith(key, read.token)) ? undefined : 'a token that is spoilt, over, or not yet valid';
}

function refuse(response: Response, status: number, why: string, log: Log): void {
  log.warn({ status, why }, 'Teams: refused a request');
  response.status(status).end();
}

const HttpError = z.object({ status: z.number().int().min(400).max(499), type: z.string() });

/** An error's text never leaves by the wire; that of a body we could not read is not logged either, because it quotes it. */
function quietly(log: Log): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const parsed = HttpError.safeParse(error);
    if (parsed.success) return refuse(response, parsed.data.status, parsed.data.type, log);
    if (error instanceof NotInTime || error instanceof KeysUnavailable) {
      return refuse(response, 503, error.message, log);
    }
    log.error({ err: error }, 'Teams: a request failed');
    response.status(500).end();
  };
}
