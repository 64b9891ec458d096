import { type ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { z } from 'zod';
import { Retryable } from '../../src/errors.ts';
import { SignInRefused } from './errors.ts';
import { limits } from './limits.ts';

/** How we prove to Teams who we are. */
export type Credentials =
  /** `MultiTenant` is an older kind of registration, whose tokens come from Microsoft's own tenant. */
  | {
      readonly kind: 'secret';
      readonly appType: 'SingleTenant' | 'MultiTenant';
      readonly password: string;
      readonly tenantId: string;
    }
  /** One token for ever: for a stand-in of Teams. */
  | { readonly kind: 'fixed'; readonly bearer: string }
  /** For the local playground, which asks for none. */
  | { readonly kind: 'none' };

export type Factory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

export function createCredentials(appId: string, credentials: Credentials): Factory {
  const known = {
    isValidAppId: async (asked: string) => asked.toLowerCase() === appId,
    isAuthenticationDisabled: async () => credentials.kind === 'none',
  };
  switch (credentials.kind) {
    case 'secret':
      return { ...known, createCredentials: signIn(appId, credentials) };
    case 'fixed':
      return {
        ...known,
        createCredentials: async () => ({
          async signRequest(request) {
            request.headers.set('Authorization', `Bearer ${credentials.bearer}`);
            return request;
          },
        }),
      };
    case 'none':
      return { ...known, createCredentials: async () => ({ signRequest: async (request) => request }) };
  }
}

/** Where Entra gives tokens for the Bot Connector of the public cloud, and what they are for. */
export const entra = {
  loginUrl: 'https://login.microsoftonline.com/botframework.com',
  scope: 'https://api.botframework.com',
} as const;

type Secret = Extract<Credentials, { kind: 'secret' }>;

function factoryOf(appId: string, { password, appType, tenantId }: Secret) {
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: password,
    MicrosoftAppType: appType,
    MicrosoftAppTenantId: tenantId,
  });
}

/** Signs in at Entra through the SDK, which keeps the token until five minutes before its end. */
function signIn(appId: string, given: Secret): Factory['createCredentials'] {
  const factory = factoryOf(appId, given);
  return async (id, audience, loginEndpoint, validateAuthority) => {
    const credentials = await factory.createCredentials(id, audience ?? '', loginEndpoint, validateAuthority);
    return { signRequest: (request) => within(limits.turnCallMs, () => credentials.signRequest(request)) };
  };
}

const Holder = z.custom<{ getToken(forceRefresh: boolean): Promise<string> }>(
  (value) => z.looseObject({ getToken: z.function() }).safeParse(value).success,
);

/**
 * Asks Entra for a new token once, and drops it.
 *
 * @throws SignInRefused when it gives none, Retryable when it does not say
 */
export async function trySignIn(appId: string, given: Secret, withinMs: number): Promise<void> {
  const made = await factoryOf(appId, given).createCredentials(appId, entra.scope, entra.loginUrl, true);
  await within(withinMs, () => Holder.parse(made).getToken(true));
}

async function within<T>(limitMs: number, ask: () => Promise<T>): Promise<T> {
  try {
    return await Promise.race([ask(), tooLate(limitMs)]);
  } catch (error) {
    throw explainSignIn(error);
  }
}

const SignInError = z.object({ errorCode: z.string() });
/** Entra's answers that no waiting changes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const wrongSettings = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_request',
  'invalid_grant',
  'invalid_scope',
]);

/** Nothing was sent to Teams yet, so this is never in doubt. */
export function explainSignIn(error: unknown): Error {
  const parsed = SignInError.safeParse(error);
  const code = parsed.success ? parsed.data.errorCode : 'no token';
  if (!wrongSettings.has(code)) return new Retryable(`Entra gave us no token (${code})`, 0);
  return new SignInRefused(code);
}

async function tooLate(limitMs: number): Promise<never> {
  const signal = AbortSignal.timeout(limitMs);
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
