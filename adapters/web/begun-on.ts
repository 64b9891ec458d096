import type { Intent } from '../../src/intents.ts';
import type { Html } from './html.ts';
import type { Sent } from './inbound.ts';
import { wayBack, wayHome } from './show-reply.ts';
import { words } from './words.ts';

/** A page that people begin on: what they do from there leads back to it. */
type Beginning = 'home' | 'match';

/** Of one page: where whoever sees it began, and where what is pressed on it begins. */
export interface Trail {
  readonly back: Beginning;
  readonly on: Beginning;
}

export const fromHome: Trail = { back: 'home', on: 'home' };
const fromMatch: Trail = { back: 'match', on: 'match' };

const field = 'from';

/** Of the answer to what was sent: its button or form says where it began. */
export function trailOf(sent: Sent): Trail {
  return sent.get(field) === 'match' ? fromMatch : fromHome;
}

/** Of what this intent shows, which may be a page to begin on. */
export function trailFrom(intent: Intent, sent: Sent): Trail {
  return intent.kind === 'matching.current' ? { back: 'home', on: 'match' } : trailOf(sent);
}

/** What every button and form sends along, so that the next page knows. */
export function alongWith({ on }: Trail): Readonly<Record<string, string>> {
  return on === 'home' ? {} : { [field]: on };
}

export function wayBackOn({ back }: Trail): Html {
  return back === 'home' ? wayHome : wayBack('/words/match', words.backToMatch);
}

/** Whether this leads where the way back does. */
export function leadsBack({ kind }: Intent, { back }: Trail): boolean {
  return back === 'match' && kind === 'matching.current';
}
