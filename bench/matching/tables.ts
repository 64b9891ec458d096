import type { Kind } from './cases.ts';
import type { Figures, RuleFigures } from './figures.ts';

/*
 * The tables, as Markdown that can be read in a terminal too.
 */

const names: Readonly<Record<Kind, string>> = {
  pairs: 'pairs',
  threes: 'groups of three',
  fours: 'groups of four',
  trio: 'pairs and one trio',
  dropout: 'two drop out',
  'any-score': 'pairs, any score',
  'threes-thorough': 'groups of three, thorough',
};

/** What is to be reached: milliseconds warm and in a fresh process, the gap as a share. 0 where nothing is set. */
interface Goal {
  readonly warm: number;
  readonly cold: number;
  readonly gap: number;
}

const goals: Readonly<Record<string, Goal>> = {
  'pairs 1000': { warm: 25, cold: 100, gap: 0 },
  'pairs 2000': { warm: 60, cold: 0, gap: 0 },
  'pairs 5000': { warm: 250, cold: 0, gap: 0 },
  'pairs 10000': { warm: 800, cold: 1000, gap: 0 },
  'any-score 2000': { warm: 250, cold: 0, gap: 0 },
  'any-score 5000': { warm: 1000, cold: 0, gap: 0 },
  'trio 1001': { warm: 300, cold: 0, gap: 0 },
  'dropout 1000': { warm: 2, cold: 0, gap: 0 },
  'threes 200': { warm: 50, cold: 0, gap: 0.01 },
  'threes 1000': { warm: 2500, cold: 0, gap: 0.004 },
  'fours 200': { warm: 250, cold: 0, gap: 0.007 },
};

export const peerColumns = ['LEMON (C++)', 'edmonds-blossom-fixed (npm)', 'networkx (Python)'] as const;

/** The engine beside the solvers of others, which are given the whole graph; in brackets, how many times our time. */
export function engineTable({ rows, peers }: Figures): string {
  const head = ['What', 'n', 'Warm', 'Cold', 'Memory', 'Gap (worst)', 'Checked', 'Goal', ...peerColumns];
  const body = rows.map(({ kind, n, warm_ms: warm, cold_ms: cold, rss_mb: memory, ...row }) => {
    const beside = peerColumns.map((peer) => {
      const found = kind === 'pairs' ? peers.find((time) => time.peer === peer && time.n === n) : undefined;
      if (found === undefined) return '';
      return `${duration(found.ms)} (${times(found.ms / warm)})${found.agrees ? '' : ', another value'}`;
    });
    const gap = row.worst_gap === 0 ? '0' : `${percent(row.gap, 2)} (${percent(row.worst_gap, 2)})`;
    const checked = row.certified ? 'yes' : 'no';
    const goal = goalWords(goals[`${kind} ${n}`]);
    return [names[kind], whole(n), duration(warm), duration(cold), `${memory} MB`, gap, checked, goal, ...beside];
  });
  return table([head, ...body]);
}

function goalWords(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  const parts = [
    goal.warm === 0 ? '' : duration(goal.warm),
    goal.cold === 0 ? '' : `${duration(goal.cold)} cold`,
    goal.gap === 0 ? '' : percent(goal.gap, 1),
  ];
  return `≤ ${parts.filter((part) => part !== '').join(', ')}`;
}

/** One rule a row, the sizes beside each other: 60 / 200 / 1,000. */
export function rulesTable(rules: readonly RuleFigures[]): string {
  const byName = Map.groupBy(rules, ({ name }) => name);
  const head = [
    'Rule',
    'Same council',
    'Met before',
    'Met in the last four rounds',
    'Left out (most often)',
    'No shared hours',
    'Mean score',
  ];
  const body = [...byName].map(([name, sizes]) => {
    const each = (words: (figures: RuleFigures) => string) => sizes.map(words).join(' / ');
    return [
      name,
      each(({ sameCouncil }) => percent(sameCouncil, 1)),
      each(({ repeats }) => percent(repeats, 2)),
      each(({ soonRepeats }) => percent(soonRepeats, 1)),
      each(({ leftOut, mostLeftOut }) => (leftOut === 0 ? '0' : `${percent(leftOut, 2)} (${mostLeftOut})`)),
      each(({ noSharedHours }) => percent(noSharedHours, 1)),
      each(({ meanScore }) => whole(Math.round(meanScore))),
    ];
  });
  return table([head, ...body]);
}

export function sizesOf(rules: readonly RuleFigures[]): string {
  return [...new Set(rules.map(({ n }) => whole(n)))].join(' / ');
}

function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.slice(1).map(line)].join('\n');
}

const whole = (value: number) => value.toLocaleString('en-GB');

/** Milliseconds in words. */
export function duration(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 100_000 ? `${(ms / 1000).toPrecision(2)} s` : `${Math.round(ms / 1000)} s`;
}

/** How many times as long. */
function times(ratio: number): string {
  return `${whole(Number(ratio.toPrecision(2)))} ×`;
}

function percent(share: number, digits: number): string {
  return share === 0 ? '0' : `${(share * 100).toFixed(digits)}%`;
}
