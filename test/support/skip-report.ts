import type { Reporter, TestModule } from 'vitest/node';

const reason = /\(skipped: (?<why>[^)]*)\)/;

/** Says at the end of a run how many tests were skipped, by the reason that their names give. */
export const skipReport: Reporter = {
  onTestRunEnd(modules) {
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
