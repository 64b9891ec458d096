import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Permanent } from '../errors.ts';
import type { ImportFileOptions } from './import.ts';
import { addMatch, type MatchActions } from './match-options.ts';
import type { EraseOptions, ExportOptions } from './member.ts';

/** What each command does; the composition root gives them. Each resolves when its work is done. */
export interface Actions extends MatchActions {
  start(): Promise<void>;
  demo(options: { readonly once: boolean }): Promise<void>;
  migrate(): Promise<void>;
  import(options: ImportFileOptions): Promise<void>;
  checkFrameworks(): Promise<void>;
  doctor(): Promise<void>;
  exportMember(options: ExportOptions): Promise<void>;
  eraseMember(options: EraseOptions): Promise<void>;
  slackManifest(options: ManifestOptions): Promise<void>;
  slackInvite(options: { readonly days: number }): Promise<void>;
  teamsEnrol(options: EnrolOptions): Promise<void>;
  teamsWithdraw(options: { readonly tenantId: string }): Promise<void>;
  teamsTenants(): Promise<void>;
  teamsPackage(options: PackageOptions): Promise<void>;
}

/** A tenant of Microsoft Teams that may use this network. */
export interface EnrolOptions {
  readonly tenantId: string;
  /** What the operator calls it, such as the council's name. */
  readonly name: string;
  /** Of the council's own bot registration, whose password is read from standard input; '' to use the network's. */
  readonly appId: string;
  /** The tenant that registration lives in; '' for the enrolled one itself. */
  readonly homeTenantId: string;
  /** A tenant that has a registration of its own leaves it for the network's. */
  readonly networkApp: boolean;
}

export interface PackageOptions {
  /** For a tenant with a registration of its own; '' for all the others. */
  readonly tenantId: string;
  /** The file to write. */
  readonly file: string;
  /** Of the package; '' for Colloquy's own. */
  readonly version: string;
}

/** What is asked for by name; what is not, the settings say. */
export interface ManifestOptions {
  readonly socket: boolean;
  readonly many: boolean;
}

const exits = `
Exit codes: 0 done; 1 it could not be done (the message says what to mend); 2 the command was mistyped.
Settings are environment variables, explained in .env.example; a file named .env in this folder is read too.`;

/** The command line. */
export function commandLine(actions: Actions): Command {
  const program = new Command('colloquy')
    .description('A bot that runs a peer support network for leaders of public services.')
    .addHelpText('after', exits)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  program
    .command('start')
    .description('start the network: with no settings, everything runs in this one process')
    .action(() => actions.start());
  program
    .command('demo')
    .description('play two weeks of an invented network on this machine, then serve it at http://localhost:3000')
    .option('--once', 'print what happened, and end', false)
    .action((options: { once: boolean }) => actions.demo(options));
  addImport(program, actions);
  program
    .command('migrate')
    .description('bring the database to this version’s shape (start does it too)')
    .action(() => actions.migrate());
  program
    .command('frameworks')
    .description('work with the leadership frameworks')
    .command('check')
    .description('check every file in frameworks/ and name the line of each mistake')
    .action(() => actions.checkFrameworks());
  program
    .command('doctor')
    .description('look at settings, database, queues and channels, and say what to mend')
    .action(() => actions.doctor());
  addMember(program, actions);
  addMatch(program, actions);
  const slack = program.command('slack').description('work with Slack');
  slack
    .command('invite')
    .description('print a link by which the administrator of one workspace adds the app to it')
    .option('--days <days>', 'how long the link works', readDays, 14)
    .action((options: { days: number }) => actions.slackInvite(options));
  slack
    .command('manifest')
    .description('print the manifest of your Slack app, to make it from or to bring it up to date')
    .option('--socket', 'for Socket Mode, which needs no public address (assumed when SLACK_APP_TOKEN is set)', false)
    .option('--many', 'for more than one workspace (assumed when SLACK_CLIENT_ID is set)', false)
    .action((options: ManifestOptions) => actions.slackManifest(options));
  addTeams(program, actions);
  for (const command of program.commands) command.exitOverride();
  return program;
}

function addImport(program: Command, actions: Actions): void {
  program
    .command('import')
    .description('say what a roster (a CSV file) would change; with --apply, change it. Nobody is written to')
    .argument(
      '<file>',
      'columns: name, email, council, role, level; and, if you have them, cohort, programme, year, learning_set, council_type, nation, region, domains, zone, permission, old_email',
    )
    .option('--apply', 'carry it out', false)
    .option('--allow-partial', 'import the good rows of a file that has bad ones', false)
    .option('--include-erased', 'add those too who once asked to be erased: only if they asked to come back', false)
    .action((file: string, options: Omit<ImportFileOptions, 'file'>) => actions.import({ file, ...options }));
}

const memberArgument = ['<member>', 'the address that the roster has, or the member’s id'] as const;

function addMember(program: Command, actions: Actions): void {
  program
    .command('export')
    .description('write what is held about one member into two files; what they wrote for themselves stays sealed')
    .argument(...memberArgument)
    .option('--json', 'print the data instead, for a program', false)
    .option('--out <folder>', 'where to write the files', '.')
    .action((member: string, options: Omit<ExportOptions, 'member'>) => actions.exportMember({ member, ...options }));
  program
    .command('erase')
    .description('erase everything that is held about one member; asks for their address again')
    .argument(...memberArgument)
    .option('--yes', 'do not ask, for a script', false)
    .action((member: string, options: Omit<EraseOptions, 'member'>) => actions.eraseMember({ member, ...options }));
}

interface EnrolFlags {
  readonly name: string;
  readonly appId: string;
  readonly appTenant: string;
  readonly networkApp: boolean;
}

function addTeams(program: Command, actions: Actions): void {
  const teams = program.command('teams').description('work with Microsoft Teams');
  teams
    .command('enrol')
    .description('let the members of one Microsoft tenant use this network')
    .argument('<tenant>', 'the tenant’s id, such as 11111111-2222-4333-8444-555555555555')
    .requiredOption('--name <name>', 'what you call it, such as the council’s name')
    .option('--app-id <id>', 'of the council’s own bot registration; its password is read from standard input', '')
    .option('--app-tenant <id>', 'the tenant of that registration, where it is another one', '')
    .option('--network-app', 'leave the council’s own bot registration for the network’s', false)
    .action((tenantId: string, { appTenant: homeTenantId, ...options }: EnrolFlags) =>
      actions.teamsEnrol({ tenantId, homeTenantId, ...options }),
    );
  teams
    .command('withdraw')
    .description('serve one tenant no longer; its people keep their membership')
    .argument('<tenant>', 'the tenant’s id')
    .action((tenantId: string) => actions.teamsWithdraw({ tenantId }));
  teams
    .command('tenants')
    .description('list the tenants that may use this network')
    .action(() => actions.teamsTenants());
  teams
    .command('package')
    .description('write the app package that a tenant’s administrator uploads to Teams')
    .option('--tenant <id>', 'for a tenant with a bot registration of its own', '')
    .option('--out <file>', 'the file to write', 'colloquy-teams.zip')
    .option('--package-version <version>', 'a higher one than Colloquy’s own, for a change of the settings alone', '')
    .action(({ tenant, out, packageVersion }: { tenant: string; out: string; packageVersion: string }) =>
      actions.teamsPackage({ tenantId: tenant, file: out, version: packageVersion }),
    );
}

function readDays(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError('Give a whole number of days, such as 14.');
  return Number(text);
}

/** Runs the command line and gives its exit code. Only what the operator can mend is said in words; a bug shows its stack. */
export async function runCommandLine(
  program: Command,
  argv: readonly string[],
  printError: (text: string) => void,
): Promise<number> {
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 || error.code === 'commander.help' ? 0 : 2;
    if (error instanceof Permanent) printError(error.message);
    else printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}
