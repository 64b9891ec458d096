import type { DemoControls } from './options.ts';

/**
 * A second press while the clock is moving waits for the first and moves nothing itself.
 *
 * @returns what the clock showed before, in milliseconds since 1970
 */
export function oneAtATime(controls: DemoControls): (days: 1 | 7) => Promise<number> {
  let running: Promise<number> | undefined;
  async function move(days: 1 | 7): Promise<number> {
    const before = controls.now().getTime();
    await controls.advance(days);
    return before;
  }
  return (days) => {
    running ??= move(days).finally(() => {
      running = undefined;
    });
    return running;
  };
}
