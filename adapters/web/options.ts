import type { Core } from '../../src/core.ts';
import type { Log } from '../../src/log.ts';
import type { Tab } from '../../src/tab.ts';

/** What the demonstration lets a page do. */
export interface DemoControls {
  /** What the demonstration's clock shows. */
  now(): Date;
  /** Moves the clock forward, doing and sending all that falls due on the way; resolves when it is quiet. */
  advance(days: 1 | 7): Promise<void>;
}

export interface WebOptions {
  /** True when members reach us over HTTPS: cookies then travel over nothing else. */
  readonly secureCookies: boolean;
  /** `undefined` outside the demonstration: none of its pages exists then. */
  readonly demo: DemoControls | undefined;
  /** `undefined` where no platform shows our pages inside its own. */
  readonly tab: Tab | undefined;
}

/** What every page of this channel works with. */
export interface Web extends WebOptions {
  readonly core: Core;
  readonly log: Log;
}
