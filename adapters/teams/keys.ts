import { z } from 'zod';
import { limits } from './limits.ts';

const Metadata = z.object({ jwks_uri: z.url() });
const KeySet = z.object({ keys: z.array(z.object({ kid: z.string(), endorsements: z.array(z.string()).catch([]) })) });

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The ids of the keys that may sign for one channel. The SDK lets a key that is endorsed for no channel sign for all.
 * Read anew each day, and for an unknown key once an hour at most: as the SDK does for the keys themselves.
 */
export interface EndorsedKeys {
  /** @throws when the list cannot be read: then nobody can be let in, and nobody is at fault */
  has(kid: string): Promise<boolean>;
}

export function createEndorsedKeys(metadataUrl: string, channel: string, now: () => Date): EndorsedKeys {
  let known: ReadonlySet<string> = new Set();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const { jwks_uri } = Metadata.parse(await fetchJson(metadataUrl));
    const { keys } = KeySet.parse(await fetchJson(jwks_uri));
    known = new Set(keys.filter((key) => key.endorsements.includes(channel)).map((key) => key.kid));
    readAt = now().getTime();
  }

  return {
    async has(kid) {
      const ageMs = now().getTime() - readAt;
      if (ageMs > dayMs || (ageMs > hourMs && !known.has(kid))) {
        reading ??= read().finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return known.has(kid);
    },
  };
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(limits.keysCallMs) });
  if (!response.ok)
    throw new Error(`The signing keys could not be read: ${new URL(url).host} answered ${response.status}`);
  return await response.json();
}
