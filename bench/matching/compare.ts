import { NEVER, type Problem } from '../../src/matching/solver/model.ts';
import { scoreOf } from '../../src/matching/solver/pair-score.ts';
import { RoundSolver } from '../../src/matching/solver/pairs/round-solver.ts';
import type { PeerTime } from './figures.ts';
import { networkOf, usual } from './network.ts';
import type { Edge } from './peers/edges.ts';
import { type Graph, largestGraph, runPeers } from './peers/run.ts';

/** Gives other solvers the whole graph of each network, and holds what they find against what we find. */
export async function comparePeers(
  sizes: readonly number[],
  isThorough: boolean,
  say: (line: string) => void,
): Promise<{ readonly times: readonly PeerTime[]; readonly absent: readonly string[] }> {
  const graphs = sizes.filter((n) => n <= largestGraph).flatMap(graphOf);
  const { runs, absent } = await runPeers(graphs, isThorough, say);
  const worth = new Map(graphs.map((graph) => [graph.n, graph.worth]));
  const times = runs.map(({ peer, n, ms, worth: theirs }) => ({ peer, n, ms, agrees: theirs === worth.get(n) }));
  return { times, absent };
}

/** The whole graph of a network, if everybody in it is matched: of others, only such a round can be asked for. */
function graphOf(size: number): readonly (Graph & { readonly worth: number })[] {
  const problem = networkOf({ ...usual, size });
  const solver = RoundSolver.of(problem);
  solver.solve();
  const { partner, objective } = solver.matching();
  const isFull = [...partner.entries()].every(([member, mate]) => member !== mate);
  return isFull ? [{ n: size, worth: objective, edges: () => edgesOf(problem) }] : [];
}

function edgesOf(problem: Problem): readonly Edge[] {
  const of = scoreOf(problem);
  const members = [...Array(problem.size).keys()];
  return members.flatMap((a) =>
    members.slice(a + 1).flatMap((b): readonly Edge[] => {
      const score = of(a, b);
      return score === NEVER ? [] : [[a, b, score]];
    }),
  );
}
