import { bestGroups } from '../../src/matching/solver/groups/best-groups.ts';
import type { GroupEffort } from '../../src/matching/solver/groups/effort.ts';
import { verifyGroups } from '../../src/matching/solver/groups/verify-groups.ts';
import { GONE, type Problem } from '../../src/matching/solver/model.ts';
import { RoundSolver } from '../../src/matching/solver/pairs/round-solver.ts';
import { verify } from '../../src/matching/solver/proof/verify-pairs.ts';
import { verifyTrio } from '../../src/matching/solver/proof/verify-trio.ts';
import { bestTrioRound } from '../../src/matching/solver/trio/best-trio.ts';
import { diceOf } from './dice.ts';
import { networkOf, smallCouncils, usual } from './network.ts';

/**
 * What is measured. `any-score`: pairs whose score is hidden behind a function, so that every pair has to be asked.
 * `threes` of few members are solved at once, as for somebody who waits; `threes-thorough` as every published round is.
 */
export const kinds = ['pairs', 'threes', 'fours', 'trio', 'dropout', 'any-score', 'threes-thorough'] as const;
export type Kind = (typeof kinds)[number];

export function isKind(name: string): name is Kind {
  return kinds.some((kind) => kind === name);
}

/** What the independent verifier found: the gap between bound and value as a share of the bound. */
export interface Checked {
  readonly gap: number;
  readonly certified: boolean;
}

/** One piece of work, made ready: only `run` is measured. */
export interface Piece {
  run(): void;
  check(): Checked;
}

export interface Case {
  /** Of the network itself: a trio needs an odd number. */
  readonly n: number;
  /** Each repeat may be of another network, or of other people who drop out. */
  prepare(repeat: number): Piece;
}

/** Each repeat is another network then. */
export function isOfGroups(kind: Kind): boolean {
  return kind === 'threes' || kind === 'fours' || kind === 'threes-thorough';
}

/** Sizes that a kind is measured at where none are named. */
export const usualSizes: Readonly<Record<Kind, readonly number[]>> = {
  pairs: [100, 200, 500, 1000, 2000, 5000, 10_000],
  threes: [200, 1000],
  fours: [200],
  trio: [201, 1001],
  dropout: [1000, 5000],
  'any-score': [500, 2000, 5000],
  'threes-thorough': [200],
};

/** Beyond, a kind takes minutes and gigabytes: groups and any score keep every pair. */
export const largest: Readonly<Record<Kind, number>> = {
  pairs: 20_000,
  threes: 2000,
  fours: 2000,
  trio: 10_001,
  dropout: 10_000,
  'any-score': 10_000,
  'threes-thorough': 2000,
};

/** Up to so many members, threes are measured as for somebody who waits. */
const atOnce = 200;

/** How many networks groups are found in: how near they come to their bound depends on it. */
const networks = 5;

/** How many runs a median is of. */
export function repeatsOf(kind: Kind, n: number): number {
  if (kind === 'dropout') return n > 3000 ? 15 : 41;
  if (isOfGroups(kind)) return n > atOnce ? networks : 3 * networks;
  return n > 3000 ? 3 : 9;
}

export function caseOf(kind: Kind, size: number): Case {
  switch (kind) {
    case 'pairs':
      return pairsCase(networkOf({ ...usual, size }));
    case 'any-score':
      return pairsCase(withAnyScore(networkOf({ ...usual, size })));
    case 'trio':
      return trioCase(networkOf({ ...usual, size: size | 1 }));
    case 'dropout':
      return dropOutCase(networkOf({ ...usual, size }));
    case 'threes':
      return groupsCase(size, 3, size <= atOnce ? 'quick' : 'thorough');
    case 'threes-thorough':
      return groupsCase(size, 3, 'thorough');
    case 'fours':
      return groupsCase(size, 4, 'thorough');
  }
}

/** Runs the work once, and keeps what it made for the check. */
function piece<T>(work: () => T, check: (made: T) => Checked): Piece {
  let made: T | undefined;
  return {
    run() {
      made = work();
    },
    check() {
      if (made === undefined) throw new Error('Run it first');
      return check(made);
    },
  };
}

/** The share by which the bound is above the value; against less than 1 point it says nothing. */
function gapOf({ objective, bound }: { readonly objective: number; readonly bound: number }): number {
  return (bound - objective) / Math.max(1, Math.abs(bound));
}

function solved(problem: Problem): RoundSolver {
  const solver = RoundSolver.of(problem);
  solver.solve();
  return solver;
}

function pairsCase(problem: Problem): Case {
  const prepare = () =>
    piece(
      () => solved(problem).matching(),
      (matching) => {
        const verdict = verify(problem, matching);
        return { gap: gapOf(verdict), certified: verdict.best };
      },
    );
  return { n: problem.size, prepare };
}

function withAnyScore(problem: Problem): Problem {
  const { score } = problem;
  if (score.kind !== 'profiles') return problem;
  const { profileOf, between } = score;
  const of = (a: number, b: number) => between(profileOf[a] ?? 0, profileOf[b] ?? 0) + ((31 * a + 31 * b) % 29);
  return { ...problem, score: { kind: 'free', of } };
}

function trioCase(problem: Problem): Case {
  const prepare = () =>
    piece(
      () => bestTrioRound(problem),
      (round) => {
        if (round === null) return { gap: Infinity, certified: false };
        const { valid, bounded, objective } = verifyTrio(problem, { ...round, bound: round.boundSixths });
        return { gap: gapOf({ objective, bound: round.boundSixths }), certified: valid && bounded };
      },
    );
  return { n: problem.size, prepare };
}

/** Two members of a solved round drop out: until the rest is proven best again. */
function dropOutCase(problem: Problem): Case {
  const before = solved(problem);
  const prepare = (repeat: number) => {
    const dice = diceOf(97 + repeat);
    const gone = [dice(problem.size), dice(problem.size)];
    const after = before.fork();
    return piece(
      () => {
        after.dropOut(gone);
        return after.matching();
      },
      (matching) => {
        const leave = problem.leave.slice();
        for (const member of gone) leave[member] = GONE;
        const verdict = verify({ ...problem, leave }, matching);
        return { gap: gapOf(verdict), certified: verdict.best };
      },
    );
  };
  return { n: problem.size, prepare };
}

/** Each repeat is another network, from seed 1 on. */
function groupsCase(size: number, groupSize: 3 | 4, effort: GroupEffort): Case {
  const prepare = (repeat: number) => {
    const problem = networkOf({ ...smallCouncils, size, seed: 1 + (repeat % networks) });
    return piece(
      () => bestGroups(problem, groupSize, effort),
      (round) => {
        const verdict = verifyGroups(problem, round);
        return { gap: gapOf(verdict), certified: verdict.isSound };
      },
    );
  };
  return { n: size, prepare };
}
