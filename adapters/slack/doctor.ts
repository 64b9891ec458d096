import { type Finding, finding } from '../../src/commands/doctor.ts';
import type { SlackConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { examineAddress } from './doctor-address.ts';
import { examineRecords } from './doctor-records.ts';
import { visitSocket, visitWorkspaces } from './doctor-visits.ts';

/** A clock that is this far off goes on: from 300 seconds Slack's requests are refused. */
const skewLimitSeconds = 60;

/**
 * Asks Slack whether each workspace takes us, and looks whether Slack's requests can reach us. Whatever fails is a
 * finding with its mending; no token, and no word of anybody's, is in one.
 *
 * @param limitMs how long one call may take
 */
export async function examineSlack(core: Core, slack: SlackConfig, limitMs = 5_000): Promise<readonly Finding[]> {
  const round = { core, slack, limitMs };
  const [workspaces, socket, address, records] = await Promise.all([
    visitWorkspaces(round),
    visitSocket(round),
    examineAddress(core.publicUrl, slack, limitMs),
    examineRecords(core, slack),
  ]);
  const visits = [...workspaces, ...socket];
  const silent = visits.flatMap((visit) => visit.silent ?? []).slice(0, 1);
  const ahead = visits.flatMap((visit) => visit.ahead ?? []).slice(0, 1);
  const found = visits.flatMap((visit) => visit.findings);
  return [...silent, ...found, ...address, ...ahead.map(examineClock), ...records];
}

/** @param ahead of Slack's clock, in seconds */
function examineClock(ahead: number): Finding {
  const seconds = Math.round(Math.abs(ahead));
  if (seconds <= skewLimitSeconds) return finding('Slack clock', 'this machine’s and Slack’s agree');
  return finding(
    'Slack clock',
    `this machine’s is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} Slack’s`,
    'Let the machine set its clock by the network (NTP): from 5 minutes on, Slack’s requests are refused.',
  );
}
