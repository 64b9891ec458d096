import { type AppPlan, tabResource } from './manifest.ts';
import { teamsClients } from './tab-clients.ts';

/** Whom the package is for: every council that uses the network's own registration, or the one that brought its own. */
export type Audience = 'councils' | 'one-council';

/** What the operator and a council's administrator do next, line by line. */
export function nextSteps(plan: AppPlan, file: string, audience: Audience): readonly string[] {
  const whose = audience === 'councils' ? 'each council that you have enrolled (colloquy teams enrol)' : 'this council';
  return [
    audience === 'councils' ? 'For you, once:' : 'For whoever keeps this council’s bot registration, and you, once:',
    ...numbered([...botSteps(plan, audience), ...tabSteps(plan)]),
    `For the Teams administrator of ${whose}, at https://admin.teams.microsoft.com:`,
    ...numbered(councilSteps(file)),
    'After an update of Colloquy make the package again: its version is higher then, so Teams takes it as an update.',
    `When PUBLIC_URL or TEAMS_TAB_APP_ID has changed, Teams takes the new package only with a higher version than the one it has. This one is ${plan.version}: if they have that already, add --package-version ${versionAfter(plan.version)}`,
  ];
}

function botSteps({ publicUrl, botId }: AppPlan, audience: Audience): readonly string[] {
  return [
    `Azure, the Azure Bot with the app id ${botId}: its type is Single Tenant.`,
    `The same, Configuration: set the messaging endpoint to ${publicUrl}/api/messages`,
    'The same, Channels: add Microsoft Teams.',
    ...(audience === 'councils' ? [manyTenants(botId)] : []),
  ];
}

function tabSteps({ publicUrl, tabAppId }: AppPlan): readonly string[] {
  if (tabAppId === '') return ['For a personal tab too: set TEAMS_TAB_APP_ID, and make this package again.'];
  const clients = Object.entries(teamsClients).map(([where, id]) => `${id} (Teams, ${where})`);
  return [
    manyTenants(tabAppId),
    `The same, Expose an API: set the Application ID URI to ${tabResource(publicUrl, tabAppId)}`,
    'The same: add the scope access_as_user, which admins and users may consent to.',
    `The same: authorise for that scope the client applications ${clients.join(' and ')}.`,
    'The same, Manifest: set requestedAccessTokenVersion to 2.',
  ];
}

function manyTenants(appId: string): string {
  return `Entra, the app registration ${appId}, Authentication: set supported account types to multiple organisations.`;
}

function councilSteps(file: string): readonly string[] {
  return [
    `Teams apps, Manage apps, Upload new app: choose ${file}.`,
    'Manage apps, Colloquy: make sure that it is allowed, and available to the people who take part.',
    'Setup policies: add it to the installed apps of those people. It greets each of them once; nobody joins by that.',
  ];
}

/** The next one for a mere change of the settings. */
function versionAfter(version: string): string {
  return version.replace(/\d+$/, (patch) => `${Number(patch) + 1}`);
}

function numbered(steps: readonly string[]): readonly string[] {
  return steps.map((step, index) => `  ${index + 1}. ${step}`);
}
