import type { Reporter, TestModule } from 'vitest/node';

const reason = /\(skipped: (?<why>[^)]*)\)/;

/**
 * Ends a run with one plain line, and says how many tests were skipped, by the reason that their names give, and which
 * ones passed only when they were tried again: each of those wants somebody to look.
 */
export const closingReport: Reporter = {
  onTestRunEnd(modules) {
    const count = (state: 'passed' | 'failed' | 'skipped') =>
      modules.reduce((sum, module) => sum + [...module.children.allTests(state)].length, 0);
    process.stdout.write(`\n${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`);
    for (const [why, count] of countByReason(modules)) {
      process.stdout.write(` Skipped: ${count} ${count === 1 ? 'test' : 'tests'}: ${why}\n`);
    }
    for (const name of passedLater(modules)) process.stdout.write(` Passed only when tried again: ${name}\n`);
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

function passedLater(modules: readonly TestModule[]): readonly string[] {
  return modules.flatMap((module) =>
    [...module.children.allTests('passed')]
      .filter((test) => test.diagnostic()?.flaky === true)
      .map((test) => `${module.relativeModuleId}: ${test.fullName}`),
  );
}
