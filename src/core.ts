import type { Framework } from './framework/model.ts';
import type { Periods } from './retention/periods.ts';
import type { Cipher } from './store/cipher.ts';
import type { Database } from './store/database.ts';
import type { Clock } from './time/clock.ts';

/** What every use case works with; made once, in the composition root. */
export interface Core {
  readonly db: Database;
  readonly clock: Clock;
  readonly cipher: Cipher;
  readonly frameworks: readonly Framework[];
  /** The address of the web channel as members reach it, without a slash at its end. */
  readonly publicUrl: string;
  readonly retention: Periods;
  /** Given when this process begins to close: long work that can be done again, here or elsewhere, ends with its reason. */
  readonly closing: AbortSignal;
}
