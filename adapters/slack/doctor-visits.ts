import { type Finding, finding } from '../../src/commands/doctor.ts';
import type { SlackConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { Permanent, Retryable } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { listInstallations } from '../../src/store/installations.ts';
import { describeSilence } from './doctor-silence.ts';
import { meaningOf } from './meanings.ts';
import { callSlack, type Told } from './probe.ts';
import { botScopes, optionalScopes } from './scopes.ts';
import { openWorkspaces, type Workspaces } from './workspaces.ts';

/** What one call of Slack showed. */
export interface Visit {
  readonly findings: readonly Finding[];
  /** Slack did not answer, which is said once however often it was asked; `undefined` when it did. */
  readonly silent: Finding | undefined;
  /** How far our clock is ahead of Slack's, in seconds; `undefined` where Slack did not say the time. */
  readonly ahead: number | undefined;
}

/** What the calls are made with, and how long one may take. */
export interface Round {
  readonly core: Core;
  readonly slack: SlackConfig;
  readonly limitMs: number;
}

interface Place {
  /** What to call the workspace before it has said its own name. */
  readonly name: string;
  /** What puts its token right, as a sentence. */
  readonly remedy: string;
}

/** How a workspace gets the link to install our app. */
const invite = 'npm run -s colloquy -- slack invite';

/** Asks Slack about every workspace that has our app. */
export async function visitWorkspaces(round: Round): Promise<readonly Visit[]> {
  const { core, slack } = round;
  if (slack.access.kind === 'token') {
    const remedy = 'Copy its bot token into SLACK_BOT_TOKEN, and start Colloquy again.';
    return [await visitWorkspace(round, slack.access.botToken, { name: 'The workspace of SLACK_BOT_TOKEN', remedy })];
  }
  const installed = await listInstallations(core.db, 'slack');
  if (installed.length === 0) {
    return [without(finding('Slack workspace', `none has the app yet: ${invite}`))];
  }
  // What fails is said here, so it need not be logged as well.
  const workspaces = openWorkspaces(core, slack, createLog('silent'));
  const visits = installed.map(async ({ space, name }) => {
    const place = { name: `${name} (${space})`, remedy: `Someone in that workspace does it by a link: ${invite}.` };
    const { token, why } = await tokenOf(workspaces, space);
    return token === ''
      ? without(unwell(place, why, 'Install the app again.'))
      : await visitWorkspace(round, token, place);
  });
  return await Promise.all(visits);
}

/** In Socket Mode, asks whether Slack would give us a line. One that we opened would take requests from the server. */
export async function visitSocket(round: Round): Promise<readonly Visit[]> {
  const { appToken } = round.slack;
  if (appToken === '') return [];
  const name = 'Socket Mode';
  const mend =
    'Make an app-level token with connections:write (Basic Information), copy it into SLACK_APP_TOKEN, and see that Socket Mode is on.';
  const visit = await call(round, 'apps.connections.open', appToken, (told) => [
    told.ok
      ? finding('Slack socket', 'Slack gives us a line')
      : (busy(name, told) ?? finding('Slack socket', `Slack answers ${told.error}`, mend)),
  ]);
  return [visit];
}

async function visitWorkspace(round: Round, token: string, place: Place): Promise<Visit> {
  return await call(round, 'auth.test', token, (told) => {
    if (told.ok) return examineWorkspace(told, place);
    const { mend } = meaningOf(told.error, 'auth.test');
    return [busy(place.name, told) ?? unwell(place, `Slack answers ${told.error}`, mend)];
  });
}

async function call(
  { core, slack, limitMs }: Round,
  method: string,
  token: string,
  read: (told: Told) => readonly Finding[],
): Promise<Visit> {
  const told = await callSlack({ apiUrl: slack.apiUrl, limitMs }, method, token);
  if (told.kind !== 'told') return { findings: [], silent: describeSilence(told, slack.apiUrl), ahead: undefined };
  const { slackTime } = told;
  const ahead = slackTime === undefined ? undefined : (core.clock.now().getTime() - slackTime.getTime()) / 1000;
  return { findings: read(told), silent: undefined, ahead };
}

function without(finding: Finding): Visit {
  return { findings: [finding], silent: undefined, ahead: undefined };
}

function unwell({ name, remedy }: Place, why: string, mend: string): Finding {
  return finding('Slack workspace', `${name}: ${why}`, `${mend} ${remedy}`.trim());
}

/** `undefined` where the answer is about the token, and not about Slack's own trouble. */
function busy(name: string, { error }: Told): Finding | undefined {
  const { kind } = meaningOf(error, 'auth.test');
  const isBusy = kind === 'throttled' || kind === 'unknown';
  return isBusy ? finding('Slack', `${name}: not known now (${error}); look again in a minute`) : undefined;
}

async function tokenOf(
  workspaces: Workspaces,
  space: string,
): Promise<{ readonly token: string; readonly why: string }> {
  try {
    const client = await workspaces.clientOf(space);
    return { token: client?.token ?? '', why: 'we hold no token for it' };
  } catch (error) {
    if (!(error instanceof Retryable || error instanceof Permanent)) throw error;
    return { token: '', why: 'its token has expired, and could not be renewed' };
  }
}

function examineWorkspace({ team, team_id, user, scopes, ...told }: Told, { remedy }: Place): readonly Finding[] {
  const name = `${team} (${team_id})`;
  if (told.is_enterprise_install) {
    const mend = `Install it in one workspace instead. ${remedy}`;
    return [finding('Slack workspace', `${name}: the app is installed for a whole organisation`, mend)];
  }
  return [finding('Slack workspace', `${name}, as ${user}`), examineScopes(name, scopes, remedy)];
}

function examineScopes(name: string, scopes: Told['scopes'], remedy: string): Finding {
  if (scopes === undefined) return finding('Slack scopes', `${name}: Slack did not say`);
  const lacking = (wanted: readonly string[]) => wanted.filter((scope) => !scopes.includes(scope)).join(', ');
  const missing = lacking(botScopes);
  const refused = lacking(optionalScopes);
  if (missing !== '') {
    const mend = `Add them under OAuth & Permissions, then install the app again. ${remedy}`;
    return finding('Slack scopes', `${name}: ${missing} missing`, mend);
  }
  const loss = `all but ${refused}, without which an announcement that was cut off is not sent again`;
  return finding('Slack scopes', `${name}: ${refused === '' ? 'all granted' : loss}`);
}
