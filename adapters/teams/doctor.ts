import { type Finding, finding, removedSpaces, waitingIn } from '../../src/commands/doctor.ts';
import type { TeamsConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { reachedIn } from '../../src/network/spaces.ts';
import { type Probe, realProbe, visitEntra, visitKeys } from './doctor-visits.ts';
import { listOwnRegistrations } from './enrolments.ts';
import { listTenants, type Tenant } from './tenants.ts';

/**
 * Asks Microsoft whether our registrations are let in, and looks which tenants we reach. Whatever fails is a finding
 * with its mending; no secret, and no word of anybody's, is in one.
 */
export async function examineTeams(
  core: Core,
  teams: TeamsConfig,
  probe: Probe = realProbe,
): Promise<readonly Finding[]> {
  if (teams.anonymous) return [finding('Teams', 'the local playground, without any sign-in'), ...(await waiting(core))];
  const [entra, keys, tab, tenants, messages, removed] = await Promise.all([
    visitEntra(core, teams, probe),
    visitKeys(probe),
    examineTab(core, teams),
    examineTenants(core, teams),
    waiting(core),
    removedSpaces(core, 'teams'),
  ]);
  return [
    examineAddress(core.publicUrl),
    ...entra,
    keys,
    ...tab,
    ...tenants,
    ...messages,
    ...removed.map(({ name, space, on }) =>
      finding('Teams tenant', `${name} (${space}): withdrawn on ${on}; its people are reached in other ways`),
    ),
  ];
}

function examineAddress(publicUrl: string): Finding {
  if (new URL(publicUrl).protocol === 'https:') {
    return finding(
      'Teams address',
      `${publicUrl}/api/messages, which must be the messaging endpoint of the bot in Azure`,
    );
  }
  return finding(
    'Teams address',
    `${publicUrl} is not https`,
    'Set PUBLIC_URL to an https address that the Internet reaches: Teams calls us there.',
  );
}

/** Whoever has the password of a bot could get tokens for the tab, were they one registration. */
async function examineTab(core: Core, teams: TeamsConfig): Promise<readonly Finding[]> {
  const tabAppId = teams.tabAppId.toLowerCase();
  if (tabAppId === '') return [];
  const brought = await listOwnRegistrations(core);
  const bot = brought.find(({ own }) => own.appId === tabAppId);
  if (bot === undefined && tabAppId !== teams.appId.toLowerCase()) {
    return [finding('Teams tab', `people sign in to it by the app ${tabAppId}`)];
  }
  const whose = bot === undefined ? 'the network’s own bot' : `the bot of the tenant ${bot.tenantId}`;
  return [
    finding(
      'Teams tab',
      `nobody can sign in to it: ${tabAppId} is ${whose}`,
      'Register an app for the tab alone, and set TEAMS_TAB_APP_ID to its id. Then start Colloquy again.',
    ),
  ];
}

async function examineTenants(core: Core, teams: TeamsConfig): Promise<readonly Finding[]> {
  const [tenants, reached] = await Promise.all([listTenants(core, teams), reachedIn(core, 'teams')]);
  return tenants.map((tenant) => examineTenant(tenant, reached.get(tenant.tenantId) ?? 0));
}

function examineTenant({ tenantId, name, ownAppId, since }: Tenant, reached: number): Finding {
  const who = `${name} (${tenantId})${ownAppId === '' ? '' : `, by its own app ${ownAppId}`}`;
  if (reached > 0) return finding('Teams tenant', `${who}: ${reached} ${reached === 1 ? 'member' : 'members'} reached`);
  const found = `${who}: nobody has joined from there yet`;
  // The network's own registration may live where no member is.
  if (since === undefined) return finding('Teams tenant', found);
  const option = ownAppId === '' ? '' : ` --tenant ${tenantId}`;
  return finding(
    'Teams tenant',
    found,
    `Ask its administrator to upload the app package (npm run colloquy -- teams package${option}) and to allow it.`,
  );
}

/** The reason says after its code what can be done about it; where nothing can, the messages go by themselves. */
async function waiting(core: Core): Promise<readonly Finding[]> {
  return (await waitingIn(core, 'teams')).map(({ space, reason, count }) => {
    const [what = '', ...mend] = reason.replace(/^Teams: /, '').split('. ');
    const found = `${space}: ${count} waiting (${what})`;
    return mend.length === 0
      ? finding('Teams messages', `${found}; they go by themselves`)
      : finding('Teams messages', found, `${mend.join('. ')} Then they go by themselves.`);
  });
}
