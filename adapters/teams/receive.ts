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
import type { Signed, Trust } from './bot-framework.ts';
import { isLoopback, signingKey } from './guard.ts';
import type { EndorsedKeys } from './keys.ts';
import { limits } from './limits.ts';
import { Activity } from './schema.ts';

/** Who may call. */
export interface Gate {
  readonly trust: Trust;
  readonly tenantId: string;
  /** No sign-in at all, from this machine alone. */
  readonly anonymous: boolean;
  readonly keys: EndorsedKeys;
  isSigned(authorization: string, request: Signed): Promise<boolean>;
}

const channelId = 'msteams';

/** `POST /api/messages`: nothing is handled, and nothing is said, before the caller is known. Refusals have no body. */
export function createRouter(gate: Gate, log: Log, take: (activity: Activity) => Promise<Answer | undefined>): Router {
  const admit: RequestHandler = async (request, response, next) => {
    const why = gate.anonymous ? objectToStranger(request) : await objectToToken(gate, authorizationOf(request));
    if (why === undefined) return next();
    refuse(response, gate.anonymous ? 403 : 401, why, log);
  };

  const receive: RequestHandler = async (request, response) => {
    const parsed = Activity.safeParse(request.body);
    if (!parsed.success) return refuse(response, 400, 'not an activity', log);
    const activity = parsed.data;
    if (activity.channelId !== channelId) return refuse(response, 403, 'another channel', log);
    if (!gate.trust.isService(activity.serviceUrl))
      return refuse(response, 403, 'an address that Teams does not answer at', log);
    const isSigned = gate.anonymous || (await gate.isSigned(authorizationOf(request), activity));
    if (!isSigned) return refuse(response, 401, 'not signed for us', log);
    const answer = await take(activity);
    if (answer === undefined) response.status(200).end();
    else response.status(200).json(answer);
  };

  const router = express.Router();
  router.post('/api/messages', admit, express.json({ limit: limits.body, type: 'application/json' }), receive);
  router.use('/api/messages', quietly(log));
  return router;
}

function authorizationOf(request: Request): string {
  return request.headers.authorization ?? '';
}

/** A tunnel or a proxy on this machine would lead anybody in: it says so in a header. */
function objectToStranger(request: Request): string | undefined {
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return isLoopback(request.socket.remoteAddress ?? '') && !isForwarded ? undefined : 'not from this machine';
}

async function objectToToken(gate: Gate, authorization: string): Promise<string | undefined> {
  const { issuer, appId } = gate.trust;
  const kid = signingKey(authorization, { issuer, appId, tenantId: gate.tenantId });
  if (kid === undefined) return 'no token for us';
  return (await gate.keys.has(kid)) ? undefined : 'a key that may not sign for Teams';
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
    log.error({ err: error }, 'Teams: a request failed');
    response.status(500).end();
  };
}
