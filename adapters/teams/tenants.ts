import type { TeamsConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { listInstallations } from '../../src/store/installations.ts';
import { listOwnRegistrations } from './enrolments.ts';

/** A tenant that is served, as its operator sees it. */
export interface Tenant {
  readonly tenantId: string;
  readonly name: string;
  /** Of the registration it brought; '' where it uses the network's. */
  readonly ownAppId: string;
  /** When it was enrolled; `undefined` for the one that the settings name, where nobody enrolled it. */
  readonly since: Date | undefined;
}

/** The settings' tenant first, then the others by name. */
export async function listTenants(core: Core, teams: TeamsConfig): Promise<readonly Tenant[]> {
  const [installed, brought] = [await listInstallations(core.db, 'teams'), await listOwnRegistrations(core)];
  const appIds = new Map(brought.map(({ tenantId, own }) => [tenantId, own.appId]));
  const enrolled = installed.map(({ space, name, installedAt }) => ({
    tenantId: space,
    name,
    ownAppId: appIds.get(space) ?? '',
    since: installedAt,
  }));
  const home = teams.tenantId.toLowerCase();
  const settled = { tenantId: home, name: 'TEAMS_APP_TENANT_ID', ownAppId: '', since: undefined };
  return [
    enrolled.find(({ tenantId }) => tenantId === home) ?? settled,
    ...enrolled.filter((it) => it.tenantId !== home),
  ];
}

/** Lines whose columns stand below one another. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
