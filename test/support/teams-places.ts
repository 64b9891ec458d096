import { randomUUID } from 'node:crypto';
import type { Spot } from '../../adapters/teams/schema.ts';
import type { Core } from '../../src/core.ts';
import { appId, type TeamsRig, tenantId } from './teams-rig.ts';
import { enrol } from './teams-tenants.ts';

/** Whom a place belongs to: the tenant, and the registration of ours that is known there. */
export interface Owner {
  readonly tenantId: string;
  readonly appId: string;
}

/** The tenant of the settings, and the network's own registration. */
export const network: Owner = { tenantId, appId };

/** A channel of a team, which this registration alone can write to. */
export function openChannel({ stub }: TeamsRig, owner: Owner = network): Spot {
  const conversationId = `19:${randomUUID().replaceAll('-', '')}@thread.tacv2`;
  stub.addBot(conversationId, owner.appId);
  return { ...owner, serviceUrl: stub.serviceUrl, conversationId, botId: `28:${owner.appId}` };
}

/** A private chat of somebody's with this registration. */
export function openChat({ stub }: TeamsRig, owner: Owner = network) {
  const conversationId = `a:${randomUUID()}`;
  stub.addBot(conversationId, owner.appId);
  const user = randomUUID();
  const spot = { ...owner, serviceUrl: stub.serviceUrl, conversationId, botId: `28:${owner.appId}` };
  const account = { platform: 'teams', space: owner.tenantId, user } as const;
  return { account, address: { ...spot, userId: `29:${user}` } } as const;
}

/** Enrols a council's tenant with a registration of its own, which lives there. */
export async function enrolWithOwn(core: Core): Promise<Owner> {
  const owner = { tenantId: randomUUID(), appId: randomUUID() };
  await enrol(core, owner.tenantId, { appId: owner.appId, password: 'secret', homeTenantId: owner.tenantId });
  return owner;
}
