import { NEVER, type Problem } from './model.ts';
import { tieBreak } from './tie-break.ts';

/** The score of any two members straight from the problem, without the engine's tables; NEVER for a pair that may not be. */
export function scoreOf(problem: Problem): (a: number, b: number) => number {
  const { size, council, score, apart } = problem;
  const changes: Map<number, number>[] = Array.from({ length: size }, () => new Map());
  const change = (a: number, b: number, by: number): void => {
    const [low, high] = a < b ? [a, b] : [b, a];
    const known = changes[low]?.get(high) ?? 0;
    changes[low]?.set(high, known === NEVER || by === NEVER ? NEVER : known + by);
  };
  if (score.kind === 'profiles') for (const { a, b, change: by } of score.corrections) change(a, b, by);
  for (const [a, b] of apart) change(a, b, NEVER);
  const plain = plainScore(problem);
  return (a, b) => {
    if (a === b || council[a] === council[b]) return NEVER;
    const by = changes[a < b ? a : b]?.get(a < b ? b : a) ?? 0;
    return by === NEVER ? NEVER : plain(a, b) + by;
  };
}

function plainScore({ size, score }: Problem): (a: number, b: number) => number {
  if (score.kind === 'free') return score.of;
  if (score.kind === 'rows') return (a, b) => score.rows[a * size + b] ?? 0;
  const { between, profileOf, tieBreak: ties } = score;
  const mask = (1 << ties.bits) - 1;
  return (a, b) => between(profileOf[a] ?? 0, profileOf[b] ?? 0) + tieBreak(ties.keys[a] ?? 0, ties.keys[b] ?? 0, mask);
}
