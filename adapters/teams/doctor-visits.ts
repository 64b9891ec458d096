import { type Finding, finding } from '../../src/commands/doctor.ts';
import type { TeamsConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { Retryable } from '../../src/errors.ts';
import { type Credentials, trySignIn } from './credentials.ts';
import { credentialsOf, listOwnRegistrations } from './enrolments.ts';
import { SignInRefused } from './errors.ts';
import { microsoft } from './guard.ts';
import { readKeys } from './keys.ts';

/** The ways by which the doctor asks Microsoft. */
export interface Probe {
  /** The OpenID document that leads to the keys of requests. */
  readonly metadataUrl: string;
  /** @throws SignInRefused when Entra gives no token, Retryable when it does not say */
  signIn(appId: string, credentials: Extract<Credentials, { kind: 'secret' }>): Promise<void>;
}

/** How long Entra may take, in milliseconds. */
const signInMs = 5_000;

export const realProbe: Probe = {
  metadataUrl: microsoft.metadataUrl,
  signIn: (appId, credentials) => trySignIn(appId, credentials, signInMs),
};

/** A registration of ours, and what puts it right. */
interface Visited {
  readonly name: string;
  readonly appId: string;
  readonly credentials: Extract<Credentials, { kind: 'secret' }>;
  readonly mend: string;
}

/** Whether Entra gives each registration in use a token. */
export async function visitEntra(core: Core, teams: TeamsConfig, probe: Probe): Promise<readonly Finding[]> {
  const { appPassword: password, appType, tenantId } = teams;
  const network: Visited = {
    name: 'the network’s own app',
    appId: teams.appId.toLowerCase(),
    credentials: { kind: 'secret', appType, password, tenantId: tenantId.toLowerCase() },
    mend: 'Check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID. A client secret ends after some months.',
  };
  const councils = (await listOwnRegistrations(core)).map(
    (brought): Visited => ({
      name: `the app of tenant ${brought.tenantId}`,
      appId: brought.own.appId,
      credentials: credentialsOf(brought.own),
      mend: 'Enrol that tenant again with a client secret that is valid: npm run colloquy -- teams enrol --help.',
    }),
  );
  return await Promise.all([network, ...councils].map((visited) => visit(visited, probe)));
}

async function visit({ name, appId, credentials, mend }: Visited, probe: Probe): Promise<Finding> {
  const found = (what: string) => `${name} (${appId}): ${what}`;
  try {
    await probe.signIn(appId, credentials);
    return finding('Teams sign-in', found('Entra gives it a token'));
  } catch (error) {
    if (error instanceof SignInRefused) {
      return finding('Teams sign-in', found(`Entra gives it no token (${error.code})`), mend);
    }
    if (!(error instanceof Retryable)) throw error;
    return finding(
      'Teams sign-in',
      found('Entra did not answer'),
      'Let this machine reach https://login.microsoftonline.com. If it does, check the tenant’s id.',
    );
  }
}

/** Whether the keys that Teams' requests are signed with can be read. Without them nobody is let in. */
export async function visitKeys({ metadataUrl }: Probe): Promise<Finding> {
  const { host } = new URL(metadataUrl);
  const count = await countKeys(metadataUrl);
  if (count > 0) return finding('Teams keys', `${host} gives the keys of Teams’ requests`);
  return finding('Teams keys', `${host} does not give the keys of Teams’ requests`, `Let this machine reach ${host}.`);
}

async function countKeys(metadataUrl: string): Promise<number> {
  try {
    return (await readKeys(metadataUrl)).filter((key) => key.endorsements.includes('msteams')).length;
  } catch {
    // Whatever it was (no line, a page of a proxy, another document), the mending is the same.
    return 0;
  }
}
