import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { Permanent } from '../errors.ts';

/** What each command does; the composition root gives them. Each resolves when its work is done. */
export interface Actions {
  start(): Promise<void>;
  demo(options: { readonly once: boolean }): Promise<void>;
  migrate(): Promise<void>;
  import(options: { readonly file: string; readonly allowPartial: boolean }): Promise<void>;
  checkFrameworks(): Promise<void>;
  doctor(): Promise<void>;
  slackManifest(options: ManifestOptions): Promise<void>;
  slackInvite(options: { readonly days: number }): Promise<void>;
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
  program
    .command('import')
    .description('put people on the roster from a CSV file; nobody is written to')
    .argument(
      '<file>',
      'columns: name, email, council, role, level; and, if you have them, council_type, nation, cohort, zone, permission',
    )
    .option('--allow-partial', 'import the good rows of a file that has bad ones', false)
    .action((file: string, options: { allowPartial: boolean }) => actions.import({ file, ...options }));
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
  for (const command of program.commands) command.exitOverride();
  return program;
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
