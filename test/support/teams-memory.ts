import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';

const fromBotbuilder = createRequire(import.meta.resolve('botbuilder'));

const Lists = z.object({
  ToBotFromBotOrEmulatorTokenValidationParameters: z.object({ issuer: z.array(z.string()) }),
  BetweenBotAndAseChannelTokenValidationParameters: z.object({ issuer: z.array(z.string()) }),
});
const Extractor = z.object({
  JwtTokenExtractor: z.custom<{ readonly openIdMetadataCache: ReadonlyMap<string, unknown> }>(
    (value) => typeof value === 'function' && 'openIdMetadataCache' in value,
  ),
});
const Credentials = z.object({
  AppCredentials: z.custom<{ readonly cache: ReadonlyMap<string, unknown> }>(
    (value) => typeof value === 'function' && 'cache' in value,
  ),
});

/** How long the lists are that the SDK keeps for the whole process. */
export interface Kept {
  readonly issuers: number;
  readonly otherIssuers: number;
  readonly documents: number;
  readonly tokens: number;
}

export function keptBySdk(): Kept {
  const lists = Lists.parse(fromBotbuilder('botframework-connector/lib/auth/tokenValidationParameters'));
  const { JwtTokenExtractor } = Extractor.parse(fromBotbuilder('botframework-connector/lib/auth/jwtTokenExtractor'));
  const { AppCredentials } = Credentials.parse(fromBotbuilder('botframework-connector/lib/auth/appCredentials'));
  return {
    issuers: lists.ToBotFromBotOrEmulatorTokenValidationParameters.issuer.length,
    otherIssuers: lists.BetweenBotAndAseChannelTokenValidationParameters.issuer.length,
    documents: JwtTokenExtractor.openIdMetadataCache.size,
    tokens: AppCredentials.cache.size,
  };
}

/** What the heap holds once all that nobody needs is gone, in bytes. */
export async function heapInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = z.function().parse(runInNewContext('gc'));
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}
