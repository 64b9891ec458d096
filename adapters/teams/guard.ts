import { z } from 'zod';

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

/** Whose tokens we take. */
export interface Issuer {
  readonly issuer: string;
  readonly appId: string;
  readonly tenantId: string;
}

const Header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });
const Claims = z.object({ iss: z.string(), aud: z.string(), exp: z.number(), tid: z.string().optional() });

/**
 * Looks at a token before its signature is checked, because the SDK's own check takes one without an end, trusts
 * tokens of Entra beside those of the Bot Connector, and remembers for ever each tenant that any token names.
 *
 * @returns the id of the key it says it was signed with, or `undefined` for a token that cannot be one for us
 */
export function signingKey(authorization: string, { issuer, appId, tenantId }: Issuer): string | undefined {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization);
  const header = Header.safeParse(readPart(token?.[1] ?? ''));
  const claims = Claims.safeParse(readPart(token?.[2] ?? ''));
  if (!header.success || !claims.success) return undefined;
  const { iss, aud, tid } = claims.data;
  return iss === issuer && aud === appId && (tid === undefined || tid === tenantId) ? header.data.kid : undefined;
}

function readPart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
