import type { Router } from 'express';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import type { Tab } from '../../src/tab.ts';
import type { Registration, Trust } from './bot-framework.ts';
import type { Credentials } from './credentials.ts';
import { createDeadlines } from './deadline.ts';
import { credentialsOf, type OwnRegistration } from './enrolments.ts';
import { isLocalService, isTeamsService, microsoft } from './guard.ts';
import { createEndorsedKeys } from './keys.ts';
import { createOutbound } from './outbound.ts';
import { createRouter } from './receive.ts';
import { createRegistrations } from './registrations.ts';
import { createTab, entraKeysUrl, type TabRegistration } from './sso.ts';
import { takeTurn } from './turn.ts';

export interface TeamsOptions {
  readonly appId: string;
  readonly appPassword: string;
  /** The tenant where the network's own registration lives. It is served; others are once the operator enrols them. */
  readonly tenantId: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  /** Of the registration that signs people in to the tab; '' for no tab. */
  readonly tabAppId: string;
  /** Admits the local playground without any sign-in. Only where nobody else can reach us, and with no `appId`. */
  readonly anonymous: boolean;
}

export interface TeamsChannel {
  /** `POST /api/messages`. */
  readonly router: Router;
  readonly outbound: Outbound;
  /** `undefined` where there is none. */
  readonly tab: Tab | undefined;
  /** Has what requests are checked with read, which nobody waits for: a failure stands in the log alone. */
  start(): Promise<void>;
  /** Waits for the requests under way. */
  close(): Promise<void>;
}

/** Whom this channel believes and serves. */
export interface Wiring {
  readonly trust: Trust;
  /** The network's own. */
  readonly registration: Registration;
  /** Where that one lives: served without being enrolled, in lower case; '' serves every tenant. */
  readonly tenantId: string;
  readonly anonymous: boolean;
  readonly tab: TabRegistration | undefined;
  /** How we prove to be a council's own registration. */
  credentialsOf(own: OwnRegistration): Credentials;
}

export function openTeams(core: Core, options: TeamsOptions, log: Log): TeamsChannel {
  const { appPassword: password, appType } = options;
  const appId = options.appId.toLowerCase();
  const tenantId = options.tenantId.toLowerCase();
  if (options.anonymous) {
    const trust = { ...microsoft, isService: isLocalService };
    const registration = { appId: '', credentials: { kind: 'none' } } as const;
    return openTeamsWith(
      core,
      { trust, registration, tenantId: '', anonymous: true, tab: undefined, credentialsOf },
      log,
    );
  }
  const tab = options.tabAppId === '' ? undefined : { appId: options.tabAppId.toLowerCase(), keysUrl: entraKeysUrl };
  const credentials = { kind: 'secret', appType, password, tenantId } as const;
  const trust = { ...microsoft, isService: isTeamsService };
  return openTeamsWith(
    core,
    { trust, registration: { appId, credentials }, tenantId, anonymous: false, tab, credentialsOf },
    log,
  );
}

/** The same with the trust given as a value: for tests against a stand-in of Teams, and for nothing else. */
export function openTeamsWith(core: Core, wiring: Wiring, log: Log): TeamsChannel {
  const { trust, registration, tenantId, anonymous } = wiring;
  // With an empty app id the SDK would let everybody in.
  if (!anonymous && (registration.appId === '' || tenantId === '')) {
    throw new Error('Teams needs an app id and a tenant');
  }
  const { credentialsOf } = wiring;
  const registrations = createRegistrations(core, {
    trust,
    network: registration,
    homeTenantId: tenantId,
    credentialsOf,
  });
  const serves = async (tenantId: string) => (await registrations.serving(tenantId)) !== undefined;
  const isBot = async (appId: string) => (await registrations.homeOf(appId)) !== undefined;
  const now = () => core.clock.now();
  const keys = createEndorsedKeys(trust.metadataUrl, 'msteams', now, log);
  const deadlines = createDeadlines(log);
  const house = { core, registrations, deadlines, log };
  const gate = { trust, registrations, anonymous, keys, now };
  const router = createRouter(gate, log, (activity, addressed, due) => takeTurn(house, activity, addressed, due));
  return {
    router,
    outbound: createOutbound(core, registrations, log),
    tab: wiring.tab === undefined ? undefined : createTab(wiring.tab, core.clock, { serves, isBot }),
    async start() {
      if (!anonymous) void keys.prepare();
    },
    close: () => deadlines.idle(),
  };
}
