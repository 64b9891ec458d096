import { type Button, does, type Message, paragraph } from '../../messages/message.ts';
import { type Telling, telling } from '../../messages/telling.ts';
import { together } from '../../messages/together.ts';
import { dayWords } from '../../time/words.ts';
import {
  answerButton,
  endingWords,
  meetingButtons,
  rematchButton,
  type Stand,
  seeMatchButton,
  sitOutButton,
} from '../matches/buttons.ts';
import type { Outcome, Outside } from '../model.ts';
import { sayWhen, suggestsOwn } from '../times/messages.ts';

export const refusals = {
  notThere: 'We could not find that match. Somebody in it may have left the network.',
  over: telling('That match has ended. Open “match” to see whom you are matched with now.', 'match'),
  haveMet: 'You have said that you met, so this match is complete. You take part in the next round.',
  complete: 'This match is complete. You take part in the next round.',
} as const;

/** To somebody who asks for a match and takes no part in matching now. */
export const whyNot: Readonly<Record<Outside, Telling>> = {
  gone: telling('You have not joined the network yet. Type “join” to join it.', 'join'),
  'not-agreed': telling('You have not agreed to be matched. Type “settings” to change that.', 'settings'),
  paused: telling('Matches are paused for you. Type “resume” to start them again.', 'resume'),
  council: telling('Your council does not take part at the moment. Ask your convener about it.'),
};

/** A match as one of its people is told of it. */
export interface Told extends Stand {
  readonly matchId: string;
  /** The names of the others; none where nobody of them is in the network. */
  readonly others: readonly string[];
  /** Whether all have agreed to a time, come or not. */
  readonly isAgreed: boolean;
}

/** What they can say of it. */
function standing(told: Told): readonly Button[] {
  return [...meetingButtons(told.matchId, told, true), seeMatchButton];
}

function named({ others }: Pick<Told, 'others'>): string {
  return others.length === 0 ? 'the person you were matched with' : together(others);
}

function said(heading: string, sentences: readonly [string, ...string[]], buttons: readonly Button[]): Message {
  return { summary: sentences[0], heading, body: sentences.map(paragraph), buttons };
}

/** Half the way to the next round, where nobody has said anything. */
export function halfWay(told: Told): Message {
  const asked = `You are matched with ${named(told)}. Have you found a time to meet?`;
  return said(
    told.others.length === 1 ? `Your match with ${named(told)}` : 'Your match',
    [asked, 'Half an hour is enough. It helps if you write first.', ...endingWords(told, told.others)],
    standing(told),
  );
}

/** In the end of a round. */
export function whetherYouMet(told: Told): Message {
  const { matchId } = told;
  const ask = `Did you meet ${named(told)}, and was it useful?`;
  return said(
    told.others.length === 1 ? `Did you meet ${named(told)}?` : 'Did you meet?',
    [ask, confidence, 'Your answer helps us to match you better next time.'],
    [
      answerButton('We met, and it was useful', matchId, 'useful', 'main'),
      answerButton('We met, and it was not useful', matchId, 'not-useful'),
      answerButton('We did not meet', matchId, 'not-met'),
      answerButton(noShowLabel(told.others.length), matchId, 'no-show'),
    ],
  );
}

const confidence =
  'We do not tell anyone in your match what you answer. Conveners see whether you met, and of how useful it was only what most people say.';

export function hasDate(told: Told): Message {
  const dated = { ...told, state: 'dated' } as const;
  const noted = `We have noted that you have a date with ${named(told)}.`;
  return said(
    'You have a date',
    [noted, 'We do not remind you of this match again.', ...endingWords(dated, told.others)],
    [...(told.isAgreed ? [] : [suggestsOwn(sayWhen, told.matchId)]), ...meetingButtons(told.matchId, dated, false)],
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

const thanks: Readonly<Record<Exclude<Outcome, 'no-show'>, readonly [string, ...string[]]>> = {
  useful: ['We have noted that you met and that it was useful.'],
  'not-useful': [
    'We have noted that you met and that it was not useful.',
    'We will look for somebody else for you next time.',
  ],
  'not-met': ['We have noted that you did not meet.', 'We may match you with each other again later.'],
};

function noShow(told: Told): readonly [string, ...string[]] {
  const who = told.others.length > 1 ? 'nobody came' : `${named(told)} did not come`;
  return [`We have noted that ${who}.`, 'Sorry about that. Next time we put you first where we can.'];
}

/** @param others how many they are */
function noShowLabel(others: number): string {
  return others > 1 ? 'Nobody came' : 'They did not come';
}

const otherAnswers: readonly (readonly [Exclude<Outcome, 'no-show'>, string])[] = [
  ['useful', 'It was useful'],
  ['not-useful', 'It was not useful'],
  ['not-met', 'We did not meet'],
];

/** @param mayAsk whether they did not meet, and can ask for another match */
export function answered(told: Told, outcome: Outcome, mayAsk: boolean): Message {
  const all = [...otherAnswers, ['no-show', noShowLabel(told.others.length)] as const];
  const others = all.filter(([each]) => each !== outcome);
  const words = outcome === 'no-show' ? noShow(told) : thanks[outcome];
  return said(
    'Thank you',
    [...words, `You can change your answer${mayAsk ? ', or ask for another match now' : ''}.`],
    [
      ...(mayAsk ? [rematchButton('Match me again', told.matchId)] : []),
      ...others.map(([each, label]) => answerButton(label, told.matchId, each)),
    ],
  );
}

/** What is being done about somebody who is without a match now. */
export type Ahead =
  | { readonly kind: 'matched' }
  /** `round`: when the next one is, in which they take part at the latest; `undefined` where none is planned. */
  | { readonly kind: 'waiting'; readonly round: Date | undefined };

/** What leaving a match came to: whether it has ended, or the others of a group still meet. */
export interface LeftMatch {
  readonly told: Told;
  readonly stands: boolean;
}

/** They are told that it has ended, never why. */
function endedWords({ told, stands }: LeftMatch): readonly string[] {
  if (told.others.length === 0) return [`${yourMatch(told)} has ended.`];
  return stands
    ? [`You are taken out of this match. We tell ${named(told)} so, without a reason. They still meet.`]
    : [`Your match with ${named(told)} has ended. We tell them so, without a reason.`];
}

/** To one who asked for another match. @param left the match that ended with it; `undefined` where none did */
export function rematching(left: LeftMatch | undefined, ahead: Ahead, zone: string): Message {
  const ended = left === undefined ? [] : endedWords(left);
  if (ahead.kind === 'matched') {
    return said('Your new match', ['You have another match now.', ...ended], [seeMatchButton]);
  }
  return said(
    'We are looking for a match',
    ['We are looking for somebody else for you.', ...ended, untilThen(ahead.round, zone)],
    [does('Pause matches', { kind: 'network.open-pause' })],
  );
}

function untilThen(round: Date | undefined, zone: string): string {
  const which = round === undefined ? 'the next round' : `the round on ${dayWords(round, zone)}`;
  return `We introduce you as soon as we find someone who suits. At the latest you take part in ${which}.`;
}

/**
 * To one who cannot meet now.
 *
 * @param stands whether the others of the match still meet
 * @param round the number of the next one; `undefined` where none is planned
 */
export function notNow(told: Told, stands: boolean, round: number | undefined): Message {
  const rest = stands ? 'They still meet.' : 'We look for somebody else for them.';
  const others =
    told.others.length === 0
      ? []
      : [`We tell ${named(told)} that you cannot meet this time, without a reason. ${rest}`];
  const ended = stands ? 'You are taken out of this match.' : `${yourMatch(told)} has ended.`;
  return said(
    'Not now',
    [ended, ...others, 'You take part in the next round unless you sit it out.'],
    [sitOutButton('Sit out the next round', round), does('Pause matches', { kind: 'network.open-pause' })],
  );
}

/** To those of a group from which somebody is gone: the rest of them meet. A time may have gone with whoever it was. */
export function groupIsSmaller(told: Told): Message {
  const ending = endingWords(told, told.others);
  const undated = told.state === 'open' ? ['No date is set now. Write to each other to find half an hour.'] : [];
  return said(
    'Your group is smaller',
    [`Somebody in your group cannot meet this time. You are matched with ${named(told)}.`, ...undated, ...ending],
    standing(told),
  );
}

function yourMatch({ others }: Told): string {
  return others.length === 0 ? 'Your match' : `Your match with ${together(others)}`;
}

/** To the other of a pair, for whom we look again. */
export function partnerGone(told: Told, ahead: Ahead, zone: string): Message {
  const they = told.others.length === 0 ? 'the other person' : 'they';
  const gone = `${yourMatch(told)} has ended, because ${they} cannot meet this time.`;
  if (ahead.kind === 'matched') {
    return said(
      'Your match has changed',
      [gone, 'We have found somebody else for you. We introduce you to each other in a message of its own.'],
      [seeMatchButton],
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
