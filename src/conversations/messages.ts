import type { Form, Option } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Block, type Button, does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { whenWords } from '../time/words.ts';
import {
  type Attendance,
  type Conversation,
  capacityRange,
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
} as const;

export const refusals = {
  invalid: 'Some answers need changing.',
  notFound: 'We could not find that conversation. Type “conversations” to see what is coming.',
  started: 'That conversation has already started. Type “conversations” to see what is coming.',
  ownConversation: 'You are hosting this conversation, so you already have a place.',
} as const;

/** What a card about one conversation needs beside the conversation itself. */
export interface View {
  readonly conversation: Conversation;
  readonly themeName: string;
  readonly attendance: Attendance;
  readonly standing: Standing;
  /** The reader's IANA zone. */
  readonly zone: string;
}

function seatWords({ conversation, attendance }: View): string {
  const left = seatsLeft(conversation.capacity, attendance);
  if (left === 0) return attendance.waiting === 0 ? 'Full' : `Full, with ${attendance.waiting} waiting`;
  return `${left} of ${conversation.capacity} left`;
}

function details(view: View): Block {
  const { conversation } = view;
  return facts(
    ['When', whenWords(conversation.startsAt, conversation.minutes, view.zone)],
    ['Host', `${conversation.hostName}, ${conversation.hostRole}, ${conversation.hostCouncil}`],
    ['Theme', view.themeName],
    ['Seats', seatWords(view)],
  );
}

function standingWords(standing: Standing): readonly Block[] {
  switch (standing.kind) {
    case 'seated':
      return [paragraph('You have a seat.')];
    case 'waiting':
      return [
        paragraph(`You are number ${standing.position} on the waiting list. We will tell you if a seat comes free.`),
      ];
    case 'host':
      return [paragraph('You are hosting this conversation.')];
    case 'none':
      return [];
  }
}

function buttons(view: View): readonly Button[] {
  const id = view.conversation.id;
  const withdraw = { kind: 'conversations.withdraw', conversation: id } as const;
  switch (view.standing.kind) {
    case 'seated':
      return [does('Give up my seat', withdraw, 'warning')];
    case 'waiting':
      return [does('Leave the waiting list', withdraw, 'warning')];
    case 'host':
      return [];
    case 'none': {
      const full = seatsLeft(view.conversation.capacity, view.attendance) === 0;
      return [
        does(full ? 'Join the waiting list' : 'Sign up', { kind: 'conversations.sign-up', conversation: id }, 'main'),
      ];
    }
  }
}

function isWas(standing: Standing): string {
  switch (standing.kind) {
    case 'seated':
      return 'You have a seat: ';
    case 'waiting':
      return `You are number ${standing.position} on the waiting list: `;
    case 'host':
      return 'You are hosting: ';
    case 'none':
      return 'A conversation you can join: ';
  }
}

/** The card of a conversation as one reader sees it: announcement, sign-up and list all show the same. */
export function card(view: View): Message {
  const { conversation } = view;
  const when = whenWords(conversation.startsAt, conversation.minutes, view.zone);
  return {
    summary: `${isWas(view.standing)}“${conversation.title}”, ${when}.`,
    heading: conversation.title,
    body: [paragraph(conversation.about), details(view), ...standingWords(view.standing)],
    buttons: buttons(view),
  };
}

export function list(views: readonly View[], mayHost: boolean): Page {
  const none = 'There are no conversations coming up. We will tell you when there is one.';
  const host = mayHost ? [{ ...hosting(), heading: 'Host a conversation' }] : [];
  return {
    heading: 'Conversations',
    body: [paragraph(views.length === 0 ? none : 'Small groups, hosted by a senior leader, on a theme.')],
    cards: [...views.map(card), ...host],
  };
}

function hosting(): Message {
  const text = 'As a host you can propose a conversation on a theme you care about.';
  return {
    summary: text,
    heading: 'Host',
    body: [paragraph(text)],
    buttons: [does('Propose a conversation', { kind: 'conversations.open-proposal' })],
  };
}

export function proposalForm(themes: readonly Option[], zone: string): Form {
  const when = `On your clock (${zone}).`;
  return {
    heading: 'Propose a conversation',
    body: [paragraph('We announce it as soon as you send this form.')],
    fields: [
      { ...question('theme', 'Theme'), kind: 'choice', options: themes },
      { ...question('title', 'Title'), kind: 'line', maxLength: lengths.title },
      { ...question('about', 'What it is about'), kind: 'text', maxLength: lengths.about },
      { ...question('date', 'Date'), kind: 'date' },
      { ...question('time', 'Start time', when), kind: 'time' },
      { ...question('minutes', 'Length in minutes'), value: '60', kind: 'number', ...minutesRange },
      { ...question('capacity', 'Seats, not counting you'), value: '8', kind: 'number', ...capacityRange },
      { ...question('link', 'Link to join', 'Only people with a seat see it.'), kind: 'line', maxLength: lengths.link },
    ],
    submitLabel: 'Announce',
    completes: { kind: 'conversations.propose' },
    openedBy: { kind: 'conversations.open-proposal' },
  };
}

export function proposed(view: View): Message {
  return { ...card(view), summary: `We are announcing your conversation “${view.conversation.title}”.` };
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
  const when = whenWords(conversation.startsAt, conversation.minutes, view.zone);
  return {
    summary: `Reminder: “${conversation.title}”, ${when}.`,
    heading: `Coming up: ${conversation.title}`,
    body: [details(view), paragraph('If you cannot come, give up your seat so that someone else can have it.')],
    buttons: [{ kind: 'opens', label: 'Join the conversation', url: conversation.link }, ...buttons(view)],
  };
}

/** To the host: who is coming, by role and council, and questions to open with. */
export function hostBriefing(view: View, coming: readonly string[], questions: readonly string[]): Message {
  const { conversation } = view;
  const when = whenWords(conversation.startsAt, conversation.minutes, view.zone);
  const opening: readonly Block[] =
    questions.length === 0 ? [] : [paragraph('Questions you could open with:'), { kind: 'list', items: questions }];
  const group: readonly Block[] =
    coming.length === 0
      ? [paragraph('Nobody has signed up yet.')]
      : [paragraph('Who is coming:'), { kind: 'list', items: coming }];
  return {
    summary: `You are hosting “${conversation.title}”, ${when}. ${peopleWords(coming.length)} a seat.`,
    heading: `You are hosting: ${conversation.title}`,
    body: [details(view), ...group, ...opening],
    buttons: [{ kind: 'opens', label: 'Join the conversation', url: conversation.link }],
  };
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person has' : `${count} people have`;
}
