import { z } from 'zod';
import type { EnrolOptions } from '../../src/commands/command-line.ts';
import type { Desk } from '../../src/commands/desk.ts';
import { readConfig, type TeamsConfig } from '../../src/config.ts';
import { noteOperator } from '../../src/convening/audit.ts';
import type { Core } from '../../src/core.ts';
import { Permanent } from '../../src/errors.ts';
import { admitSpace, reachedIn, withdrawSpace } from '../../src/network/spaces.ts';
import { findInstalledAt, listInstallations } from '../../src/store/installations.ts';
import { oneAtATime } from '../../src/store/one-at-a-time.ts';
import { type Enrolment, findEnrolment, listOwnRegistrations, type OwnRegistration } from './enrolments.ts';
import { listTenants, table } from './tenants.ts';

/** Lets a council's tenant use this network; a second time, it changes how. */
export async function enrolTenant(desk: Desk, options: EnrolOptions): Promise<void> {
  const teams = mustBeOn();
  const asked = readEnrol(options, teams);
  const brought = asked.appId === '' ? undefined : await readRegistration(desk, asked);
  // Of two operators who enrol at once, the second sees what the first one did.
  await desk.withCore((core) => oneAtATime(core, 'teams.enrol', () => enrol(core, desk, { ...asked, brought, teams })));
}

interface Asked extends EnrolOptions {
  readonly brought: OwnRegistration | undefined;
  readonly teams: TeamsConfig;
}

async function enrol(core: Core, desk: Desk, asked: Asked): Promise<void> {
  const { tenantId, name, brought, teams } = asked;
  if (brought !== undefined) await mustBeFree(core, brought.appId, tenantId);
  const before = await findEnrolment(core, tenantId);
  const registration = brought ?? (await keptBy(core, before, asked));
  const place = { platform: 'teams', space: tenantId, name } as const;
  const isServedAnyway = tenantId === teams.tenantId.toLowerCase();
  const secret = registration === undefined ? {} : { registration };
  const isNew = await admitSpace(core, place, secret, { isAnew: false, isServedAnyway });
  await noteOperator(core, 'tenant.enrolled', tenantId);
  desk.print(`${isNew ? 'Enrolled' : 'Changed'}: ${name} (${tenantId}), by ${appOf(registration)}.`);
  await advise(desk, core, { tenantId, registration, before: before ?? (isServedAnyway ? {} : undefined), isNew });
}

/**
 * A tenant keeps its own app where nothing else is asked: to leave it ends all chats, and what is gone with it (the
 * sealed secret) cannot be had back.
 *
 * @throws Permanent where nothing is asked at all
 */
async function keptBy(
  core: Core,
  before: Enrolment | undefined,
  { tenantId, name, networkApp }: EnrolOptions,
): Promise<OwnRegistration | undefined> {
  const own = before?.registration;
  if (own === undefined || networkApp) return undefined;
  const tenants = await listInstallations(core.db, 'teams');
  if (tenants.some((tenant) => tenant.space === tenantId && tenant.name !== name)) return own;
  throw new Permanent(
    `${tenantId} is served by its own app ${own.appId}. To have it served by the network’s, add --network-app: its members are then reached once they open that one. To renew the secret, add --app-id ${own.appId}.`,
  );
}

/**
 * The tenant is served no longer. Whoever belongs to the network stays, and is reached in other ways. Also one that was
 * served by the settings until they changed, and also when Teams is in the settings no more.
 */
export async function withdrawTenant(desk: Desk, tenant: string): Promise<void> {
  const tenantId = readId('The tenant', tenant);
  if (tenantId === readConfig().teams?.tenantId.toLowerCase()) {
    throw new Permanent(
      `${tenantId} is TEAMS_APP_TENANT_ID, which is always served. To leave it, change or remove the TEAMS_ settings, start Colloquy again, and give this command again.`,
    );
  }
  await desk.withCore(async (core) => {
    const place = { platform: 'teams', space: tenantId } as const;
    const installedAt = await findInstalledAt(core.db, place);
    const withdrawn = await withdrawSpace(core, place, { installedAt, removedAt: core.clock.now() });
    if (withdrawn === undefined) {
      throw new Permanent(
        `${tenantId} is not enrolled, and nothing is left of it to withdraw. See which tenants are enrolled: npm run colloquy -- teams tenants`,
      );
    }
    await noteOperator(core, 'tenant.withdrawn', tenantId);
    const { members, strangers, channels } = withdrawn;
    desk.print(`Withdrawn: ${tenantId}. Nothing is sent there any more, and nobody there is served.`);
    desk.print(`Members who were reached there and keep their membership: ${members}.`);
    desk.print(`People who had the app and had not joined, now forgotten: ${strangers}.`);
    desk.print(`Channels where nothing is announced any more: ${channels}.`);
    desk.printError('Ask the tenant’s administrator to remove the app from Teams.');
  });
}

export async function printTenants(desk: Desk): Promise<void> {
  const teams = mustBeOn();
  await desk.withCore(async (core) => {
    const [tenants, reached] = [await listTenants(core, teams), await reachedIn(core, 'teams')];
    const rows = tenants.map(({ name, tenantId, ownAppId, since }) => [
      name,
      tenantId,
      ownAppId === '' ? 'the network’s' : `its own (${ownAppId})`,
      since?.toISOString().slice(0, 10) ?? 'always',
      String(reached.get(tenantId) ?? 0),
    ]);
    for (const line of table([['NAME', 'TENANT', 'REGISTRATION', 'SINCE', 'MEMBERS REACHED'], ...rows])) {
      desk.print(line);
    }
  });
}

/** Before anything is opened: a database would be made for nothing. */
function mustBeOn(): TeamsConfig {
  const { teams } = readConfig();
  if (teams === undefined || teams.appId === '') {
    throw new Permanent('Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_APP_TENANT_ID first.');
  }
  return teams;
}

function readId(what: string, text: string): string {
  const id = z.guid().safeParse(text.trim());
  if (id.success) return id.data.toLowerCase();
  throw new Permanent(`${what}: give its id, such as 11111111-2222-4333-8444-555555555555, and not its name.`);
}

function readEnrol(given: EnrolOptions, teams: TeamsConfig): EnrolOptions {
  const name = given.name.trim().replace(/\s+/g, ' ');
  if (name === '' || name.length > 200) throw new Permanent('--name: give a name of 200 letters at most.');
  const tenantId = readId('The tenant', given.tenantId);
  if (given.appId === '') {
    if (given.homeTenantId !== '') throw new Permanent('--app-tenant: it goes with --app-id. Give both, or neither.');
    return { tenantId, name, appId: '', homeTenantId: '', networkApp: given.networkApp };
  }
  if (given.networkApp)
    throw new Permanent('--network-app: it goes without --app-id. Give one of the two, or neither.');
  const appId = readId('--app-id', given.appId);
  if (appId === teams.appId.toLowerCase()) {
    throw new Permanent(
      '--app-id: this is TEAMS_APP_ID, the network’s own. To use that one, leave --app-id out; where the tenant has its own now, add --network-app.',
    );
  }
  if (appId === teams.tabAppId.toLowerCase()) {
    throw new Permanent('--app-id: this is TEAMS_TAB_APP_ID, by which people sign in to the tab. A bot needs another.');
  }
  const homeTenantId = given.homeTenantId === '' ? tenantId : readId('--app-tenant', given.homeTenantId);
  return { tenantId, name, appId, homeTenantId, networkApp: false };
}

async function readRegistration(desk: Desk, { appId, homeTenantId }: EnrolOptions): Promise<OwnRegistration> {
  desk.printError(`Enter a client secret of the app ${appId}, as one line:`);
  const password = (await desk.readLine()).trim();
  if (password === '') throw new Permanent('The client secret is empty. Nothing was changed.');
  return { appId, password, homeTenantId };
}

/** @throws Permanent where another tenant is served by it */
async function mustBeFree(core: Core, appId: string, tenantId: string): Promise<void> {
  const other = (await listOwnRegistrations(core)).find(({ own }) => own.appId === appId);
  if (other === undefined || other.tenantId === tenantId) return;
  throw new Permanent(
    `--app-id: the tenant ${other.tenantId} is served by this app. Each needs one of its own, or the network’s.`,
  );
}

function appOf(registration: OwnRegistration | undefined): string {
  return registration === undefined ? 'the network’s app' : `its own app ${registration.appId}`;
}

interface Enrolled {
  readonly tenantId: string;
  readonly registration: OwnRegistration | undefined;
  /** How it was served until now; `undefined` when it was not. */
  readonly before: Enrolment | undefined;
  readonly isNew: boolean;
}

/** What comes next, for the person. */
async function advise(desk: Desk, core: Core, { tenantId, registration, before, isNew }: Enrolled): Promise<void> {
  const isSame = before?.registration?.appId === registration?.appId;
  const reached = (await reachedIn(core, 'teams')).get(tenantId) ?? 0;
  desk.printError('A server that runs knows it within seconds. There is nothing to restart.');
  if (before !== undefined && isSame && !isNew) return;
  if (reached > 0 && (before === undefined || !isSame)) {
    const since =
      before === undefined ? 'If another app served it before: the' : 'Another app served it until now: the';
    desk.printError(`${since} ${members(reached)} reached there get nothing in Teams until they open the new app.`);
  }
  const option = registration === undefined ? '' : ` --tenant ${tenantId}`;
  desk.printError(`Next, make the app package and send it to the tenant’s administrator:`);
  desk.printError(`npm run colloquy -- teams package${option}`);
}

function members(count: number): string {
  return count === 1 ? '1 member' : `${count} members`;
}
