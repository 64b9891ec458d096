import { type Message, paragraph } from '../messages/message.ts';
import { type Telling, telling } from '../messages/telling.ts';
import type { Level } from '../network/model.ts';
import { momentWords } from '../time/words.ts';
import { card, timesOf, type View } from './messages.ts';

/*
 * What people are told of their seat: given, kept for them, let go, given up.
 */

/** Whom a conversation is for. */
export const levelWords: Readonly<Record<Level, string>> = {
  manager: 'Managers',
  director: 'Directors',
  'chief executive': 'Chief executives',
};

/** Refuses somebody whom it is not for. */
export function notForYou(audienceName: string): Telling {
  const text = `That conversation is for others: ${audienceName}. Type “conversations” to see what else is coming.`;
  return telling(text, 'conversations');
}

/** A seat is theirs, and they do not have to do anything. */
export function seatFreed(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `A seat came free and it is yours: “${view.conversation.title}”.`,
    heading: `You have a seat: ${view.conversation.title}`,
  };
}

/** A seat is kept for them, who have to answer. */
export function seatOffered(view: View, until: Date): Message {
  const { title } = view.conversation;
  const end = momentWords(until, view.zone);
  const shown = card(view);
  return {
    ...shown,
    summary: `A seat came free: “${title}”. We keep it for you until ${end}.`,
    heading: `Do you want this seat? ${title}`,
    body: [...shown.body, paragraph('After that we offer it to the next person who waits.')],
  };
}

/** The same for who did not sign up for this one: they wait for the full one that it follows. */
export function secondOffered(view: View, until: Date): Message {
  const { title } = view.conversation;
  const end = momentWords(until, view.zone);
  const shown = card(view);
  return {
    ...shown,
    summary: `There is a second conversation on “${title}”, ${timesOf(view)}. We keep a seat for you until ${end}.`,
    heading: `A second conversation: ${title}`,
    body: [
      paragraph(
        'You are waiting for a seat in the first one, which is full. You stay on that list, whatever you answer.',
      ),
      ...shown.body,
    ],
  };
}

/**
 * The time to answer has passed; told once.
 *
 * @param isInFirst whether they wait for, or have a place in, the conversation that this one follows
 */
export function offerEnded(view: View, isInFirst: boolean): Message {
  const shown = card(view);
  const text = isInFirst
    ? 'We did not hear from you in time. This was the second conversation: you keep your place in the first one.'
    : 'We did not hear from you in time, so you are not on the waiting list any more.';
  return {
    ...shown,
    summary: `The seat we kept for you has gone to others: “${view.conversation.title}”.`,
    heading: `That offer has ended: ${view.conversation.title}`,
    body: [paragraph(text), ...shown.body, paragraph('If you still want to come you can join again.')],
  };
}

/** To someone who answers an offer that is no longer there: then what is so now. */
export function offerOver(view: View): Message {
  const shown = card(view);
  const again = view.standing.kind === 'none' ? ' If you still want to come you can join again.' : '';
  return {
    ...shown,
    summary: `That offer of a seat has ended: “${view.conversation.title}”.`,
    body: [paragraph(`That offer has ended.${again}`), ...shown.body],
  };
}

/** To someone who lets a seat go that was kept for them. */
export function letGo(view: View): Message {
  const shown = card(view);
  return {
    ...shown,
    summary: `You have let the seat go: “${view.conversation.title}”.`,
    body: [paragraph('You have let the seat go. If you change your mind you can sign up again.'), ...shown.body],
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
