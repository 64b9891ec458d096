import { type Command, InvalidArgumentError } from 'commander';

export interface SolveOptions {
  /** A round as JSON: see docs/matching.md. */
  readonly file: string;
  readonly json: boolean;
}

/** What the commands about rounds do. */
export interface MatchActions {
  matchSolve(options: SolveOptions): Promise<void>;
  matchVerify(options: { readonly round: number }): Promise<void>;
  matchDryRun(): Promise<void>;
}

export function addMatch(program: Command, actions: MatchActions): void {
  const match = program
    .command('match')
    .description('work with rounds, in which members are brought together')
    .option('--dry-run', 'print the next round as it would be now, and its figures; change nothing', false)
    .action(async ({ dryRun }: { dryRun: boolean }) => {
      if (dryRun) await actions.matchDryRun();
      else match.help();
    });
  match
    .command('solve')
    .description('make the best round of a file, and prove it: with no network and no database')
    .argument('<file>', 'members, history, weights and rules as JSON: docs/matching.md says how')
    .option(
      '--json',
      'print groups, objective, bound and certificate, for a program; what a round is worth is told in sixths of a point',
      false,
    )
    .action((file: string, options: { json: boolean }) => actions.matchSolve({ file, ...options }));
  match
    .command('verify')
    .description('check the proof of a published round again, without what made it')
    .argument('<round>', 'its number', readRoundNumber)
    .action((round: number) => actions.matchVerify({ round }));
}

function readRoundNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give the number of a round, such as 12.');
  return Number(text);
}
