import type { Form } from '../messages/form.ts';
import { question } from '../messages/form.ts';
import { type Block, does, facts, type Message, paragraph } from '../messages/message.ts';
import { nameOf, plan, type Shown, type View } from './messages.ts';
import { type Conversation, lengths, type Standing } from './model.ts';

/** Said for a host who goes and so cannot give a reason. */
export const hostLeft = 'The host has left the network.';

export function cancelForm(shown: Shown): Form {
  const { conversation, attendance } = shown;
  const people = attendance.seated + attendance.offered + attendance.waiting;
  const hint = 'You do not have to give one. Everyone it was announced to can read it.';
  return {
    heading: 'Cancel a conversation',
    body: [
      paragraph(`${nameOf(shown)} will not take place. You cannot undo this.`),
      paragraph(people === 0 ? 'Nobody has signed up yet.' : `We will tell the ${peopleWords(people)} who signed up.`),
    ],
    fields: [{ ...question('reason', 'Reason', hint), required: false, kind: 'text', maxLength: lengths.reason }],
    submitLabel: 'Cancel it',
    completes: { kind: 'conversations.cancel', conversation: conversation.id },
    openedBy: { kind: 'conversations.open-cancel', conversation: conversation.id },
  };
}

/** To whoever cancelled it; `told` counts everyone who is told. */
export function calledOff(shown: Shown, told: number): Message {
  const text = told === 0 ? 'There was nobody to tell.' : `We are telling ${peopleWords(told)}.`;
  return {
    summary: `${nameOf(shown)} is cancelled. ${text}`,
    heading: `Cancelled: ${shortName(shown)}`,
    body: [paragraph(text)],
    buttons: [does('See conversations', { kind: 'conversations.list' })],
  };
}

/** To someone who had a place, or to the host when a convener cancelled it. */
export function cancelled(view: View): Message {
  return {
    summary: `${nameOf(view)} has been cancelled.`,
    heading: `Cancelled: ${shortName(view)}`,
    body: [paragraph(standingWords(view.standing)), facts(...plan(view)), ...why(view.conversation)],
    buttons: [does('See conversations', { kind: 'conversations.list' }, 'main')],
  };
}

function standingWords(standing: Standing): string {
  switch (standing.kind) {
    case 'host':
      return 'A convener has cancelled the conversation you were to host. We are telling everyone who signed up.';
    case 'offered':
    case 'waiting':
      return 'The conversation you were waiting for will not take place. You do not have to do anything.';
    case 'seated':
    case 'none':
      return 'The conversation you signed up for will not take place. You do not have to do anything.';
  }
}

/** The reason, where one was given. */
export function why({ host, cancelReason }: Pick<Conversation, 'host' | 'cancelReason'>): readonly Block[] {
  // What an erased host wrote is gone.
  if (host === undefined || cancelReason === hostLeft) return [paragraph(hostLeft)];
  return cancelReason === '' ? [] : [paragraph('Why it was cancelled:'), { kind: 'quote', text: cancelReason }];
}

function shortName({ conversation, themeName }: Shown): string {
  return conversation.title === '' ? `a conversation on ${themeName}` : conversation.title;
}

function peopleWords(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}
