import { type ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';
import { z } from 'zod';
import { Permanent, Retryable } from '../../src/errors.ts';
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
    isValidAppId: async (asked: string) => asked === appId,
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

/** Signs in at Entra through the SDK, which keeps the token until five minutes before its end. */
function signIn(appId: string, given: Extract<Credentials, { kind: 'secret' }>): Factory['createCredentials'] {
  const factory = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: given.password,
    MicrosoftAppType: given.appType,
    MicrosoftAppTenantId: given.tenantId,
  });
  return async (id, audience, loginEndpoint, validateAuthority) => {
    const credentials = await factory.createCredentials(id, audience ?? '', loginEndpoint, validateAuthority);
    return {
      async signRequest(request) {
        try {
          return await Promise.race([credentials.signRequest(request), tooLate()]);
        } catch (error) {
          throw explainSignIn(error);
        }
      },
    };
  };
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
  return new Permanent(
    `Entra does not know us (${code}): check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID`,
  );
}

async function tooLate(): Promise<never> {
  const signal = AbortSignal.timeout(limits.turnCallMs);
  return await new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
