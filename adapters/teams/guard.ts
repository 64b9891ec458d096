import { type CryptoKey, errors, jwtVerify } from 'jose';
import { z } from 'zod';

/** Microsoft's public cloud. Fixed: no setting leads a production system to believe anybody else. */
export const microsoft = {
  issuer: 'https://api.botframework.com',
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
} as const;

/** Hosts of the Bot Connector for Teams, in Microsoft's public cloud and its government community cloud (GCC). */
const serviceHosts = new Set(['smba.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com']);
const serviceDomain = '.botframework.com';

/** True for an address that Microsoft answers at: our own token may go there. */
export function isTeamsService(serviceUrl: string): boolean {
  const url = parseUrl(serviceUrl);
  if (url === undefined || url.protocol !== 'https:' || url.port !== '' || url.username !== '') return false;
  return serviceHosts.has(url.hostname) || url.hostname.endsWith(serviceDomain);
}

/** True for an address on this machine: where the playground answers. */
export function isLocalService(serviceUrl: string): boolean {
  const url = parseUrl(serviceUrl);
  return url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** @param address of the other end of a socket */
export function isLoopback(address: string): boolean {
  const bare = address.replace(/^::ffff:/, '');
  return bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

/** What a token says of itself, before anything of it is checked. */
export interface Unchecked {
  /** As it stands after 'Bearer '. */
  readonly token: string;
  /** The id of the key it says it was signed with. */
  readonly kid: string;
  /** Which of our registrations it is meant for, in lower case. */
  readonly appId: string;
  /** '' for none, as in the Bot Connector's own. */
  readonly tenantId: string;
  /** Where Teams waits for what we send: the activity must name the very same. */
  readonly serviceUrl: string;
}

const Header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });
const Claims = z.object({
  iss: z.string(),
  aud: z.string().max(100),
  exp: z.number(),
  serviceurl: z.string(),
  tid: z.string().max(100).optional(),
  /** On whose behalf, in a token that one bot shows another: by version 1 of tokens, and by version 2. */
  appid: z.string().optional(),
  azp: z.string().optional(),
});

/**
 * Looks at a token before its signature is checked.
 *
 * @returns `undefined` for a token that cannot be one of the Bot Connector's
 */
export function readToken(authorization: string, issuer: string): Unchecked | undefined {
  const [, token = '', header = '', claims = ''] = /^Bearer (([\w-]+)\.([\w-]+)\.[\w-]+)$/.exec(authorization) ?? [];
  const named = Header.safeParse(readPart(header));
  const claimed = Claims.safeParse(readPart(claims));
  if (!named.success || !claimed.success || claimed.data.iss !== issuer) return undefined;
  const { aud, tid: tenantId = '', serviceurl: serviceUrl, appid = aud, azp = aud } = claimed.data;
  if (appid !== aud || azp !== aud) return undefined;
  return { token, kid: named.data.kid, appId: aud.toLowerCase(), tenantId, serviceUrl };
}

/** How far the clock of whoever signed may be from ours: as the SDK has it. */
const skewSeconds = 300;

/**
 * Whether the token was signed with this key, and is neither over nor still to come. The SDK checks it after us, where
 * it can; what it is given beyond what we let through, it writes to standard error, takes without an end, or remembers
 * for ever.
 */
export async function isSignedWith(key: CryptoKey, token: string): Promise<boolean> {
  try {
    await jwtVerify(token, key, { algorithms: ['RS256'], clockTolerance: skewSeconds, requiredClaims: ['exp'] });
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError) return false;
    throw error;
  }
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
