import { type Block, type Button, does, type Message, type Page, paragraph } from '../messages/message.ts';
import { dayOf, daysBetween } from '../time/days.ts';
import { buttons, details, timesOf, type View } from './messages.ts';

/*
 * What is said before a conversation begins: to those with a seat, and to its host.
 */

/** To someone with a seat; the only kind of message, with the host's, that holds the link to join. */
export function reminder(view: View, now: Date): Message {
  const { conversation } = view;
  return {
    summary: `Reminder: “${conversation.title}”, ${timesOf(view)}.`,
    heading: `${howSoon(view, now)}: ${conversation.title}`,
    body: [details(view), paragraph('If you cannot come, give up your seat so that someone else can have it.')],
    buttons: [...joining(view), ...buttons(view)],
  };
}

/** True whenever it is read on the day it comes: 'Soon' is within the hour. */
function howSoon({ conversation, zone }: View, now: Date): string {
  if (conversation.startsAt.getTime() - now.getTime() <= 3_600_000) return 'Soon';
  const days = daysBetween(dayOf(now, zone), dayOf(conversation.startsAt, zone));
  if (days < 2) return days === 0 ? 'Today' : 'Tomorrow';
  if (days === 7) return 'In a week';
  return days % 7 === 0 ? `In ${days / 7} weeks` : `In ${days} days`;
}

function joining({ conversation }: View): readonly Button[] {
  return conversation.link === '' ? [] : [{ kind: 'opens', label: 'Join the conversation', url: conversation.link }];
}

/** To the host: who is coming, by role and council, and questions to open with. */
export function hostBriefing(view: View, coming: readonly string[], questions: readonly string[]): Message {
  const { conversation } = view;
  const opening: readonly Block[] =
    questions.length === 0 ? [] : [paragraph('Questions you could open with:'), { kind: 'list', items: questions }];
  return {
    summary: `You are hosting “${conversation.title}”, ${timesOf(view)}. ${peopleWords(coming.length)} a seat.`,
    heading: `You are hosting: ${conversation.title}`,
    body: [details(view), ...group(coming), ...opening],
    buttons: [...joining(view), change(view)],
  };
}

function group(coming: readonly string[]): readonly Block[] {
  if (coming.length === 0) return [paragraph('Nobody has signed up yet.')];
  return [paragraph('Who is coming:'), { kind: 'list', items: coming }];
}

function change({ conversation }: View): Button {
  return does('Change it', { kind: 'conversations.open-edit', conversation: conversation.id, revision: '', asked: '' });
}

function handing(conversation: string, mayHandOver: boolean): readonly Button[] {
  return mayHandOver ? [does('Hand it over', { kind: 'conversations.open-hand-over', conversation })] : [];
}

/** Who has a seat now, for the host at any time. @param mayHandOver whether they can ask another host */
export function whoIsComing(
  view: View,
  coming: readonly string[],
  questions: readonly string[],
  mayHandOver: boolean,
): Page {
  const { title } = view.conversation;
  const { offered, waiting } = view.attendance;
  const more = [
    ...(offered === 0
      ? []
      : [paragraph(offered === 1 ? 'A seat is offered to 1 person.' : `Seats are offered to ${offered} people.`)]),
    ...(waiting === 0
      ? []
      : [paragraph(waiting === 1 ? '1 person is waiting for a seat.' : `${waiting} people are waiting for a seat.`)]),
  ];
  const opening: readonly Block[] =
    questions.length === 0 ? [] : [paragraph('Questions you could open with:'), { kind: 'list', items: questions }];
  const id = view.conversation.id;
  return {
    heading: `Who is coming: ${title}`,
    body: [details(view), ...group(coming), ...more, ...opening],
    cards: [
      ...second(view, mayHandOver),
      {
        summary: `You can change or cancel “${title}”.`,
        heading: 'If something has to change',
        body: [paragraph('We tell everyone it matters to.')],
        buttons: [
          change(view),
          ...handing(id, mayHandOver),
          does('Cancel it', { kind: 'conversations.open-cancel', conversation: id }, 'warning'),
        ],
      },
    ],
  };
}

/** With so many waiting, a second conversation would have enough people to begin with. */
const enoughWaiting = 3;

/** To its host, where many wait: a second one, for them. @param mayHost guests propose nothing */
function second({ conversation, attendance, standing }: View, mayHost: boolean): readonly Message[] {
  if (standing.kind !== 'host' || !mayHost || attendance.waiting < enoughWaiting) return [];
  const follows = { kind: 'proposals.open', topic: '', follows: conversation.id, theme: conversation.theme } as const;
  const text = `${attendance.waiting} people are waiting for a seat. You could host a second conversation for them.`;
  return [
    {
      summary: text,
      heading: 'A second conversation',
      body: [paragraph(text), paragraph('We offer them its seats first, in the order they came.')],
      buttons: [does('Host a second conversation', follows)],
    },
  ];
}

/** Two days before, to the host of a conversation that few have signed up for. */
export function tooFew(view: View, fewest: number, mayHandOver: boolean): Message {
  const { conversation } = view;
  const taken = view.attendance.seated + view.attendance.offered;
  const so = taken === 0 ? 'Nobody has' : `Only ${taken === 1 ? '1 person has' : `${taken} people have`}`;
  return {
    summary: `${so} signed up for “${conversation.title}”, ${timesOf(view)}.`,
    heading: `Few have signed up: ${conversation.title}`,
    body: [
      details(view),
      paragraph(`${so} signed up. We ask hosts when there are fewer than ${fewest}.`),
      paragraph('A small group can be a good one. You can also move it, or cancel it.'),
    ],
    buttons: [
      does('Go on', { kind: 'conversations.go-on', conversation: conversation.id }, 'main'),
      { ...change(view), label: 'Move it' },
      ...handing(conversation.id, mayHandOver),
      does('Cancel it', { kind: 'conversations.open-cancel', conversation: conversation.id }, 'warning'),
    ],
  };
}

/** What the warning becomes once the host has decided. */
export function goingOn(view: View): Message {
  const { title } = view.conversation;
  return {
    summary: `“${title}” goes on as planned.`,
    heading: `It goes on: ${title}`,
    body: [paragraph('Thank you. It goes on as planned, and people can still sign up.'), details(view)],
    buttons: [does('See who is coming', { kind: 'conversations.who-is-coming', conversation: view.conversation.id })],
  };
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person has' : `${count} people have`;
}
