import { type Button, does, type Message, paragraph } from '../../messages/message.ts';
import { together } from '../../messages/together.ts';
import { dayWords } from '../../time/words.ts';
import type { OwnRound } from '../asking/round-ahead.ts';
import { wishButton } from '../asking/wish-messages.ts';
import { whyNot } from '../following-up/messages.ts';
import { sitOutButton } from '../matches/buttons.ts';
import type { Outside } from '../model.ts';

/** How somebody who takes part stands to the next round. */
export interface RoundToCome extends OwnRound {
  readonly kind: 'inside';
  /** Whether its day has come: it waits for a convener, or is made any moment. */
  readonly isDue: boolean;
  /** What they asked for, in parts; empty for nothing. */
  readonly asked: readonly string[];
}

export type NextRound = RoundToCome | { readonly kind: 'outside'; readonly why: Outside };

/** The card of a match that stands, and below it how they stand to the next round. */
export function withNextRound(card: Message, next: NextRound, zone: string): Message {
  if (next.kind === 'outside') return below(card, whyNot[next.why].text, waysIn[next.why]);
  return below(card, nextWords(next, zone), nextButtons(next));
}

/** The same of somebody without a match, whom a pause costs none. */
export function withNextRoundOrPause(card: Message, next: RoundToCome, zone: string): Message {
  const pause = does('Pause matches', { kind: 'network.open-pause' });
  return below(card, nextWords(next, zone), [...nextButtons(next), pause]);
}

/** To one without a match who takes no part now. */
export function takesNoPart(why: Outside): Message {
  const none = { summary: 'You do not have a match now.', heading: 'Your match', body: [], buttons: [] };
  return below(none, whyNot[why].text, waysIn[why]);
}

/** What changes that they take no part, where they can. */
const waysIn: Readonly<Record<Outside, readonly Button[]>> = {
  gone: [],
  'not-agreed': [does('Change what you agree to', { kind: 'joining.open-agreements' })],
  paused: [does('Start again now', { kind: 'network.resume' })],
  council: [],
};

function below(card: Message, words: string, buttons: readonly Button[]): Message {
  return { ...card, body: [...card.body, paragraph(words)], buttons: [...card.buttons, ...buttons] };
}

function nextWords({ round, skips, isDue, asked }: RoundToCome, zone: string): string {
  const stands = skips ? 'You sit out the next round' : 'You take part in the next round';
  const day = round === undefined ? '' : dayWords(round.at, zone);
  const when = isDue ? `. It was due on ${day}, and comes soon.` : day === '' ? '.' : `, on ${day}.`;
  if (asked.length > 0) return `${stands}${when} For your next match, you asked for ${together(asked)}.`;
  return skips ? `${stands}${when}` : `${stands}${when} You can say who you would like to meet next.`;
}

function nextButtons({ round, skips, asked }: RoundToCome): readonly Button[] {
  const wish = wishButton(asked);
  if (!skips) return [wish, sitOutButton('Sit out the next round', round?.number)];
  const take = does('Take part in the next round', { kind: 'membership.take-round' });
  return asked.length === 0 ? [take] : [take, wish];
}
