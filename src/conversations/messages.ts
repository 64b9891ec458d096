import { fileButton } from '../diary/messages.ts';
import { type Block, type Button, does, facts, type Message, paragraph } from '../messages/message.ts';
import { telling } from '../messages/telling.ts';
import { dayWords, momentWords, whenWords } from '../time/words.ts';
import {
  type Attendance,
  type Conversation,
  capacityRange,
  type Host,
  lengths,
  minutesRange,
  type Standing,
  seatsLeft,
} from './model.ts';

export const problems = {
  theme: 'Choose a theme from the list.',
  title: `Enter a title of up to ${lengths.title} characters.`,
  about: `Say in up to ${lengths.about} characters what it is about.`,
  date: 'Enter a real date, such as 31 March 2027.',
  time: 'Enter a time, such as 10:00.',
  past: 'Choose a date and time in the future.',
  minutes: `Enter a length between ${minutesRange.min} and ${minutesRange.max} minutes.`,
  capacity: `Enter a number of seats between ${capacityRange.min} and ${capacityRange.max}.`,
  link: 'Enter a link that starts with https://',
  reason: `Give a reason of up to ${lengths.reason} characters.`,
} as const;

export const refusals = {
  invalid: 'Some answers need changing.',
  notFound: telling(
    'We could not find that conversation. Type “conversations” to see what is coming.',
    'conversations',
  ),
  started: telling(
    'That conversation has already started. Type “conversations” to see what is coming.',
    'conversations',
  ),
  cancelled: telling(
    'That conversation has been cancelled. Type “conversations” to see what is coming.',
    'conversations',
  ),
  notYours: 'Only the host or a convener can cancel a conversation.',
  topicGone: telling(
    'Someone has taken up that topic, or it is no longer there. Type “conversations” to see the others.',
    'conversations',
  ),
  ownConversation: 'You are hosting this conversation, so you already have a place.',
} as const;

/** What a card about one conversation needs beside the conversation itself. */
export interface Shown {
  readonly conversation: Conversation;
  readonly themeName: string;
  readonly attendance: Attendance;
  /** Whom it is for, such as 'Directors'; '' for everybody. */
  readonly audienceName: string;
  /** The IANA zone its times are shown in. */
  readonly zone: string;
}

/** The same for one reader. */
export interface View extends Shown {
  readonly standing: Standing;
  /** The seats of the reader's council, where it may have no more; 0 otherwise. */
  readonly councilHas: number;
  readonly isForThem: boolean;
  /** Whether this card offers them to cancel it. */
  readonly mayCancel: boolean;
}

function seatWords({ conversation, attendance }: Shown): string {
  const left = seatsLeft(conversation.capacity, attendance);
  const seats = left === 0 ? 'Full' : `${left} of ${conversation.capacity} left`;
  return attendance.waiting === 0 ? seats : `${seats}, with ${attendance.waiting} waiting`;
}

export function details(shown: Shown): Block {
  return facts(...plan(shown), ...terms(shown), ['Seats', seatWords(shown)]);
}

type Fact = readonly [label: string, value: string];

/** When, where, by whom and on what: what was planned, whatever became of it. */
export function plan(shown: Shown): readonly Fact[] {
  const { host, place } = shown.conversation;
  const where: readonly Fact[] = place === '' ? [] : [['Place', place]];
  return [['When', timesOf(shown)], ...where, ['Host', hostWords(host)], ['Theme', shown.themeName]];
}

/** On what terms people come: for those who may still join. */
function terms({ conversation, audienceName }: Shown): readonly Fact[] {
  const { perCouncil, chathamHouse } = conversation;
  const found: readonly (Fact | undefined)[] = [
    audienceName === '' ? undefined : ['For', audienceName],
    perCouncil === null ? undefined : ['Each council', `Up to ${perCouncil === 1 ? '1 seat' : `${perCouncil} seats`}`],
    chathamHouse ? ['Chatham House Rule', 'You may use what you hear, but not say who said it'] : undefined,
  ];
  return found.filter((fact) => fact !== undefined);
}

/** Such as '10am to 11am on Tuesday 3 March'. */
export function timesOf({ conversation, zone }: Shown): string {
  return whenWords(conversation.startsAt, conversation.minutes, zone);
}

/** A conversation by its title and times; once its host is erased their words are gone, and its theme and day stand for them. */
export function nameOf(shown: Shown): string {
  const { conversation, themeName, zone } = shown;
  if (conversation.title !== '') return `“${conversation.title}”, ${timesOf(shown)},`;
  return `The conversation on ${themeName} on ${dayWords(conversation.startsAt, zone)}`;
}

function hostWords(host: Host | undefined): string {
  return host === undefined ? 'A member who has left' : `${host.name}, ${host.role}, ${host.council}`;
}

function standingWords({ standing, zone, councilHas, isForThem, audienceName }: View): readonly Block[] {
  const council =
    councilHas === 0 ? '' : `Your council has ${councilHas === 1 ? '1 seat' : `${councilHas} seats`} already.`;
  switch (standing.kind) {
    case 'seated':
      return [paragraph('You have a seat.')];
    case 'waiting': {
      const place = `You are number ${standing.position} on the waiting list. We will tell you if a seat comes free.`;
      return [paragraph(`${council} ${place}`.trim())];
    }
    case 'offered':
      return [paragraph(`A seat is kept for you until ${momentWords(standing.until, zone)}.`)];
    case 'host':
      return [paragraph('You are hosting this conversation.')];
    case 'none':
      if (!isForThem) return [paragraph(`This conversation is for others: ${audienceName}.`)];
      return council === '' ? [] : [paragraph(`${council} You can join the waiting list.`)];
  }
}

export function buttons(view: View): readonly Button[] {
  const cancel = { kind: 'conversations.open-cancel', conversation: view.conversation.id } as const;
  const edit = {
    kind: 'conversations.open-edit',
    conversation: view.conversation.id,
    revision: '',
    asked: '',
  } as const;
  const run = view.mayCancel ? [does('Change it', edit), does('Cancel it', cancel, 'warning')] : [];
  return [...ownButtons(view), ...run];
}

function ownButtons(view: View): readonly Button[] {
  const withdraw = { kind: 'conversations.withdraw', conversation: view.conversation.id } as const;
  switch (view.standing.kind) {
    case 'seated':
      return [fileButton(view.conversation.id), does('Give up my seat', withdraw, 'warning')];
    case 'waiting':
      return [does('Leave the waiting list', withdraw, 'warning')];
    case 'offered':
      return [
        does('Take the seat', { kind: 'conversations.accept-seat', conversation: view.conversation.id }, 'main'),
        does('Let it go', { kind: 'conversations.decline-seat', conversation: view.conversation.id }),
      ];
    case 'host':
      return [
        does('Who is coming', { kind: 'conversations.who-is-coming', conversation: view.conversation.id }),
        fileButton(view.conversation.id),
      ];
    case 'none':
      return view.isForThem ? [signUpButton(view, view.councilHas > 0)] : [];
  }
}

/** @param isCouncilFull whether their council has its seats, though others could still have one */
export function signUpButton({ conversation, attendance }: Shown, isCouncilFull: boolean): Button {
  const full = isCouncilFull || seatsLeft(conversation.capacity, attendance) === 0;
  const signUp = { kind: 'conversations.sign-up', conversation: conversation.id } as const;
  return does(full ? 'Join the waiting list' : 'Sign up', signUp, 'main');
}

function isWas({ standing, isForThem }: View): string {
  switch (standing.kind) {
    case 'seated':
      return 'You have a seat: ';
    case 'waiting':
      return `You are number ${standing.position} on the waiting list: `;
    case 'offered':
      return 'A seat is kept for you: ';
    case 'host':
      return 'You are hosting: ';
    case 'none':
      return isForThem ? 'A conversation you can join: ' : 'A conversation for others: ';
  }
}

/** The card of a conversation as one reader sees it: announcement, sign-up and list all show the same. */
export function card(view: View): Message {
  const { conversation } = view;
  return {
    summary: `${isWas(view)}“${conversation.title}”, ${timesOf(view)}.`,
    heading: conversation.title,
    body: [paragraph(conversation.about), details(view), ...standingWords(view)],
    buttons: buttons(view),
  };
}

/** To its host. It stays as it is, so it says nothing that changes with the seats. */
export function proposed(view: View): Message {
  const { conversation } = view;
  return {
    ...card(view),
    summary: `We are announcing your conversation “${conversation.title}”.`,
    body: [
      paragraph(conversation.about),
      facts(...plan(view), ...terms(view), ['Seats', String(conversation.capacity)]),
      ...standingWords(view),
    ],
  };
}
