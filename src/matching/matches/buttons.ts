import { type Button, does } from '../../messages/message.ts';
import type { MatchState, Outcome } from '../model.ts';

/** How one of a match stands to it, as their buttons show it. */
export interface Stand {
  readonly state: MatchState;
  /** Whether they are to meet at a time that has not come yet, so that nobody can have met. */
  readonly meetsLater: boolean;
  /** Whether its people have met before, as far as we know: then there is no match to end, only a next date. */
  readonly isOver: boolean;
  /** The same, and this one has answered otherwise than that they met. */
  readonly isComplete: boolean;
}

/** What one of a match can say of it while it stands. @param isNext whether one of these buttons is the next step */
export function meetingButtons(match: string, stand: Stand, isNext: boolean): readonly Button[] {
  const { state, meetsLater, isOver, isComplete } = stand;
  if (state === 'dropped') return [];
  const notNow = does('Not now', { kind: 'matching.not-now', match }, 'warning');
  if (state === 'met') return meetsLater ? [notNow] : [];
  const style = (is: MatchState) => (isNext && state === is ? 'main' : 'plain');
  const date = does('We have a date', { kind: 'matching.dated', match }, style('open'));
  const met = does('We met', { kind: 'matching.met', match }, style('dated'));
  return [
    ...(state === 'open' ? [date] : []),
    ...(meetsLater ? [] : [met]),
    ...(isComplete || (isOver && meetsLater) ? [] : [rematchButton('Rematch me', match)]),
    ...(isComplete && !meetsLater ? [] : [notNow]),
  ];
}

/**
 * What the last two of them do, before they are pressed; none where they are not there.
 *
 * @param others names, none of somebody who left
 */
export function endingWords(stand: Stand, others: readonly string[]): readonly string[] {
  if (stand.isOver) return overWords(stand, others);
  const after =
    'With “Rematch me” we look for somebody else now. With “Not now” you have no match until the next round.';
  const ending =
    others.length > 1 ? leavesGroup('take') : `end this match, and we tell ${one(others)} that it has ended.`;
  return [`“Rematch me” and “Not now” ${ending} ${after}`];
}

/** Who have met end no match: they are asked how it was, or call off what they meet for next. */
function overWords({ state, meetsLater, isComplete }: Stand, others: readonly string[]): readonly string[] {
  if (meetsLater) {
    const off = others.length > 1 ? leavesGroup('takes') : `calls off this meeting, and we tell ${one(others)}.`;
    return [`“Not now” ${off}`];
  }
  if (isComplete || state === 'met') return [];
  return ['If you press “Rematch me” or “Not now”, we first ask whether you met.'];
}

function leavesGroup(takes: 'take' | 'takes'): string {
  return `${takes} you out of this group, and we tell the others.`;
}

function one([name = 'the other person']: readonly string[]): string {
  return name;
}

export function rematchButton(label: string, match: string): Button {
  return does(label, { kind: 'matching.rematch', match });
}

/** Only they themselves see what it opens, also where a group reads it. */
export const seeMatchButton: Button = does('See your match', { kind: 'matching.current' });

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
