import type { Reporter, TestModule } from 'vitest/node';

const reason = /\(skipped: (?<why>[^)]*)\)/;

/** Ends a run with one plain line, and says how many tests were skipped, by the reason that their names give. */
export const closingReport: Reporter = {
  onTestRunEnd(modules) {
    const count = (state: 'passed' | 'failed' | 'skipped') =>
      modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0);
    process.stdout.write(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`);
    for (const [why, count] of countByReason(modules)) {
      process.stdout.write(` Skipped: ${count} ${count === 1 ? 'test' : 'tests'}: ${why}\n`);
    }
  },
};

function countByReason(modules: readonly TestModule[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const why = reason.exec(test.fullName)?.groups?.['why'] ?? 'no reason in its name';
      counts.set(why, (counts.get(why) ?? 0) + 1);
    }
  }
  return counts;
}
