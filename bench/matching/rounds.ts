import { type Candidate, defaultWeights, type PastMatch, type RoundInput } from '../../src/matching/scoring/model.ts';
import { pairScore } from '../../src/matching/scoring/score.ts';
import { solveRound } from '../../src/matching/solving/solve-round.ts';
import type { Bot, Situation } from './bots/model.ts';
import { pairsIn } from './bots/shuffling.ts';
import { diceOf, shuffled } from './dice.ts';
import { peopleOf } from './people.ts';

/*
 * Twenty rounds of one network, played by one rule: each round knows what the rounds before it made.
 */

export const roundCount = 20;
/** Of a hundred members, how many take part in a round. */
const takePart = 85;

/** Who meets whom, by whatever rule: groups of the members' ids. */
export type Player = (input: RoundInput, situation: Situation) => readonly (readonly string[])[];

/** The network's own rule, with the weights it is set to at first. */
export const ours: Player = (input) => solveRound(input).groups.map(({ members }) => members);

/** A bot's rule, which knows members by their numbers. */
export function botPlayer({ groups }: Bot): Player {
  return ({ members }, situation) =>
    groups(situation).map((group) => group.flatMap((member) => members[member]?.id ?? []));
}

/** Shares are from 0 to 1. */
export interface RoundFigures {
  readonly sameCouncil: number;
  /** Of all pairs, who had met before at all, and who had in the last four rounds. */
  readonly repeats: number;
  readonly soonRepeats: number;
  /** Of all who took part in a round. */
  readonly leftOut: number;
  /** How often whoever was left out most. */
  readonly mostLeftOut: number;
  readonly noSharedHours: number;
  /** Points of a pair for themes, stages, hours, level, cohort and wishes, without what is taken off for repeats. */
  readonly meanScore: number;
}

/** The mean of several networks, from seed 1 on; of `mostLeftOut` the most. */
export function playNetworks(player: Player, size: number, networks: number): RoundFigures {
  const played = Array.from({ length: networks }, (_, at) => playRounds(player, size, 1 + at));
  const mean = (figure: (figures: RoundFigures) => number) =>
    played.reduce((sum, figures) => sum + figure(figures), 0) / networks;
  return {
    sameCouncil: mean(({ sameCouncil }) => sameCouncil),
    repeats: mean(({ repeats }) => repeats),
    soonRepeats: mean(({ soonRepeats }) => soonRepeats),
    leftOut: mean(({ leftOut }) => leftOut),
    mostLeftOut: Math.max(...played.map(({ mostLeftOut }) => mostLeftOut)),
    noSharedHours: mean(({ noSharedHours }) => noSharedHours),
    meanScore: mean(({ meanScore }) => meanScore),
  };
}

/** Plays a network of which so many take part in each round, one fewer in every third. */
export function playRounds(player: Player, size: number, seed: number, rounds = roundCount): RoundFigures {
  const everybody = peopleOf(Math.round((size * 100) / takePart), seed);
  const history = new History();
  const tally = { pairs: 0, same: 0, repeats: 0, soon: 0, apart: 0, score: 0, present: 0 };
  for (let number = 1; number <= rounds; number++) {
    const dice = diceOf(seed * 1009 + number);
    const present = shuffled(dice, everybody).slice(0, number % 3 === 0 ? size - 1 : size);
    const members = present.map((candidate) => history.nowOf(candidate));
    const input: RoundInput = { ...inputOf(members, number), past: history.past(number) };
    const met = (a: number, b: number) => history.met(members[a]?.id ?? '', members[b]?.id ?? '', number);
    const groups = player(input, { members, met, dice });
    const at = new Map(members.map(({ id }, index) => [id, index]));
    const points = fitOf(members, number);
    for (const [a, b] of groups.flatMap((group) => pairsIn(group.map((id) => at.get(id) ?? -1)))) {
      const [one, other] = [members[a], members[b]];
      if (one === undefined || other === undefined) throw new Error('A rule named somebody who does not take part');
      const ago = met(a, b);
      tally.pairs++;
      tally.score += points(a, b);
      if (one.council === other.council) tally.same++;
      if (ago.length > 0) tally.repeats++;
      if (Math.min(Infinity, ...ago) <= defaultWeights.coolDownRounds) tally.soon++;
      if (sharedMinutes(one, other) === 0) tally.apart++;
    }
    tally.present += members.length;
    history.add(number, members, groups);
  }
  const { pairs } = tally;
  return {
    sameCouncil: tally.same / pairs,
    repeats: tally.repeats / pairs,
    soonRepeats: tally.soon / pairs,
    leftOut: history.leftOutInAll() / tally.present,
    mostLeftOut: history.mostLeftOut(),
    noSharedHours: tally.apart / pairs,
    meanScore: tally.score / pairs,
  };
}

function inputOf(members: readonly Candidate[], number: number): RoundInput {
  return {
    version: 1,
    number,
    groupSize: 2,
    weights: defaultWeights,
    members,
    past: [],
    apart: [],
    councilsApart: [],
    locked: [],
  };
}

/** What suits two people, for whoever they are: as if each were a council of their own, without any history. */
function fitOf(members: readonly Candidate[], number: number): (a: number, b: number) => number {
  const alone = members.map((candidate) => ({ ...candidate, council: candidate.id, owed: 0 }));
  const score = pairScore(inputOf(alone, number));
  return (a, b) => {
    const { points, terms } = score(a, b);
    return points - terms.tieBreak;
  };
}

/** Minutes a week that both work. */
export function sharedMinutes(one: Candidate, other: Candidate): number {
  const overlaps = one.hours.flatMap(([from, until]) =>
    other.hours.map(([start, end]) => Math.max(0, Math.min(until, end) - Math.max(from, start))),
  );
  return overlaps.reduce((sum, minutes) => sum + minutes, 0);
}

/** Who met whom when, and who was left out how often. */
class History {
  private readonly meetings = new Map<string, { a: string; b: string; rounds: number[] }>();
  private readonly leftOut = new Map<string, number>();
  private readonly owed = new Set<string>();

  nowOf(candidate: Candidate): Candidate {
    const leftOut = Math.min(12, this.leftOut.get(candidate.id) ?? 0);
    return { ...candidate, leftOut, owed: this.owed.has(candidate.id) ? 1 : 0 };
  }

  met(a: string, b: string, now: number): readonly number[] {
    return (this.meetings.get(keyOf(a, b))?.rounds ?? []).map((round) => now - round);
  }

  past(now: number): readonly PastMatch[] {
    return [...this.meetings.values()].flatMap(({ a, b, rounds }) =>
      rounds.map((round): PastMatch => ({ a, b, roundsAgo: now - round, outcome: 'unknown' })),
    );
  }

  add(round: number, members: readonly Candidate[], groups: readonly (readonly string[])[]): void {
    const matched = new Set(groups.flat());
    for (const { id } of members) {
      if (matched.has(id)) this.owed.delete(id);
      else {
        this.owed.add(id);
        this.leftOut.set(id, (this.leftOut.get(id) ?? 0) + 1);
      }
    }
    for (const group of groups)
      for (const [at, a] of group.entries())
        for (const b of group.slice(at + 1)) {
          const key = keyOf(a, b);
          const known = this.meetings.get(key) ?? { a, b, rounds: [] };
          known.rounds.push(round);
          this.meetings.set(key, known);
        }
  }

  leftOutInAll(): number {
    return [...this.leftOut.values()].reduce((sum, times) => sum + times, 0);
  }

  mostLeftOut(): number {
    return Math.max(0, ...this.leftOut.values());
  }
}

function keyOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
