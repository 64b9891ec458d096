/** Does work by key; whoever asks for the same gets what comes of it, and nothing is done twice. */
export type SharedWork<T> = (key: string, work: () => Promise<T>) => Promise<T>;

/** How many results are remembered: many more than people are impatient at one moment. */
const mostKept = 200;

/**
 * For one process: what is done elsewhere is not known here. What is asked for again while it is under way is shared, and
 * a while longer where the result `leadsOn`: somebody who sends the same twice sees where it led, and not that it is done.
 */
export function createSharedWork<T>(leadsOn: (result: T) => boolean): SharedWork<T> {
  const underWay = new Map<string, Promise<T>>();
  const kept = new Map<string, T>();

  function keep(key: string, result: T): void {
    if (leadsOn(result)) kept.set(key, result);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }

  async function begin(key: string, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      keep(key, result);
      return result;
    } finally {
      underWay.delete(key);
    }
  }

  return async (key, work) => {
    const before = kept.get(key);
    if (before !== undefined) return before;
    const begun = underWay.get(key) ?? begin(key, work);
    underWay.set(key, begun);
    return await begun;
  };
}
