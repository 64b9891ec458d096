import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Tab, TabVisitor } from '../../src/tab.ts';
import type { Clock } from '../../src/time/clock.ts';
import { createEntraKeys, type EntraKeys, KeysUnavailable } from './entra-keys.ts';
import { teamsClients } from './tab-clients.ts';

/** The registration that signs people in to the tab. Never the bot's: whoever can get a token for it could use it there. */
export interface TabRegistration {
  /** In lower case. */
  readonly appId: string;
  /** Where the keys are listed by which Entra signs. */
  readonly keysUrl: URL;
}

/** What the operator has enrolled, now. */
interface Enrolled {
  /** @param tenantId in lower case */
  serves(tenantId: string): Promise<boolean>;
  /** Whether a bot of ours has this registration: the network's, or one that a council brought. */
  isBot(appId: string): Promise<boolean>;
}

/** Entra's own list, for all tenants. Fixed: no setting leads a production system to believe anybody else. */
export const entraKeysUrl = new URL('https://login.microsoftonline.com/common/discovery/v2.0/keys');

/** https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/tab-requirements; Teams alone, of the hosts named there. */
const hosts = ['https://teams.microsoft.com', 'https://*.teams.microsoft.com', 'https://*.cloud.microsoft'] as const;

/** What the page in the tab asks for: https://learn.microsoft.com/microsoftteams/platform/tabs/how-to/authentication/tab-sso-register-aad */
const scope = 'access_as_user';
/** Clocks differ: by this much, in seconds. */
const skewSeconds = 60;
const longestToken = 16_000;

const Header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
const Claims = z.object({
  aud: z.string(),
  iss: z.string(),
  ver: z.literal('2.0'),
  exp: z.number(),
  nbf: z.number(),
  tid: z.guid(),
  oid: z.guid(),
  /** What the person lets the client do; a token without a person has none. */
  scp: z.string(),
  idtyp: z.literal('user').optional(),
  /** The client that asked for the token: any app that somebody consented to could ask for one like it. */
  azp: z.enum(Object.values(teamsClients)),
});
type Claims = z.infer<typeof Claims>;

/**
 * The personal tab: whoever opens it is who Entra says, by a token for the tab's own registration that Teams asked for.
 */
export function createTab({ appId, keysUrl }: TabRegistration, clock: Clock, { serves, isBot }: Enrolled): Tab {
  const keys = createEntraKeys(keysUrl, clock);
  return {
    hosts,
    serves,
    async identify(token) {
      if (await isBot(appId)) return refused(`TEAMS_TAB_APP_ID is the app of a bot: ${appId}`);
      const read = await readToken(token, { keys, appId, now: clock.now() });
      if ('kind' in read) return read;
      const space = read.tid.toLowerCase();
      if (!(await serves(space))) return { kind: 'not-served' };
      return { kind: 'account', account: { platform: 'teams', space, user: read.oid.toLowerCase() } };
    },
  };
}

interface Expected {
  readonly keys: EntraKeys;
  readonly appId: string;
  readonly now: Date;
}

async function readToken(token: string, { keys, appId, now }: Expected): Promise<Claims | TabVisitor> {
  const header = readHeader(token);
  if (header === undefined) return refused('not a token that Entra signs');
  try {
    const checks = { algorithms: ['RS256'], audience: appId, clockTolerance: skewSeconds, currentDate: now };
    const { payload } = await jwtVerify(token, keys.find, checks);
    const claims = Claims.safeParse(payload);
    if (!claims.success) return refused(`claims: ${claims.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
    const { iss, tid, scp } = claims.data;
    if (iss !== issuerFor(tid)) return refused('issuer');
    const signsFor = keys.issuerOf(header.kid).replace('{tenantid}', tid);
    if (signsFor !== '' && signsFor !== iss) return refused('a key of another issuer');
    return scp.split(' ').includes(scope) ? claims.data : refused('scope');
  } catch (error) {
    if (error instanceof KeysUnavailable) return { kind: 'unavailable' };
    if (error instanceof errors.JOSEError) return refused(error.code);
    throw error;
  }
}

function readHeader(token: string): z.infer<typeof Header> | undefined {
  if (token.length > longestToken) return undefined;
  try {
    return Header.safeParse(decodeProtectedHeader(token)).data;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function issuerFor(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}

function refused(reason: string): TabVisitor {
  return { kind: 'refused', reason };
}
