import { type Button, does } from '../../messages/message.ts';
import type { MatchState, Outcome } from '../model.ts';

/** How one of a match stands to it, as their buttons show it. */
export interface Stand {
  readonly state: MatchState;
  /** Whether they are to meet at a time that has not come yet, so that nobody can have met. */
  readonly meetsLater: boolean;
  /** Whether one of these buttons is the next step. */
  readonly isNext: boolean;
  /** Whether another says that they met, and they have answered otherwise: then there is no match to end, only a next date. */
  readonly isComplete: boolean;
}

/** What one of a match can say of it while it stands. */
export function meetingButtons(match: string, { state, meetsLater, isNext, isComplete }: Stand): readonly Button[] {
  if (state === 'met' || state === 'dropped') return [];
  const style = (is: MatchState) => (isNext && state === is ? 'main' : 'plain');
  const date = does('We have a date', { kind: 'matching.dated', match }, style('open'));
  const met = does('We met', { kind: 'matching.met', match }, style('dated'));
  return [
    ...(state === 'open' ? [date] : []),
    ...(meetsLater ? [] : [met]),
    ...(isComplete ? [] : [rematchButton('Rematch me', match)]),
    ...(isComplete && !meetsLater ? [] : [does('Not now', { kind: 'matching.not-now', match }, 'warning')]),
  ];
}

/** What the last two of them do, before they are pressed. @param others names, none of somebody who left */
export function endingWords(others: readonly string[]): string {
  const [one = 'the other person'] = others;
  const ending =
    others.length > 1
      ? 'take you out of this group, and we tell the others.'
      : `end this match, and we tell ${one} that it has ended.`;
  const after =
    'With “Rematch me” we look for somebody else now. With “Not now” you have no match until the next round.';
  return `“Rematch me” and “Not now” ${ending} ${after}`;
}

export function rematchButton(label: string, match: string): Button {
  return does(label, { kind: 'matching.rematch', match });
}

/** To one who has no match, and waits for none. */
export const lookNowButton: Button = does('Find me a match now', { kind: 'matching.look-now' }, 'main');

/** For the round of this number and no other; for whichever comes next where none is planned. */
export function sitOutButton(label: string, round: number | undefined): Button {
  return does(label, { kind: 'membership.skip-round', round: round === undefined ? undefined : String(round) });
}

/** One answer to whether they met, as it is said on a button. */
export function answerButton(
  label: string,
  match: string,
  outcome: Outcome,
  style: 'main' | 'plain' = 'plain',
): Button {
  return does(label, { kind: 'matching.answer', match, outcome }, style);
}
