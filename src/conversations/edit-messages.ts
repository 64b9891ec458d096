import { type Form, type Option, question } from '../messages/form.ts';
import { does, facts, type Message, paragraph } from '../messages/message.ts';
import { zoneLabel } from '../network/zones.ts';
import type { EditAnswers } from './edit-answers.ts';
import { buttons, plan, timesOf, type View } from './messages.ts';
import { type Conversation, capacityRange, lengths, minutesRange } from './model.ts';

export const refusals = {
  invalid: 'Some answers need changing.',
  notYours: 'Only the host or a convener can do that.',
} as const;

export function capacityTaken(taken: number): string {
  return `${taken === 1 ? '1 seat is' : `${taken} seats are`} taken or offered already. Enter ${taken} or more.`;
}

export function councilTaken(held: number): string {
  return `One council has ${held} seats already. Choose ${held} or more, or no limit.`;
}

/** @param now what stands there; '' for nothing */
export function changedTo(now: string): string {
  return now === ''
    ? 'Somebody has taken this out meanwhile.'
    : `Somebody has changed this meanwhile. It is now: ${now}`;
}

export interface EditStart {
  readonly conversation: string;
  /** Which state of it is edited. */
  readonly revision: string;
  /** The date and time that we ask about, because clocks show it twice or never; '' for none. */
  readonly asked: string;
  readonly zone: string;
  /** How many have a place and would be told. */
  readonly people: number;
}

/** @param limits how many of one council may come, as the form offers it */
export function editForm(answers: EditAnswers, limits: readonly Option[], start: EditStart): Form {
  const { conversation, revision, asked, zone, people } = start;
  const told =
    people === 0
      ? 'Nobody has signed up yet.'
      : `If you change the time, the length or the place, we tell the ${people === 1 ? '1 person' : `${people} people`} who signed up.`;
  const line = { required: false, kind: 'line' } as const;
  return {
    heading: 'Change a conversation',
    body: [paragraph(told)],
    fields: [
      { ...question('title', 'Title'), value: answers.title, kind: 'line', maxLength: lengths.title },
      { ...question('about', 'What it is about'), value: answers.about, kind: 'text', maxLength: lengths.about },
      { ...question('date', 'Date'), value: answers.date, kind: 'date' },
      { ...question('time', 'Start time', `On your clock: ${zoneLabel(zone)}.`), value: answers.time, kind: 'time' },
      { ...question('minutes', 'Length in minutes'), value: answers.minutes, kind: 'number', ...minutesRange },
      {
        ...question('capacity', 'Seats, the host not counted'),
        value: answers.capacity,
        kind: 'number',
        ...capacityRange,
      },
      {
        ...question('perCouncil', 'At most from one council'),
        value: answers.perCouncil,
        kind: 'choice',
        options: limits,
      },
      {
        ...question('link', 'Link to join', 'Only people with a seat see it. Enter a link, a place, or both.'),
        value: answers.link,
        ...line,
        maxLength: lengths.link,
      },
      {
        ...question('place', 'Place', 'Where you meet. Everybody can read it.'),
        value: answers.place,
        ...line,
        maxLength: lengths.place,
      },
    ],
    submitLabel: 'Save',
    completes: { kind: 'conversations.edit', conversation, revision, clock: '' },
    openedBy: { kind: 'conversations.open-edit', conversation, revision, asked },
  };
}

/** The same where somebody was faster: what they made of it stands beside what this one wrote, which is kept. */
export function changedMeanwhile(form: Form): Form {
  const text = 'Somebody changed this conversation while you were writing. We have not saved your changes yet.';
  return {
    ...form,
    body: [paragraph(text), paragraph('What you wrote is still here. Look at what we have marked, then save again.')],
  };
}

/** To whoever changed it; `told` counts everyone who is told. */
export function edited(view: View, told: number): Message {
  const { conversation } = view;
  const news = told === 0 ? [] : [paragraph(`We are telling ${told === 1 ? '1 person' : `${told} people`}.`)];
  return {
    summary: `We have saved your changes to “${conversation.title}”.`,
    heading: `Changed: ${conversation.title}`,
    body: [...news, paragraph(conversation.about), facts(...plan(view), ['Seats', String(conversation.capacity)])],
    buttons: buttons(view),
  };
}

/** To whoever sent the form with nothing changed in it. */
export function unchanged(view: View): Message {
  const { conversation } = view;
  const text = 'You changed nothing, so nothing was saved and nobody was told.';
  return {
    summary: `Nothing was changed in “${conversation.title}”.`,
    heading: `As before: ${conversation.title}`,
    body: [paragraph(text), facts(...plan(view), ['Seats', String(conversation.capacity)])],
    buttons: buttons(view),
  };
}

/** To everyone with a place, and to the host when a convener moved it. In words of what is so by then. */
export function moved(view: View): Message {
  const { conversation, standing } = view;
  const seeing = does('See conversations', { kind: 'conversations.list' });
  return {
    summary: `“${conversation.title}” has changed: it is now ${timesOf(view)}${placeWords(conversation)}.`,
    heading: `New time or place: ${conversation.title}`,
    body: [paragraph(movedWords(view)), facts(...plan(view))],
    buttons: standing.kind === 'host' ? buttons(view) : [...buttons(view), seeing],
  };
}

function placeWords({ place }: Conversation): string {
  return place === '' ? '' : `, at ${place}`;
}

function movedWords({ standing }: View): string {
  switch (standing.kind) {
    case 'host':
      return 'A convener has changed the time or the place of the conversation you host.';
    case 'seated':
      return 'You still have your seat. If you cannot come, give it up so that someone else can have it.';
    case 'offered':
      return 'A seat is still kept for you.';
    case 'waiting':
      return `You are still number ${standing.position} on the waiting list.`;
    case 'none':
      return 'The time or the place has changed.';
  }
}
