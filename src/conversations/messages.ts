import { type Block, type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
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
  skippedHour: 'Clocks skip that hour on that day. Choose a time before or after it.',
  minutes: `Enter a length between ${minutesRange.min} and ${minutesRange.max} minutes.`,
  capacity: `Enter a number of seats between ${capacityRange.min} and ${capacityRange.max}.`,
  link: 'Enter a link that starts with https://',
  reason: `Give a reason of up to ${lengths.reason} characters.`,
} as const;

export const refusals = {
  invalid: 'Some answers need changing.',
  notFound: 'We could not find that conversation. Type “conversations” to see what is coming.',
  started: 'That conversation has already started. Type “conversations” to see what is coming.',
  cancelled: 'That conversation has been cancelled. Type “conversations” to see what is coming.',
  notYours: 'Only the host or a convener can cancel a conversation.',
  topicGone: 'Someone has taken up that topic, or it is no longer there. Type “conversations” to see the others.',
  ownConversation: 'You are hosting this conversation, so you already have a place.',
} as const;

/** What a card about one conversation needs beside the conversation itself. */
export interface Shown {
  readonly conversation: Conversation;
  readonly themeName: string;
  readonly attendance: Attendance;
  /** The IANA zone its times are shown in. */
  readonly zone: string;
}

/** The same for one reader. */
export interface View extends Shown {
  readonly standing: Standing;
  /** Whether this card offers them to cancel it. */
  readonly mayCancel: boolean;
}

function seatWords({ conversation, attendance }: Shown): string {
  const left = seatsLeft(conversation.capacity, attendance);
  if (left === 0) return attendance.waiting === 0 ? 'Full' : `Full, with ${attendance.waiting} waiting`;
  return `${left} of ${conversation.capacity} left`;
}

export function details(shown: Shown): Block {
  return facts(...plan(shown), ['Seats', seatWords(shown)]);
}

/** When, by whom and on what: what was planned, whatever became of it. */
export function plan(shown: Shown): readonly (readonly [label: string, value: string])[] {
  return [
    ['When', timesOf(shown)],
    ['Host', hostWords(shown.conversation.host)],
    ['Theme', shown.themeName],
  ];
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

function standingWords({ standing, zone }: Pick<View, 'standing' | 'zone'>): readonly Block[] {
  switch (standing.kind) {
    case 'seated':
      return [paragraph('You have a seat.')];
    case 'waiting':
      return [
        paragraph(`You are number ${standing.position} on the waiting list. We will tell you if a seat comes free.`),
      ];
    case 'offered':
      return [paragraph(`A seat is kept for you until ${momentWords(standing.until, zone)}.`)];
    case 'host':
      return [paragraph('You are hosting this conversation.')];
    case 'none':
      return [];
  }
}

function buttons(view: View): readonly Button[] {
  const cancel = { kind: 'conversations.open-cancel', conversation: view.conversation.id } as const;
  return [...ownButtons(view), ...(view.mayCancel ? [does('Cancel it', cancel, 'warning')] : [])];
}

function ownButtons(view: View): readonly Button[] {
  const withdraw = { kind: 'conversations.withdraw', conversation: view.conversation.id } as const;
  switch (view.standing.kind) {
    case 'seated':
      return [does('Give up my seat', withdraw, 'warning')];
    case 'waiting':
      return [does('Leave the waiting list', withdraw, 'warning')];
    case 'offered':
      return [
        does('Take the seat', { kind: 'conversations.accept-seat', conversation: view.conversation.id }, 'main'),
        does('Let it go', { kind: 'conversations.decline-seat', conversation: view.conversation.id }),
      ];
    case 'host':
      return [];
    case 'none':
      return [signUpButton(view)];
  }
}

export function signUpButton({ conversation, attendance }: Shown): Button {
  const full = seatsLeft(conversation.capacity, attendance) === 0;
  const signUp = { kind: 'conversations.sign-up', conversation: conversation.id } as const;
  return does(full ? 'Join the waiting list' : 'Sign up', signUp, 'main');
}

function isWas(standing: Standing): string {
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
      return 'A conversation you can join: ';
  }
}

/** The card of a conversation as one reader sees it: announcement, sign-up and list all show the same. */
export function card(view: View): Message {
  const { conversation } = view;
  return {
    summary: `${isWas(view.standing)}“${conversation.title}”, ${timesOf(view)}.`,
    heading: conversation.title,
    body: [paragraph(conversation.about), details(view), ...standingWords(view)],
    buttons: buttons(view),
  };
}

/**
 * What is coming, for one reader.
 *
 * @param offers what else they can do here
 */
export function list(views: readonly View[], offers: readonly Message[]): Page {
  const none = 'There are no conversations coming up. We will tell you when there is one.';
  return {
    heading: 'Conversations',
    body: [paragraph(views.length === 0 ? none : 'Small groups, hosted by a senior leader, on a theme.')],
    cards: [...views.map(card), ...offers],
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
      facts(...plan(view), ['Seats', String(conversation.capacity)]),
      ...standingWords(view),
    ],
  };
}

export function withdrawn(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `You no longer have a place in “${view.conversation.title}”.`,
    body: [paragraph('You have given up your place. If you change your mind you can sign up again.'), ...shown.body],
  };
}

export function seatFreed(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `A seat came free and it is yours: “${view.conversation.title}”.`,
    heading: `You have a seat: ${view.conversation.title}`,
  };
}

/** To someone with a seat; the only kind of message, with the host's, that holds the link to join. */
export function reminder(view: View): Message {
  const { conversation } = view;
  return {
    summary: `Reminder: “${conversation.title}”, ${timesOf(view)}.`,
    heading: `Coming up: ${conversation.title}`,
    body: [details(view), paragraph('If you cannot come, give up your seat so that someone else can have it.')],
    buttons: [{ kind: 'opens', label: 'Join the conversation', url: conversation.link }, ...buttons(view)],
  };
}

/** To the host: who is coming, by role and council, and questions to open with. */
export function hostBriefing(view: View, coming: readonly string[], questions: readonly string[]): Message {
  const { conversation } = view;
  const opening: readonly Block[] =
    questions.length === 0 ? [] : [paragraph('Questions you could open with:'), { kind: 'list', items: questions }];
  const group: readonly Block[] =
    coming.length === 0
      ? [paragraph('Nobody has signed up yet.')]
      : [paragraph('Who is coming:'), { kind: 'list', items: coming }];
  return {
    summary: `You are hosting “${conversation.title}”, ${timesOf(view)}. ${peopleWords(coming.length)} a seat.`,
    heading: `You are hosting: ${conversation.title}`,
    body: [details(view), ...group, ...opening],
    buttons: [{ kind: 'opens', label: 'Join the conversation', url: conversation.link }],
  };
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person has' : `${count} people have`;
}
