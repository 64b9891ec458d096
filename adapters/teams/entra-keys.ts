import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../src/time/clock.ts';
import { limits } from './limits.ts';

/** The keys could not be read: nobody is at fault, and it may go well in a while. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** The keys by which Entra signs. */
export interface EntraKeys {
  /** @throws KeysUnavailable */
  readonly find: JWTVerifyGetKey;
  /** The only issuer that a key signs for, with `{tenantid}` for any tenant; '' where the list does not say. */
  issuerOf(kid: string): string;
}

const Issued = z.object({ issuer: z.string() });

/** Read anew after this long; Entra announces a new key well before it signs with it. */
const maxAgeMs = 24 * 3_600_000;
/** How long the list is left alone after it was read, whatever unknown keys tokens name. */
const rereadMs = 60_000;
/** How long the list is left alone after it could not be read. */
const restMs = 10_000;

export function createEntraKeys(url: URL, clock: Clock): EntraKeys {
  const keys = createRemoteJWKSet(url, {
    timeoutDuration: limits.keysCallMs,
    cooldownDuration: rereadMs,
    cacheMaxAge: maxAgeMs,
  });
  let restsUntil = Number.NEGATIVE_INFINITY;
  const listed = (kid: string | undefined) => keys.jwks()?.keys.find((key) => key.kid === kid);

  async function find(...[header, token]: Parameters<JWTVerifyGetKey>) {
    const now = clock.now().getTime();
    const isKnown = keys.fresh && listed(header.kid) !== undefined;
    if (!isKnown && now < restsUntil) throw new KeysUnavailable('The signing keys could not be read a moment ago');
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error;
      restsUntil = now + restMs;
      throw new KeysUnavailable('The signing keys could not be read', { cause: error });
    }
  }

  function issuerOf(kid: string): string {
    return Issued.safeParse(listed(kid)).data?.issuer ?? '';
  }
  return { find, issuerOf };
}
