import { type Button, does } from '../messages/message.ts';
import type { MatchState, Outcome } from './model.ts';

/** What one of a match can say of it while it stands, by how they stand to it. */
export function meetingButtons(match: string, state: MatchState): readonly Button[] {
  if (state === 'met' || state === 'dropped') return [];
  const date = does('We have a date', { kind: 'matching.dated', match }, 'main');
  return [
    ...(state === 'open' ? [date] : []),
    does('We met', { kind: 'matching.met', match }, state === 'dated' ? 'main' : 'plain'),
    rematchButton('Rematch me', match),
    does('Not now', { kind: 'matching.not-now', match }, 'warning'),
  ];
}

export function rematchButton(label: string, match: string): Button {
  return does(label, { kind: 'matching.rematch', match });
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
