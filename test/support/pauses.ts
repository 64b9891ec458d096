import type { Intent } from '../../src/intents.ts';
import { writeValues } from '../../src/messages/form.ts';
import { type Programme, programmes } from '../../src/network/model.ts';

/** Asks for quiet until a day, `YYYY-MM-DD`: in every programme unless said. */
export function pauseUntil(
  until: string,
  chosen: readonly Programme[] = programmes,
): Intent & { kind: 'network.pause' } {
  return { kind: 'network.pause', programmes: writeValues(chosen), until };
}
