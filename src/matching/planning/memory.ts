import type { Core } from '../../core.ts';

/** What was begun lately, by key: a few things of each network, in this process alone, the oldest forgotten first. */
export interface Memory<Kept> {
  recall(core: Core, key: string, begin: () => Kept): Kept;
  forget(core: Core, key: string): void;
}

/** @param onForgotten told what had to make room for another */
export function createMemory<Kept>(most: number, onForgotten: (kept: Kept) => void = () => {}): Memory<Kept> {
  const byCore = new WeakMap<Core, Map<string, Kept>>();
  const of = (core: Core) => {
    const own = byCore.get(core) ?? new Map<string, Kept>();
    byCore.set(core, own);
    return own;
  };
  return {
    recall(core, key, begin) {
      const own = of(core);
      const kept = own.get(key) ?? begin();
      // Put behind all others: a Map keeps the order in which things came into it.
      own.delete(key);
      own.set(key, kept);
      for (const [oldest, last] of [...own].slice(0, -most)) {
        own.delete(oldest);
        onForgotten(last);
      }
      return kept;
    },
    forget: (core, key) => void of(core).delete(key),
  };
}
