import type { Core } from '../../src/core.ts';
import { fingerprint } from '../../src/store/cipher.ts';
import { type BotFramework, openBotFramework, type Registration, type Trust } from './bot-framework.ts';
import type { Credentials } from './credentials.ts';
import { findEnrolment, listOwnRegistrations, type OwnRegistration } from './enrolments.ts';

/** One of our registrations, in use. */
export interface Addressed {
  /** In lower case; '' for the local playground. */
  readonly appId: string;
  readonly framework: BotFramework;
}

/** Which tenants are served, and by which of our registrations. What the operator changes counts at once. */
export interface Registrations {
  /** Of the network's own registration, in lower case; '' for the local playground. */
  readonly networkAppId: string;
  /**
   * The tenant where a registration of ours lives; `undefined` for an app id that is not ours. Asked before a caller is
   * known, so it costs next to nothing; a registration that was enrolled a moment ago may be found seconds later.
   */
  homeOf(appId: string): Promise<string | undefined>;
  /** `undefined` for an app id that is not ours. */
  addressed(appId: string): Promise<Addressed | undefined>;
  /** The registration by which this tenant is served; `undefined` when the operator has not enrolled it. */
  serving(tenantId: string): Promise<Addressed | undefined>;
}

export interface Known {
  readonly trust: Trust;
  /** The network's own registration. */
  readonly network: Registration;
  /** Where that one lives, in lower case: served without being enrolled. '' serves every tenant. */
  readonly homeTenantId: string;
  credentialsOf(own: OwnRegistration): Credentials;
}

/** The councils' registrations are looked up at most so often, whoever asks, in milliseconds. */
const lookAgainMs = 5_000;

export function createRegistrations(core: Core, { trust, network, homeTenantId, credentialsOf }: Known): Registrations {
  const own: Addressed = { appId: network.appId, framework: openBotFramework(trust, network) };
  const opened = new Map<string, { readonly print: string; readonly addressed: Addressed }>();
  let councils: ReadonlyMap<string, { readonly tenantId: string; readonly homeTenantId: string }> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const listed = await listOwnRegistrations(core);
    councils = new Map(listed.map(({ tenantId, own }) => [own.appId, { tenantId, homeTenantId: own.homeTenantId }]));
    for (const appId of opened.keys()) if (!councils.has(appId)) opened.delete(appId);
  }

  async function findCouncil(appId: string) {
    const now = core.clock.now().getTime();
    if (now - readAt >= lookAgainMs) {
      readAt = now;
      reading = read().finally(() => {
        reading = undefined;
      });
    }
    await reading;
    return councils.get(appId);
  }

  /** Opened once, and anew when its password has changed. */
  function open(registration: OwnRegistration): Addressed {
    const { appId } = registration;
    const print = fingerprint(JSON.stringify(registration)).toString('base64url');
    const before = opened.get(appId);
    if (before?.print === print) return before.addressed;
    const framework = openBotFramework(trust, { appId, credentials: credentialsOf(registration) });
    const addressed = { appId, framework };
    opened.set(appId, { print, addressed });
    return addressed;
  }

  return {
    networkAppId: network.appId,
    homeOf: async (appId) => (appId === network.appId ? homeTenantId : (await findCouncil(appId))?.homeTenantId),
    async addressed(appId) {
      if (appId === network.appId) return own;
      const council = await findCouncil(appId);
      const enrolment = council === undefined ? undefined : await findEnrolment(core, council.tenantId);
      return enrolment?.registration?.appId === appId ? open(enrolment.registration) : undefined;
    },
    async serving(tenantId) {
      const enrolment = await findEnrolment(core, tenantId);
      if (enrolment?.registration !== undefined) return open(enrolment.registration);
      const isServed = enrolment !== undefined || homeTenantId === '' || tenantId === homeTenantId;
      return isServed ? own : undefined;
    },
  };
}
