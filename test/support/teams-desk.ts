import { vi } from 'vitest';
import type { Desk } from '../../src/commands/desk.ts';
import { readConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { appId, tenantId } from './teams-rig.ts';

/** An operator's terminal, and what came of it. */
export interface OperatorDesk extends Desk {
  readonly out: readonly string[];
  readonly err: readonly string[];
  /** How often the network was opened. */
  opened(): number;
  /** How often something was to be typed. */
  asked(): number;
}

/** Works on a core that is open already. `typed` is what the operator enters when asked. */
export function openDesk(core: Core, typed = ''): OperatorDesk {
  const [out, err]: [string[], string[]] = [[], []];
  const count = { opened: 0, asked: 0 };
  return {
    out,
    err,
    opened: () => count.opened,
    asked: () => count.asked,
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
    async readLine() {
      count.asked += 1;
      return typed;
    },
    async withCore(work) {
      count.opened += 1;
      await work(core, readConfig());
    },
  };
}

/** The settings of a network that has Teams; until `vi.unstubAllEnvs`. */
export function setTeamsUp(changes: Readonly<Record<string, string>> = {}): void {
  const settings = { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: 'the-network-s-secret', TEAMS_APP_TENANT_ID: tenantId };
  for (const [name, value] of Object.entries({ ...settings, ...changes })) vi.stubEnv(name, value);
}
