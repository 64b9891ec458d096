/** Work of which two runs never overlap. */
export interface Serial {
  /**
   * Runs the work from its beginning, now or as soon as the present run has ended; all who ask during one run share
   * the next. Settles as that run does.
   */
  run(): Promise<void>;
  /** Resolves when no run is under way or asked for. */
  idle(): Promise<void>;
}

export function oneAtATime(work: () => Promise<void>): Serial {
  let present: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const start = async (): Promise<void> => {
    try {
      await work();
    } finally {
      present = undefined;
    }
  };
  const follow = async (before: Promise<void>): Promise<void> => {
    await Promise.allSettled([before]);
    next = undefined;
    present = start();
    await present;
  };
  return {
    run() {
      if (next !== undefined) return next;
      if (present !== undefined) {
        next = follow(present);
        return next;
      }
      present = start();
      return present;
    },
    async idle() {
      while (present !== undefined || next !== undefined) await Promise.allSettled([present, next]);
    },
  };
}
