import { z } from 'zod';
import type { Outcome } from '../../src/delivery/model.ts';
import { Permanent, Retryable } from '../../src/errors.ts';

type Headers = { get(name: string): string | undefined };
const Headers = z.custom<Headers>((value) => z.object({ get: z.function() }).safeParse(value).success);

/** Codes are words of Teams, of the SDK or of the socket. Whatever else stands there is no code, and is not kept. */
const Code = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/);

/** What the SDK hangs on the error of a call. Its message can hold what was answered, so we never read it. */
const CallError = z.object({
  name: z.enum(['RestError', 'AbortError', 'TimeoutError']),
  statusCode: z.number().catch(0),
  code: Code.catch(''),
  response: z.object({ headers: Headers }).optional().catch(undefined),
});

/** A call to Teams that did not succeed, as far as we know. It holds no words of the answer. */
export interface Failure {
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Teams' own code, such as 'ConversationBlockedByUser', or the socket's, such as 'ECONNRESET'; '' where there is none. */
  readonly code: string;
  /** In milliseconds from now; 0 where Teams does not say. */
  readonly retryAfterMs: number;
  /** Teams itself always answers in JSON; a page comes from something on the way, such as a proxy. */
  readonly isPage: boolean;
}

/** `undefined` for an error that is not about a call: a bug, to be thrown on. */
export function readFailure(error: unknown, now: Date): Failure | undefined {
  const parsed = CallError.safeParse(error);
  if (!parsed.success) return undefined;
  const { name, statusCode: status, code, response } = parsed.data;
  return {
    status,
    code: name === 'RestError' ? code : 'no answer in time',
    retryAfterMs: readRetryAfter(response?.headers.get('retry-after') ?? '', now),
    isPage: status !== 0 && /^text\//i.test(response?.headers.get('content-type') ?? ''),
  };
}

function readRetryAfter(header: string, now: Date): number {
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}

/** Whose registration a call was made by: the network's own, or the one a council brought. */
export type Whose = 'network' | 'council';

const signInMends: Readonly<Record<Whose, string>> = {
  network: 'Check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID.',
  council: 'Run "colloquy teams enrol" again for this council, with a password that works.',
};

/** Entra does not let us in, and no waiting changes that. Its message is for the network's own registration. */
export class SignInRefused extends Permanent {
  /** Entra's own, such as 'invalid_client'. */
  readonly code: string;

  constructor(code: string) {
    super(reasonOf(`Entra did not let us in (${code})`, signInMends.network));
    this.name = 'SignInRefused';
    this.code = code;
  }
}

interface Meaning {
  readonly kind: Exclude<Outcome['kind'], 'sent'>;
  readonly reason: string;
  /** What the operator can do; 'sign-in' for what our credentials need. */
  readonly mend?: string;
}

interface Row extends Meaning {
  readonly statuses: readonly number[];
  /** Teams' codes or the socket's; empty for any. */
  readonly codes: readonly string[];
  /** Only where a page was answered. */
  readonly isPage?: true;
}

/** Not one byte of the message was sent: there was no connection. */
const unreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'];

/** Nor here: the certificate comes before the first byte. https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const untrusted = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** None of these stands for good: they are reached here again once they write to us, or choose the channel again. */
const closed = ['ConversationBlockedByUser', 'MessageWritesBlocked'];
const absent = ['BotNotInConversationRoster', 'ForbiddenOperationException'];

/**
 * From status and code to what it means; the first row that fits counts.
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 *
 * Teams asks not to try a 500 again, but does not say that nothing was done. So it is in doubt: a message is not sent
 * twice, and a change, which is as good done twice, is tried again.
 */
const table: readonly Row[] = [
  { statuses: [0], codes: unreached, kind: 'later', reason: 'could not be reached' },
  {
    statuses: [0],
    codes: untrusted,
    kind: 'later',
    reason: 'another certificate than that of Teams answered',
    mend: 'A proxy may open what this server sends: let smba.trafficmanager.net through.',
  },
  {
    statuses: [401, 403, 404, 407],
    codes: [],
    isPage: true,
    kind: 'blocked',
    reason: 'something on the way to Teams refused',
    mend: 'Let this server reach smba.trafficmanager.net.',
  },
  { statuses: [412], codes: [], kind: 'later', reason: 'several things at once in one chat' },
  { statuses: [429], codes: [], kind: 'throttled', reason: 'too many messages' },
  { statuses: [502, 503, 504], codes: [], kind: 'later', reason: 'not now' },
  { statuses: [401], codes: [], kind: 'blocked', reason: 'our sign-in was not accepted', mend: 'sign-in' },
  {
    statuses: [403],
    // By person, so it says nothing of the rest of the tenant.
    codes: ['BotDisabledByAdmin'],
    kind: 'gone',
    reason: 'their administrator does not allow them our app',
    mend: 'Ask the council to allow it in the Teams admin centre.',
  },
  {
    statuses: [403],
    codes: ['InvalidBotApiHost'],
    kind: 'blocked',
    reason: 'this tenant is served from the government cloud (GCC)',
    mend: 'The council needs a registration of its own there: run "colloquy teams enrol".',
  },
  { statuses: [403], codes: closed, kind: 'gone', reason: 'they have blocked this conversation' },
  { statuses: [403], codes: absent, kind: 'gone', reason: 'our app is not there, or no longer' },
  { statuses: [403], codes: [], kind: 'gone', reason: 'we may not write there' },
  { statuses: [404], codes: [], kind: 'gone', reason: 'there is no such chat or message' },
  { statuses: [413], codes: [], kind: 'refused', reason: 'the message is too large' },
  { statuses: [400], codes: [], kind: 'refused', reason: 'the message was not understood' },
];

/** A status that no row names, by which Teams, or something on the way, says that it did nothing. */
const refused: Meaning = { kind: 'refused', reason: 'the message was refused' };
/** A cut line, a late answer, an answer that cannot be read, trouble inside Teams: the message may have arrived. */
const doubtful: Meaning = { kind: 'unknown', reason: 'nothing says whether it was taken' };

function meaningOf(failure: Failure): Meaning {
  const { status, code, isPage } = failure;
  const row = table.find(
    (each) =>
      each.statuses.includes(status) &&
      (each.codes.length === 0 || each.codes.includes(code)) &&
      (each.isPage !== true || isPage),
  );
  // 408: the request came too slowly, and nobody says how much of it had come.
  return row ?? (status >= 300 && status < 500 && status !== 408 ? refused : doubtful);
}

function judge(failure: Failure, whose: Whose): Outcome {
  const { kind, reason: what, mend = '' } = meaningOf(failure);
  const { status, code, retryAfterMs: afterMs } = failure;
  const where = [status === 0 ? '' : String(status), code].filter((part) => part !== '').join(' ');
  const said = `Teams: ${where === '' ? what : `${what} (${where})`}`;
  const reason = reasonOf(said, mend === 'sign-in' ? signInMends[whose] : mend);
  return kind === 'later' || kind === 'throttled' ? { kind, afterMs, reason } : { kind, reason };
}

function reasonOf(what: string, mend: string): string {
  return mend === '' ? what : `${what}. ${mend}`;
}

/** The same for any error of sending; one that is not about sending is thrown on. */
export function explain(error: unknown, now: Date, whose: Whose = 'network'): Outcome {
  if (error instanceof Retryable) return { kind: 'later', afterMs: error.retryAfterMs, reason: error.message };
  if (error instanceof SignInRefused) {
    return { kind: 'blocked', reason: reasonOf(`Entra did not let us in (${error.code})`, signInMends[whose]) };
  }
  // The address that was kept is of no use: whoever writes to us brings another.
  if (error instanceof Permanent) return { kind: 'gone', reason: `Teams: ${error.message}` };
  const failure = readFailure(error, now);
  if (failure === undefined) throw error;
  return judge(failure, whose);
}
