import { setTimeout as pause } from 'node:timers/promises';
import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import type { Log } from '../../src/log.ts';
import { KeysUnavailable } from './entra-keys.ts';
import { limits } from './limits.ts';

const Metadata = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.unknown()) });
/** A key of another kind, or of none that we know, signs nothing for us. */
const Key = z.object({
  kid: z.string(),
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).catch([]),
});
type Key = z.infer<typeof Key>;

/** Read anew after this long. */
const freshMs = 24 * 3_600_000;
/** What was known is believed for so long when it cannot be read anew: a removed key must not stay for ever. */
const graceMs = 48 * 3_600_000;
/** How long the list is left alone after it was read, whatever unknown keys tokens name. */
const rereadMs = 60_000;
/** How long the list is left alone after it could not be read. */
const restMs = 10_000;
/** How long somebody whose key is known waits to hear whether it still is. */
const patienceMs = 1_000;

/** The keys that may sign for one channel. The SDK lets a key that is endorsed for no channel sign for all. */
export interface EndorsedKeys {
  /**
   * @returns `undefined` for a key that is unknown, or endorsed for other channels
   * @throws KeysUnavailable: then nobody can be let in, and nobody is at fault
   */
  find(kid: string): Promise<CryptoKey | undefined>;
  /** Reads them before anybody asks. A failure stands in the log alone: the next who asks has them read again. */
  prepare(): Promise<void>;
}

export function createEndorsedKeys(metadataUrl: string, channel: string, now: () => Date, log: Log): EndorsedKeys {
  let known: ReadonlyMap<string, CryptoKey> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let reading: Promise<boolean> | undefined;

  /** @returns false when they could not be read */
  async function read(): Promise<boolean> {
    try {
      const endorsed = (await readKeys(metadataUrl)).filter((key) => key.endorsements.includes(channel));
      known = new Map(await Promise.all(endorsed.map(async (key) => [key.kid, await imported(key)] as const)));
      readAt = now().getTime();
      return true;
    } catch (error) {
      restsUntil = now().getTime() + restMs;
      log.warn({ err: error }, 'Teams: The signing keys could not be read');
      return false;
    } finally {
      reading = undefined;
    }
  }

  /** One reading at a time, and none right after a failure. */
  async function readAnew(): Promise<boolean> {
    if (reading === undefined && now().getTime() < restsUntil) return false;
    reading ??= read();
    return await reading;
  }

  return {
    async find(kid) {
      const key = known.get(kid);
      const ageMs = now().getTime() - readAt;
      if (key === undefined ? ageMs < rereadMs : ageMs <= freshMs) return key;
      if (key !== undefined && ageMs <= graceMs) {
        await Promise.race([readAnew(), pause(patienceMs, undefined, { ref: false })]);
      } else if (!(await readAnew())) {
        throw new KeysUnavailable('The signing keys could not be read');
      }
      return known.get(kid);
    },
    async prepare() {
      await readAnew();
    },
  };
}

/** @throws when they cannot be read */
export async function readKeys(metadataUrl: string): Promise<readonly Key[]> {
  const { jwks_uri } = Metadata.parse(await fetchJson(metadataUrl));
  const { keys } = KeySet.parse(await fetchJson(jwks_uri));
  return keys.flatMap((key) => Key.safeParse(key).data ?? []);
}

async function imported({ kty, n, e }: Key): Promise<CryptoKey> {
  const key = await importJWK({ kty, n, e }, 'RS256');
  if (key instanceof Uint8Array) throw new Error('An RSA key was read as a secret');
  return key;
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(limits.keysCallMs) });
  if (!response.ok)
    throw new Error(`The signing keys could not be read: ${new URL(url).host} answered ${response.status}`);
  return await response.json();
}
