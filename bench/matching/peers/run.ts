import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Edge, writeEdges } from './edges.ts';

/** A solver that others made, which is given the whole graph: every pair that may be. */
export interface Peer {
  readonly name: string;
  /** How to get it where it is absent. */
  readonly from: string;
  /** The largest network that it is given without being asked to, and the largest at all: beyond, it takes too long. */
  readonly usualLimit: number;
  readonly limit: number;
  /** The command that solves the graph of a file, or undefined where the peer is absent. */
  prepare(folder: string): readonly [command: string, ...given: string[]] | undefined;
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function works(command: string, given: readonly string[]): boolean {
  return spawnSync(command, given, { stdio: 'ignore' }).status === 0;
}

const lemon: Peer = {
  name: 'LEMON (C++)',
  from: 'apt-get install g++ liblemon-dev',
  usualLimit: 1000,
  limit: 2000,
  prepare(folder) {
    const program = join(folder, 'lemon');
    return works('g++', ['-O3', '-o', program, beside('lemon.cpp')]) ? [program] : undefined;
  },
};

const npmBlossom: Peer = {
  name: 'edmonds-blossom-fixed (npm)',
  from: 'npm install edmonds-blossom-fixed',
  usualLimit: 500,
  limit: 1000,
  prepare() {
    try {
      createRequire(import.meta.url).resolve('edmonds-blossom-fixed');
      return [process.execPath, beside('edmonds-blossom.ts')];
    } catch {
      return undefined;
    }
  },
};

const networkx: Peer = {
  name: 'networkx (Python)',
  from: 'pip install networkx',
  usualLimit: 200,
  limit: 1000,
  prepare: () =>
    works('python3', ['-c', 'import networkx']) ? ['python3', beside('networkx_matching.py')] : undefined,
};

export const peers: readonly Peer[] = [lemon, npmBlossom, networkx];

export const largestGraph = Math.max(...peers.map(({ limit }) => limit));

/** What a peer made of one graph. */
export interface PeerRun {
  readonly peer: string;
  readonly n: number;
  /** Processor time of its search alone: not of starting, reading or building the graph. */
  readonly ms: number;
  readonly worth: number;
}

/** A graph, drawn only when somebody wants it. */
export interface Graph {
  readonly n: number;
  edges(): readonly Edge[];
}

/** So many runs of what is quick, for a median. */
const runsOf = (ms: number) => (ms < 1000 ? 5 : 1);

/**
 * Gives the graphs to every peer that is there.
 *
 * @param isThorough up to the largest network that each can take: that takes the better part of an hour
 */
export async function runPeers(
  graphs: readonly Graph[],
  isThorough: boolean,
  say: (line: string) => void,
): Promise<{ readonly runs: readonly PeerRun[]; readonly absent: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'matching-peers-'));
  try {
    const found = peers.map((peer) => ({ peer, command: peer.prepare(folder) }));
    const absent = found.filter(({ command }) => command === undefined).map(({ peer }) => peer);
    for (const { name, from } of absent) say(`${name} is absent: ${from}`);
    const ready = found.flatMap(({ peer, command }) => (command === undefined ? [] : [{ peer, command }]));
    const runs: PeerRun[] = [];
    for (const { n, edges } of graphs) {
      const wanted = ready.filter(({ peer }) => n <= (isThorough ? peer.limit : peer.usualLimit));
      if (wanted.length === 0) continue;
      const file = join(folder, `${n}.edges`);
      writeEdges(file, n, edges());
      for (const { peer, command } of wanted) {
        say(`${peer.name}, n = ${n} …`);
        runs.push({ peer: peer.name, n, ...(await medianOf(command, file)) });
      }
    }
    return { runs, absent: absent.map(({ name }) => name) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function medianOf([command, ...given]: readonly [string, ...string[]], file: string) {
  const first = await once(command, [...given, file]);
  const times = [first.ms];
  while (times.length < runsOf(first.ms)) times.push((await once(command, [...given, file])).ms);
  return { ms: times.toSorted((a, b) => a - b)[times.length >> 1] ?? first.ms, worth: first.worth };
}

async function once(command: string, given: readonly string[]): Promise<{ ms: number; worth: number }> {
  const { stdout } = await promisify(execFile)(command, given, { maxBuffer: 1 << 20 });
  const [ms = Number.NaN, worth = Number.NaN] = stdout.trim().split(' ').map(Number);
  if (Number.isNaN(ms) || Number.isNaN(worth)) throw new Error(`${command} printed “${stdout.trim()}”`);
  return { ms, worth };
}
