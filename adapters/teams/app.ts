import type { Router } from 'express';
import type { Core } from '../../src/core.ts';
import type { Outbound } from '../../src/delivery/model.ts';
import type { Log } from '../../src/log.ts';
import { openBotFramework, type Trust } from './bot-framework.ts';
import { isLocalService, isTeamsService } from './guard.ts';
import { createEndorsedKeys } from './keys.ts';
import { createOutbound } from './outbound.ts';
import { createRouter } from './receive.ts';
import { takeTurn } from './turn.ts';

export interface TeamsOptions {
  readonly appId: string;
  readonly appPassword: string;
  /** The one tenant that is served. */
  readonly tenantId: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  /** Admits the local playground without any sign-in. Only where nobody else can reach us, and with no `appId`. */
  readonly anonymous: boolean;
}

export interface TeamsChannel {
  /** `POST /api/messages`. */
  readonly router: Router;
  readonly outbound: Outbound;
  /** Waits for the requests under way. */
  close(): Promise<void>;
}

/** Whom this channel believes and serves. */
export interface Wiring {
  readonly trust: Trust;
  /** In lower case; '' serves every tenant. */
  readonly tenantId: string;
  readonly anonymous: boolean;
}

/** Microsoft's public cloud. Fixed: no setting leads a production system to believe anybody else. */
const microsoft = {
  issuer: 'https://api.botframework.com',
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
} as const;

export function openTeams(core: Core, options: TeamsOptions, log: Log): TeamsChannel {
  const { appId, appPassword: password, appType } = options;
  const tenantId = options.tenantId.toLowerCase();
  if (options.anonymous) {
    const trust = { ...microsoft, appId: '', credentials: { kind: 'none' }, isService: isLocalService } as const;
    return openTeamsWith(core, { trust, tenantId: '', anonymous: true }, log);
  }
  const credentials = { kind: 'secret', appType, password, tenantId } as const;
  const trust = { ...microsoft, appId, credentials, isService: isTeamsService };
  return openTeamsWith(core, { trust, tenantId, anonymous: false }, log);
}

/** The same with the trust given as a value: for tests against a stand-in of Teams, and for nothing else. */
export function openTeamsWith(core: Core, { trust, tenantId, anonymous }: Wiring, log: Log): TeamsChannel {
  // With an empty app id the SDK would let everybody in.
  if (!anonymous && (trust.appId === '' || tenantId === '')) throw new Error('Teams needs an app id and a tenant');
  const framework = openBotFramework(trust);
  const keys = createEndorsedKeys(trust.metadataUrl, 'msteams', () => core.clock.now());
  const house = { core, connector: framework, log, tenantId };
  const underWay = new Set<Promise<unknown>>();
  const router = createRouter(
    { trust, tenantId, anonymous, keys, isSigned: framework.isSigned },
    log,
    async (activity) => {
      const turn = takeTurn(house, activity);
      underWay.add(turn);
      return await turn.finally(() => underWay.delete(turn));
    },
  );
  return {
    router,
    outbound: createOutbound(core, framework, log),
    async close() {
      await Promise.allSettled(underWay);
    },
  };
}
