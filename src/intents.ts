import { z } from 'zod';
import { afterwardsIntents } from './afterwards/intents.ts';
import { calendarIntents } from './calendar/intents.ts';
import { conveningIntents } from './convening/intents.ts';
import { conversationIntents } from './conversations/intents.ts';
import { diaryIntents } from './diary/intents.ts';
import { digestsIntents } from './digests/intents.ts';
import { joiningIntents } from './joining/intents.ts';
import { matchingIntents } from './matching/intents.ts';
import { membershipIntents } from './membership/intents.ts';
import { networkIntents } from './network/intents.ts';
import { proposalIntents } from './proposals/intents.ts';
import { reflectionIntents } from './reflections/intents.ts';
import { seriesIntents } from './series/intents.ts';

/** Everything a person can ask for, on any platform: the table of contents of the bot. */
export const Intent = z.discriminatedUnion('kind', [
  ...networkIntents,
  ...joiningIntents,
  ...membershipIntents,
  ...conveningIntents,
  ...calendarIntents,
  ...reflectionIntents,
  ...digestsIntents,
  ...conversationIntents,
  ...proposalIntents,
  ...seriesIntents,
  ...diaryIntents,
  ...afterwardsIntents,
  ...matchingIntents,
]);
export type Intent = z.infer<typeof Intent>;

/**
 * Reads what a button or a form carried back to us. A client can forge it, so it is checked again here, and what it
 * asks for is authorised in the core. `undefined` when it is not an intent of this version.
 */
export function readIntent(value: unknown): Intent | undefined {
  const parsed = Intent.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

/** The same for text that should be JSON. */
export function readIntentText(text: string): Intent | undefined {
  try {
    return readIntent(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
