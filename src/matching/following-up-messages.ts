import { type Button, does, type Message, paragraph } from '../messages/message.ts';
import { dayWords } from '../time/words.ts';
import { answerButton, meetingButtons, rematchButton } from './match-buttons.ts';
import type { MatchState, Outcome, Outside } from './model.ts';

export const refusals = {
  notThere: 'We could not find that match. Somebody in it may have left the network.',
  over: 'That match has ended. Open “match” to see whom you are matched with now.',
  haveMet: 'You have said that you met, so this match is complete. You take part in the next round.',
} as const;

/** To somebody who asks for a match and takes no part in matching now. */
export const whyNot: Readonly<Record<Outside, string>> = {
  gone: 'You have not joined the network yet. Type “join” to join it.',
  'not-agreed': 'You have not agreed to be matched. Type “settings” to change that.',
  paused: 'Matches are paused for you. Type “resume” to start them again.',
  council: 'Your council does not take part at the moment. Ask your convener about it.',
};

/** A match as one of its people is told of it. */
export interface Told {
  readonly matchId: string;
  /** The names of the others; none where nobody of them is in the network. */
  readonly others: readonly string[];
  readonly state: MatchState;
}

const together = new Intl.ListFormat('en-GB', { type: 'conjunction' });

function named({ others }: Pick<Told, 'others'>): string {
  return others.length === 0 ? 'the person you were matched with' : together.format(others);
}

function said(heading: string, sentences: readonly [string, ...string[]], buttons: readonly Button[]): Message {
  return { summary: sentences[0], heading, body: sentences.map(paragraph), buttons };
}

/** Half the way to the next round, where nobody has said anything. */
export function halfWay(told: Told): Message {
  const asked = `You are matched with ${named(told)}. Have you found a time to meet?`;
  return said(
    'Your match',
    [asked, 'Half an hour is enough. Write first: somebody has to.'],
    [...meetingButtons(told.matchId, told.state), does('See your match', { kind: 'matching.current' })],
  );
}

/** In the end of a round. */
export function whetherYouMet(told: Told): Message {
  const { matchId } = told;
  const ask = `Did you meet ${named(told)}, and was it useful?`;
  return said(
    'Did you meet?',
    [ask, confidence, 'Your answer helps us to match you better next time.'],
    [
      answerButton('We met, and it was useful', matchId, 'useful', 'main'),
      answerButton('We met, and it was not useful', matchId, 'not-useful'),
      answerButton('We did not meet', matchId, 'not-met'),
      answerButton(told.others.length > 1 ? 'Nobody came' : 'They did not come', matchId, 'no-show'),
    ],
  );
}

const confidence =
  'We do not tell anyone in your match what you answer. Conveners see whether you met, and only counts of the rest.';

export function hasDate(told: Told): Message {
  return said(
    'You have a date',
    [`We have noted that you have a date with ${named(told)}.`, 'We do not remind you of this match again.'],
    meetingButtons(told.matchId, 'dated'),
  );
}

export function hasMet(told: Told): Message {
  return said(
    'You met',
    [`We have noted that you met ${named(told)}. Was it useful?`, confidence],
    [
      answerButton('It was useful', told.matchId, 'useful', 'main'),
      answerButton('It was not useful', told.matchId, 'not-useful'),
    ],
  );
}

const thanks: Readonly<Record<Outcome, readonly [string, ...string[]]>> = {
  useful: ['Thank you. We have noted that you met and that it was useful.'],
  'not-useful': [
    'Thank you. We have noted that you met and that it was not useful.',
    'We will look for somebody else for you next time.',
  ],
  'not-met': ['Thank you. We have noted that you did not meet.', 'We may match you with each other again later.'],
  'no-show': [
    'Thank you. We have noted that you had a date and nobody came.',
    'Sorry about that. You come first in the next round.',
  ],
};

const otherAnswers: readonly (readonly [Outcome, string])[] = [
  ['useful', 'It was useful'],
  ['not-useful', 'It was not useful'],
  ['not-met', 'We did not meet'],
];

export function answered(told: Told, outcome: Outcome): Message {
  const others = otherAnswers.filter(([each]) => each !== outcome);
  return said(
    'Thank you',
    [...thanks[outcome], 'You can change your answer.'],
    others.map(([each, label]) => answerButton(label, told.matchId, each)),
  );
}

/** What is being done about somebody who is without a match now. */
export type Ahead =
  | { readonly kind: 'matched' }
  /** `round`: when the next one is, in which they take part at the latest; `undefined` where none is planned. */
  | { readonly kind: 'waiting'; readonly round: Date | undefined };

/** To one who asked for another match. */
export function rematching(ahead: Ahead, zone: string): Message {
  if (ahead.kind === 'matched') {
    return said(
      'Your new match',
      ['You have another match now.'],
      [does('See your match', { kind: 'matching.current' })],
    );
  }
  return said(
    'We are looking for a match',
    ['We are looking for somebody else for you.', untilThen(ahead.round, zone)],
    [does('Pause matches', { kind: 'network.open-pause' })],
  );
}

function untilThen(round: Date | undefined, zone: string): string {
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round, zone)}`;
  return `We introduce you as soon as we find someone who suits. At the latest you take part in ${which}.`;
}

/** To one who cannot meet now. @param stands whether the others of the match still meet */
export function notNow(told: Told, stands: boolean): Message {
  const rest = stands ? 'They still meet.' : 'We look for somebody else for them.';
  const others = told.others.length === 0 ? [] : [`We tell ${named(told)} that you cannot meet this time. ${rest}`];
  return said(
    'Not now',
    ['You are taken out of this match.', ...others, 'You take part in the next round unless you sit it out.'],
    [
      does('Sit out the next round', { kind: 'membership.skip-round' }),
      does('Pause matches', { kind: 'network.open-pause' }),
    ],
  );
}

/** To those of a group from which somebody is gone: the rest of them meet. */
export function groupIsSmaller(told: Told): Message {
  return said(
    'Your group is smaller',
    [`Somebody in your group cannot meet this time. You are matched with ${named(told)}.`],
    meetingButtons(told.matchId, told.state),
  );
}

function yourMatch({ others }: Told): string {
  return others.length === 0 ? 'Your match' : `Your match with ${together.format(others)}`;
}

/** To the other of a pair, for whom we look again. */
export function partnerGone(told: Told, ahead: Ahead, zone: string): Message {
  const they = told.others.length === 0 ? 'the other person' : 'they';
  const gone = `${yourMatch(told)} has ended, because ${they} cannot meet this time.`;
  if (ahead.kind === 'matched') {
    return said(
      'Your match has changed',
      [gone, 'We have found somebody else for you. We introduce you to each other in a message of its own.'],
      [does('See your match', { kind: 'matching.current' })],
    );
  }
  return said(
    'Your match has ended',
    [gone, `We are looking for somebody else for you. ${untilThen(ahead.round, zone)}`],
    [does('Pause matches', { kind: 'network.open-pause' })],
  );
}

/** To the other of a pair, for whom we do not look until they say so. */
export function matchEnded(told: Told): Message {
  return said(
    'Your match has ended',
    [
      `${yourMatch(told)} has ended.`,
      'You can ask for another match now. If you do not, you take part in the next round.',
    ],
    [rematchButton('Match me again', told.matchId)],
  );
}
