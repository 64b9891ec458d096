import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import { openEmail } from '../adapters/email/app.ts';
import { openSlack } from '../adapters/slack/app.ts';
import { printInvitation, printManifest } from '../adapters/slack/commands.ts';
import { examineSlack } from '../adapters/slack/doctor.ts';
import { openTeams } from '../adapters/teams/app.ts';
import { enrolTenant, printTenants, withdrawTenant } from '../adapters/teams/commands.ts';
import { examineTeams } from '../adapters/teams/doctor.ts';
import { writePackage } from '../adapters/teams/package.ts';
import { type DemoControls, openWeb } from '../adapters/web/app.ts';
import { type Jobs, startJobs } from '../jobs/run.ts';
import { prepareAgenda } from './agenda/prepare.ts';
import { reportFrameworks } from './commands/check-frameworks.ts';
import { commandLine, runCommandLine } from './commands/command-line.ts';
import { examineChannels, examineNetwork, report } from './commands/doctor.ts';
import { examineRetention } from './commands/doctor-retention.ts';
import { importFile } from './commands/import.ts';
import { mustBeKept } from './commands/kept.ts';
import { dryRun, verifyPublished } from './commands/match-rounds.ts';
import { solveFile } from './commands/match-solve.ts';
import { eraseByOperator, exportMember } from './commands/member.ts';
import { print, printError, terminal } from './commands/terminal.ts';
import { type Config, readConfig } from './config.ts';
import type { Core } from './core.ts';
import type { Outbound } from './delivery/model.ts';
import { runDemo } from './demo/run.ts';
import { Permanent } from './errors.ts';
import { closeServer, createHttp, listen } from './http.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { type OpenCore, openCore } from './open-core.ts';
import { systemClock } from './time/clock.ts';

const frameworksFolder = fileURLToPath(new URL('../frameworks', import.meta.url));
const rosterFile = fileURLToPath(new URL('../demo/roster.csv', import.meta.url));

/** How often the agenda and the outbox are looked through, in case a wake-up was missed. */
const sweepEveryMs = 2_000;

/** A channel, wired. E-mail has no routes: its links are opened by the web channel. */
interface Channel {
  readonly outbound: Outbound;
  readonly routers: readonly Router[];
  /** For a platform that we call, so that its requests can come in. Fails only in the log. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const nothing = () => Promise.resolve();

/** Opens every channel that is switched on, Slack first: it must read a request's body before anything else does. */
async function openChannels(
  core: Core,
  config: Config,
  demo: DemoControls | undefined,
  log: Log,
): Promise<readonly Channel[]> {
  const channels: Channel[] = [];
  if (config.slack !== undefined) {
    const { router, ...slack } = await openSlack(core, config.slack, log);
    channels.push({ ...slack, routers: [router] });
  }
  const teams = config.teams === undefined ? undefined : openTeams(core, config.teams, log);
  if (teams !== undefined) channels.push({ ...teams, routers: [teams.router] });
  if (config.email !== undefined) channels.push({ ...openEmail(core, config.email, log), routers: [], start: nothing });
  const web = openWeb(core, { secureCookies: config.publicUrl.startsWith('https:'), demo, tab: teams?.tab }, log);
  channels.push({ outbound: web.outbound, routers: [web.router], start: nothing, close: nothing });
  return channels;
}

/** Everything one process runs, and the way to end it. */
interface Running {
  readonly jobs: Jobs | undefined;
  readonly server: Server;
  /** Calls the platforms that bring no requests by themselves, in a process that takes requests. */
  letIn(): Promise<void>;
  /** Finishes what is under way, then closes everything in the order opposite to opening. */
  stop(): Promise<void>;
}

async function run(open: OpenCore, config: Config, demo: DemoControls | undefined, log: Log): Promise<Running> {
  const { core, connection } = open;
  const channels = await openChannels(core, config, demo, log);
  await prepareAgenda(core);
  const jobs =
    config.role === 'web' ? undefined : await startJobs(core, outboundsOf(channels), jobsOptions(config, open), log);
  const server = createHttp({
    routers: config.role === 'worker' ? [] : channels.flatMap((channel) => channel.routers),
    ready: async () => {
      await open.pool.query('select 1');
    },
    metrics: createMetrics(core, async () => (await jobs?.counts()) ?? {}),
    metricsToken: config.metricsToken,
  });
  log.info({ database: connection.host ?? 'DATABASE_URL', migrated: open.migrated }, 'started');
  const letIn = async () => {
    if (config.role !== 'worker') await Promise.all(channels.map((channel) => channel.start()));
  };
  const stop = async () => {
    open.beginClosing();
    if (server.listening) await closeServer(server);
    await jobs?.close();
    for (const channel of channels) await channel.close();
    await open.close();
  };
  return { jobs, server, letIn, stop };
}

function outboundsOf(channels: readonly Channel[]) {
  return new Map(channels.map((channel) => [channel.outbound.platform, channel.outbound]));
}

function jobsOptions(config: Config, { connection }: OpenCore) {
  const carrier =
    config.redisUrl === ''
      ? ({ kind: 'postgres', connection } as const)
      : ({ kind: 'redis', url: config.redisUrl } as const);
  return { carrier, database: connection, sweepEveryMs, concurrency: 100 };
}

async function start(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const onProgress = (step: string) => log.info(step);
  const open = await openCore({ config, clock: systemClock, frameworksFolder, mayShare: false, onProgress });
  const running = await run(open, config, undefined, log);
  const port = await listenOrExplain(running, config.port);
  for (const line of examineChannels(config)) log.info({ channel: line.what, state: line.found }, 'channel');
  log.info({ port, url: config.publicUrl }, 'listening');
  // Not waited for: a platform that is out of reach must not keep us from stopping when asked.
  void running.letIn();
  await untilAskedToStop();
  log.info('stopping: finishing what is under way');
  await running.stop();
}

async function listenOrExplain(running: Running, port: number): Promise<number> {
  try {
    return await listen(running.server, port);
  } catch (error) {
    await running.stop();
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new Permanent(`Port ${port} is taken. Stop what uses it, or set PORT to another one.`);
  }
}

async function untilAskedToStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function demo({ once }: { readonly once: boolean }): Promise<void> {
  const { port } = readConfig();
  await runDemo({
    once,
    rosterFile,
    output: process.stdout,
    open: async (clock, dataDir, onProgress) => {
      const config = readConfig({ PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' });
      return { config, open: await openCore({ config, clock, frameworksFolder, mayShare: false, onProgress }) };
    },
    run: async ({ config, open }, controls) => {
      const running = await run(open, config, controls, createLog(config.logLevel));
      if (running.jobs === undefined) throw new Error('The demonstration runs its own jobs');
      return { jobs: running.jobs, stop: running.stop, listen: () => listenOrExplain(running, config.port) };
    },
    untilAskedToStop,
  });
}

/** Opens the core for one command, and closes it whatever happens. */
async function withCore(work: (open: OpenCore, config: Config) => Promise<void>): Promise<void> {
  const config = readConfig();
  const open = await openCore({ config, clock: systemClock, frameworksFolder, mayShare: true, onProgress: print });
  try {
    await work(open, config);
  } finally {
    await open.close();
  }
}

async function doctor(): Promise<void> {
  await withCore(async ({ core }, config) => {
    const findings = [
      ...examineChannels(config),
      ...(config.slack === undefined ? [] : await examineSlack(core, config.slack)),
      ...(config.teams === undefined ? [] : await examineTeams(core, config.teams)),
      ...(await examineNetwork(core)),
      ...(await examineRetention(core)),
    ];
    print(report(findings));
    const wrong = findings.filter((finding) => finding.mend !== '').length;
    if (wrong > 0) throw new Permanent(`${wrong} to mend.`);
  });
}

const desk = terminal((work) => withCore(({ core }, config) => work(core, config)));
/** For what is of no use where there is no network yet: it makes none. */
const keptDesk = terminal(async (work) => {
  await mustBeKept(readConfig());
  await desk.withCore(work);
});

/** The command line's entry, called by bin/colloquy.mjs once it has checked Node's version. */
export async function main(argv: readonly string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const program = commandLine({
    start,
    demo,
    import: (options) => withCore(({ core }) => importFile(core, options, print)),
    migrate: () =>
      withCore(async ({ migrated }) =>
        print(migrated.length === 0 ? 'Nothing to do.' : `Carried out: ${migrated.join(', ')}`),
      ),
    checkFrameworks: () => reportFrameworks(frameworksFolder, print),
    doctor,
    exportMember: (options) => exportMember(keptDesk, options),
    eraseMember: (options) => eraseByOperator(keptDesk, options),
    matchSolve: (options) => solveFile(desk, options),
    matchVerify: (options) => verifyPublished(keptDesk, options),
    matchDryRun: () => dryRun(keptDesk),
    slackManifest: async (options) => printManifest(desk, options),
    slackInvite: ({ days }) => printInvitation(desk, days),
    teamsEnrol: (options) => enrolTenant(desk, options),
    teamsWithdraw: ({ tenantId }) => withdrawTenant(desk, tenantId),
    teamsTenants: () => printTenants(keptDesk),
    teamsPackage: (options) => writePackage(desk, options),
  });
  process.exitCode = await runCommandLine(program, argv, printError);
}
